package io.deungdae.collector.forward;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * How far a forwarder has come: one number in a file of its own, replaced as a whole, so that a
 * crash leaves the old one or the new one.
 */
final class Cursor {

  private final Path file;
  private long seq;

  private Cursor(Path file, long seq) {
    this.file = file;
    this.seq = seq;
  }

  /**
   * Reads the file; 0 when there is none.
   *
   * @throws IOException when it cannot be read or holds no number
   */
  static Cursor open(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    if (!Files.exists(file)) {
      return new Cursor(file, 0);
    }
    String text = Files.readString(file, StandardCharsets.UTF_8).strip();
    try {
      return new Cursor(file, Long.parseLong(text));
    } catch (NumberFormatException e) {
      throw new IOException(
          file + " holds '" + text + "' and not a number; delete it to send everything again", e);
    }
  }

  /** Everything up to this row has been dealt with. */
  long seq() {
    return seq;
  }

  /** Moves on; when it returns, the number outlives a power cut. */
  void moveTo(long to) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(to + "\n");
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    seq = to;
  }
}
