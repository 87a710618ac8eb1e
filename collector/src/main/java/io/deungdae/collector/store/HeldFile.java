package io.deungdae.collector.store;

import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.TagTable;
import io.deungdae.collector.signal.Value;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * The samples that are held back, on disk, so that a crash does not take the end of a line that is
 * being drawn. Two files are written in turn, so that one is whole at any time. Used by one thread.
 */
final class HeldFile {

  private static final int MAGIC = 0x44_48_4c_31; // DHL1
  private static final int HEAD = 4 + 8 + 4 + 8; // magic, turn, length, checksum

  private final Path folder;
  private long turn;
  private boolean blank;

  HeldFile(Path folder) {
    this.folder = folder;
  }

  private Path file(long number) {
    return folder.resolve("held." + (number & 1));
  }

  /**
   * What was held when the gateway ended, of both files: what the newer one lacks may not have
   * reached the history yet. Samples of tags that are no more are left out.
   */
  List<Sample> read(TagTable tags) throws IOException {
    Map<String, Sample> samples = new LinkedHashMap<>();
    blank = true;
    for (int i = 0; i < 2; i++) {
      byte[] content = content(file(i));
      if (isWhole(content)) {
        turn = Math.max(turn, ByteBuffer.wrap(content).getLong(4));
        blank = false;
        for (Sample sample : samples(content, tags)) {
          samples.put(sample.tag().name() + '/' + sample.sourceTime(), sample);
        }
      }
    }
    return List.copyOf(samples.values());
  }

  private static byte[] content(Path file) throws IOException {
    return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
  }

  private static boolean isWhole(byte[] bytes) {
    int length = bytes.length - HEAD;
    ByteBuffer content = ByteBuffer.wrap(bytes);
    return length >= 0
        && content.getInt(0) == MAGIC
        && content.getInt(12) == length
        && content.getLong(16) == checksum(bytes, HEAD, length);
  }

  private static long checksum(byte[] bytes, int from, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, from, length);
    return crc.getValue();
  }

  private static List<Sample> samples(byte[] bytes, TagTable tags) throws IOException {
    List<Sample> samples = new ArrayList<>();
    DataInputStream in =
        new DataInputStream(new ByteArrayInputStream(bytes, HEAD, bytes.length - HEAD));
    for (int left = in.readInt(); left > 0; left--) {
      String name = in.readUTF();
      Value value = in.readBoolean() ? Value.of(in.readLong()) : Value.of(in.readDouble());
      Quality quality = Quality.ofCode(in.readInt());
      Instant source = SourceTimes.instant(in.readLong());
      Instant arrival = SourceTimes.instant(in.readLong());
      tags.find(name)
          .ifPresent(tag -> samples.add(new Sample(tag, value, quality, source, arrival, 0)));
    }
    return samples;
  }

  /** Writes them; when it returns they outlive a power cut. */
  void write(List<Sample> held) throws IOException {
    if (held.isEmpty() && blank) {
      return;
    }
    byte[] body = body(held);
    ByteBuffer content = ByteBuffer.allocate(HEAD + body.length);
    content.putInt(MAGIC).putLong(turn + 1).putInt(body.length);
    content.putLong(checksum(body, 0, body.length)).put(body).flip();
    try (FileChannel channel =
        FileChannel.open(
            file(turn + 1),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      while (content.hasRemaining()) {
        channel.write(content);
      }
      channel.force(true);
    }
    turn++;
    blank = held.isEmpty();
  }

  private static byte[] body(List<Sample> held) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 * held.size() + 4);
    DataOutputStream out = new DataOutputStream(bytes);
    try {
      out.writeInt(held.size());
      for (Sample sample : held) {
        Tag tag = sample.tag();
        out.writeUTF(tag.name());
        boolean whole = sample.value() instanceof Value.Whole;
        out.writeBoolean(whole);
        if (sample.value() instanceof Value.Whole number) {
          out.writeLong(number.number());
        } else {
          out.writeDouble(sample.asDouble());
        }
        out.writeInt(sample.quality().code());
        out.writeLong(SourceTimes.bounded(sample.sourceTime()));
        out.writeLong(SourceTimes.bounded(sample.arrivalTime()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.toByteArray();
  }
}
