package io.deungdae.kamp.delivery;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Up to when each data set has been delivered. Kept in a file that is replaced as a whole and
 * synced to disk before {@link #advance} returns, so that a power cut leaves the old or the new
 * state. Used by one thread.
 */
public final class DeliveryCursor {

  private final Path file;
  private final ObjectMapper json = new ObjectMapper();
  private final Map<String, Instant> delivered = new TreeMap<>();

  /**
   * The cursor in a file; empty when there is none yet.
   *
   * @throws IOException when it cannot be read
   */
  public DeliveryCursor(Path file) throws IOException {
    this.file = file;
    if (Files.exists(file)) {
      Map<String, String> read =
          json.readValue(file.toFile(), new TypeReference<Map<String, String>>() {});
      read.forEach((name, time) -> delivered.put(name, Instant.parse(time)));
    }
  }

  /** Up to when the data set has been delivered, the time itself excluded. */
  public Optional<Instant> deliveredTo(String dataSet) {
    return Optional.ofNullable(delivered.get(dataSet));
  }

  /** Remembers that the data set has been delivered up to a time; on disk when this returns. */
  public void advance(String dataSet, Instant to) throws IOException {
    Map<String, String> state = new TreeMap<>();
    delivered.forEach((name, time) -> state.put(name, time.toString()));
    state.put(dataSet, to.toString());
    write(json.writerWithDefaultPrettyPrinter().writeValueAsBytes(state));
    delivered.put(dataSet, to);
  }

  private void write(byte[] bytes) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException(file + " is no file");
    }
    Files.createDirectories(folder);
    Path next = folder.resolve(file.getFileName() + ".next");
    try (FileChannel channel =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        int written = channel.write(buffer);
        if (written < 0) {
          throw new IOException("cannot write " + next);
        }
      }
      channel.force(true);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Folders.sync(folder);
  }
}
