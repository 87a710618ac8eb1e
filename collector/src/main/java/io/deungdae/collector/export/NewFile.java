package io.deungdae.collector.export;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that is there as a whole or not at all: it is written beside its place, under a name with
 * {@code .part}, and takes its place when {@link #finish} says so. Closing it before leaves nothing
 * behind.
 */
public final class NewFile implements Closeable {

  private final Path file;
  private final Path part;
  private final OutputStream out;

  /**
   * Begins a file.
   *
   * @throws IOException when it cannot be written there
   */
  public NewFile(Path file) throws IOException {
    this.file = file;
    this.part =
        file.resolveSibling(
            "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
    part.toFile().deleteOnExit(); // also after Ctrl-C
    this.out = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16);
  }

  /** Where to write to. Its {@code close} closes it and does not finish the file. */
  public OutputStream out() {
    return new FilterOutputStream(out) {
      @Override
      public void write(byte[] bytes, int from, int count) throws IOException {
        out.write(bytes, from, count);
      }
    };
  }

  /** Puts the file in its place, safe against a power cut. */
  public void finish() throws IOException {
    out.close();
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void close() throws IOException {
    try {
      out.close();
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
