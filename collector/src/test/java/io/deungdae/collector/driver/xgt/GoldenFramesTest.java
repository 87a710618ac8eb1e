package io.deungdae.collector.driver.xgt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * One file an exchange under {@code src/test/resources/xgt}, with where it is from: the frames, and
 * what they mean in words. Each frame is read and written again, the request is also made from its
 * words, and the answer is read as one to that request. A frame from the field becomes a file.
 */
class GoldenFramesTest {

  private static final Path FRAMES = Path.of("src/test/resources/xgt");
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /** A frame of a file. */
  private record Golden(Source from, String hex, String header, String means) {
    byte[] bytes() {
      return HEX.parseHex(hex);
    }
  }

  @TestFactory
  Stream<DynamicTest> frames() throws IOException {
    try (Stream<Path> files = Files.list(FRAMES)) {
      return files.sorted().toList().stream()
          .map(file -> DynamicTest.dynamicTest(file.getFileName() + "", () -> check(file)));
    }
  }

  private static void check(Path file) throws Exception {
    String text = Files.readString(file);
    assertTrue(text.contains("# Source: "), "says where it is from");
    List<Golden> frames = frames(text);
    assertFalse(frames.isEmpty());
    Request request = request(frames.get(0).means());
    for (Golden golden : frames) {
      Frame frame = decode(golden);
      assertEquals(golden.header(), words(frame.header()), "header");
      assertArrayEquals(golden.bytes(), encode(frame), "written again");
      if (golden.from() == Source.CLIENT) {
        assertArrayEquals(
            golden.bytes(), encode(new Frame(frame.header(), request.body())), "made from words");
      } else {
        assertEquals(golden.means(), words(request.answer(frame.body())), "answer");
      }
    }
  }

  private static List<Golden> frames(String text) {
    List<Golden> frames = new ArrayList<>();
    List<String> lines = text.lines().filter(line -> !line.startsWith("#")).toList();
    for (int i = 0; i < lines.size(); i += 3) {
      Source from = lines.get(i).startsWith("request ") ? Source.CLIENT : Source.PLC;
      String hex = lines.get(i).substring(7).replace(" ", "");
      frames.add(new Golden(from, hex, after(lines, i + 1), after(lines, i + 2)));
    }
    return frames;
  }

  private static String after(List<String> lines, int i) {
    return lines.get(i).substring(lines.get(i).indexOf(' ') + 1);
  }

  private static Frame decode(Golden golden) {
    EmbeddedChannel channel = new EmbeddedChannel(new FrameDecoder(golden.from()));
    assertTrue(channel.writeInbound(Unpooled.wrappedBuffer(golden.bytes())));
    Frame frame = channel.readInbound();
    assertFalse(channel.finish(), "nothing else is in it");
    return frame;
  }

  private static byte[] encode(Frame frame) {
    EmbeddedChannel channel = new EmbeddedChannel(new FrameEncoder());
    assertTrue(channel.writeOutbound(frame));
    ByteBuf written = channel.readOutbound();
    try {
      return ByteBufUtil.getBytes(written);
    } finally {
      written.release();
    }
  }

  // ---- words

  private static String words(Header header) {
    String common =
        String.format(
            Locale.ROOT,
            "cpu=%02X invoke=%d position=%d",
            header.cpu(),
            header.invokeId(),
            header.position());
    return header.source() == Source.CLIENT
        ? header.company() + " " + common
        : String.format(
            Locale.ROOT,
            "%s plc=%04X %s %s %s",
            header.company(),
            header.plcInfo(),
            common,
            header.model(),
            header.mode());
  }

  private static String words(Answer answer) {
    if (answer instanceof Answer.Refused refused) {
      return String.format(Locale.ROOT, "refused %04X", refused.refusal().code());
    }
    if (answer instanceof Answer.Values values) {
      StringBuilder words = new StringBuilder("values");
      for (ByteBuffer data : values.data()) {
        byte[] bytes = new byte[data.capacity()];
        data.get(0, bytes);
        words.append(' ').append(HEX.formatHex(bytes));
      }
      return words.toString();
    }
    return "written";
  }

  private static Request request(String words) {
    String[] parts = words.split(" ", -1);
    List<String> rest = Arrays.asList(parts).subList(1, parts.length);
    return switch (parts[0]) {
      case "read" ->
          new Request.ReadVariables(DataType.valueOf(rest.get(0)), rest.subList(1, rest.size()));
      case "readbytes" -> new Request.ReadBytes(rest.get(0), Integer.parseInt(rest.get(1)));
      case "writebytes" -> new Request.WriteBytes(rest.get(0), bytes(rest.get(1)));
      case "write" -> {
        String[] pair = rest.get(1).split("=", -1);
        long value = 0;
        List<Integer> bytes = bytes(pair[1]);
        for (int i = 0; i < bytes.size(); i++) {
          value |= (long) bytes.get(i) << (8 * i);
        }
        yield new Request.WriteVariables(
            DataType.valueOf(rest.get(0)), List.of(pair[0]), List.of(value));
      }
      default -> throw new AssertionError(words);
    };
  }

  private static List<Integer> bytes(String hex) {
    List<Integer> bytes = new ArrayList<>();
    for (byte b : HEX.parseHex(hex)) {
      bytes.add(b & 0xFF);
    }
    return bytes;
  }
}
