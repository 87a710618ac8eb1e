package io.deungdae.collector.driver.xgt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameDecoderTest {

  private static final byte[] ANSWER =
      HexFormat.of()
          .parseHex(
              "4c5349532d58475400000401a01101001600022a"
                  + "55000200000000000300" // three words
                  + "0200d42602003c3402007233");

  private final EmbeddedChannel channel = new EmbeddedChannel(new FrameDecoder(Source.PLC));

  private void arrive(byte[] bytes, int from, int to) {
    channel.writeInbound(Unpooled.wrappedBuffer(Arrays.copyOfRange(bytes, from, to)));
  }

  private List<Frame> frames() {
    List<Frame> frames = new ArrayList<>();
    for (Frame frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
      frames.add(frame);
    }
    return frames;
  }

  @Test
  void frameCutAnywhereIsOneFrame() {
    for (int cut = 1; cut < ANSWER.length; cut++) {
      arrive(ANSWER, 0, cut);
      assertNull(channel.readInbound(), "cut after " + cut);
      arrive(ANSWER, cut, ANSWER.length);
      assertEquals(1, frames().size(), "cut after " + cut);
    }
  }

  @Test
  void framesThatArriveTogetherAreToldApart() {
    byte[] three = new byte[3 * ANSWER.length];
    for (int i = 0; i < 3; i++) {
      System.arraycopy(ANSWER, 0, three, i * ANSWER.length, ANSWER.length);
      three[i * ANSWER.length + 14] += (byte) i;
      three[i * ANSWER.length + 19] += (byte) i;
    }
    arrive(three, 0, three.length);
    assertEquals(List.of(1, 2, 3), frames().stream().map(f -> f.header().invokeId()).toList());
  }

  @Test
  void byteByByteIsTheSameAsAtOnce() {
    for (int i = 0; i < ANSWER.length; i++) {
      arrive(ANSWER, i, i + 1);
    }
    assertEquals(22, frames().get(0).length());
  }

  @Test
  void garbageIsSeenAtItsFirstByte() {
    byte[] http = "H".getBytes(StandardCharsets.US_ASCII);
    assertThrows(DecoderException.class, () -> arrive(http, 0, 1));
  }

  @Test
  void headerWithAWrongChecksumIsRefusedAndOneWithoutIsTaken() {
    byte[] wrong = ANSWER.clone();
    wrong[19]++;
    assertThrows(DecoderException.class, () -> arrive(wrong, 0, wrong.length));
    byte[] none = ANSWER.clone();
    none[19] = 0;
    EmbeddedChannel other = new EmbeddedChannel(new FrameDecoder(Source.PLC));
    other.writeInbound(Unpooled.wrappedBuffer(none));
    assertNotNull(other.readInbound());
  }

  @Test
  void clientsFrameIsNoAnswer() {
    byte[] echoed = ANSWER.clone();
    echoed[13] = 0x33;
    echoed[19] = 0;
    assertThrows(DecoderException.class, () -> arrive(echoed, 0, echoed.length));
  }

  @Test
  void lengthThatCannotBeIsRefusedAtOnce() {
    byte[] endless = ANSWER.clone();
    endless[17] = (byte) 0xFF;
    endless[19] = 0;
    assertThrows(DecoderException.class, () -> arrive(endless, 0, Header.LENGTH));
  }

  @Test
  void nothingAfterGarbageIsTakenForAFrame() {
    assertThrows(DecoderException.class, () -> arrive(new byte[] {1, 2, 3}, 0, 3));
    arrive(ANSWER, 0, ANSWER.length);
    assertEquals(List.of(), frames());
  }

  /** Random bytes, and real frames with random bytes changed: a frame or an error, never else. */
  @Test
  void whateverArrivesIsAFrameOrAnError() {
    Random random = new Random(11);
    Request request = new Request.ReadVariables(DataType.WORD, List.of("%DW0", "%DW1", "%DW2"));
    int read = 0;
    for (int round = 0; round < 4000; round++) {
      byte[] bytes = ANSWER.clone();
      for (int changes = random.nextInt(4); changes >= 0; changes--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      EmbeddedChannel fresh = new EmbeddedChannel(new FrameDecoder(Source.PLC));
      try {
        fresh.writeInbound(Unpooled.wrappedBuffer(bytes));
        Frame frame = fresh.readInbound();
        if (frame != null) {
          assertNotNull(request.answer(frame.body()));
          read++;
        }
      } catch (DecoderException | MalformedException e) {
        // what it is for
      } finally {
        fresh.finishAndReleaseAll();
      }
    }
    assertTrue(read > 200, "some changes do no harm, found " + read);
  }
}
