package io.deungdae.collector.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A few numbers that must outlive the process, in a small file that is replaced as a whole. A file
 * that is missing or cannot be understood counts as empty: everything is then worked out again from
 * the tables. Used by the applier's thread, and before that starts.
 */
final class KeepState {

  private static final Logger LOG = LoggerFactory.getLogger(KeepState.class);

  /** Its name, in the history's folder. */
  static final String FILE = "keep";

  private static final String CHECK = "check";

  private final Path file;
  private final TreeMap<String, String> values = new TreeMap<>();
  private boolean changed;

  KeepState(Path file) throws IOException {
    this.file = file;
    if (Files.exists(file)) {
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      for (String line : text.split("\n", -1)) {
        int equals = line.indexOf('=');
        if (equals > 0) {
          values.put(line.substring(0, equals), line.substring(equals + 1));
        }
      }
      String check = values.remove(CHECK);
      if (check != null && !check.equals(check())) {
        LOG.warn("damaged, what it told is worked out anew file={}", file);
        values.clear();
      }
    }
  }

  /** That of a history. */
  static KeepState open(Path folder) throws IOException {
    return new KeepState(folder.resolve(FILE));
  }

  /**
   * Makes all roll-ups once more; those before a time that are made of more samples than are left
   * stay as they are.
   */
  void rollUpAnew(long beforeUs) throws IOException {
    put("seq", 0);
    put("frontier", 0);
    put("hours", "");
    put("salvaged", beforeUs);
    save();
  }

  private String check() {
    CRC32C crc = new CRC32C();
    crc.update(values.toString().getBytes(StandardCharsets.UTF_8));
    return Long.toHexString(crc.getValue());
  }

  long number(String key, long otherwise) {
    try {
      return Long.parseLong(values.getOrDefault(key, Long.toString(otherwise)));
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }

  String text(String key) {
    return values.getOrDefault(key, "");
  }

  void put(String key, long value) {
    put(key, Long.toString(value));
  }

  void put(String key, String value) {
    changed |= !value.equals(values.put(key, value));
  }

  /** Forgets what begins like this and is not among these. */
  void retain(String beginning, Set<String> keys) {
    changed |= values.keySet().removeIf(key -> key.startsWith(beginning) && !keys.contains(key));
  }

  /** Puts on disk what has changed. */
  void save() throws IOException {
    if (!changed) {
      return;
    }
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, String> entry : values.entrySet()) {
      text.append(entry.getKey()).append('=').append(entry.getValue()).append('\n');
    }
    text.append(CHECK).append('=').append(check()).append('\n');
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text.toString());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Folders.force(file.toAbsolutePath().getParent());
    changed = false;
  }
}
