package io.deungdae.collector.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Something that was found damaged on disk.
 *
 * @param foundMs when it was found, ms since 1970
 * @param what what happened, in words
 * @param fromMs source time from which rows are missing or not to be trusted, ms since 1970; 0 when
 *     no row is
 * @param toMs the end of that stretch, excluded
 * @param lost rows that are missing
 * @param doubtful rows of minutes in which some row is not what was stored
 * @param aside where the damaged files were put; empty when they stayed where they are
 */
public record Damage(
    long foundMs, String what, long fromMs, long toMs, long lost, long doubtful, String aside) {

  private static final String FILE = "damage.jsonl";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** True when rows are missing or not to be trusted. */
  public boolean hurtsRows() {
    return lost > 0 || doubtful > 0;
  }

  /** The same, with other words for what happened. */
  Damage because(String words) {
    return new Damage(foundMs, words, fromMs, toMs, lost, doubtful, aside);
  }

  /** Adds it to the list; on disk when it returns. */
  static void note(Path folder, Damage damage) throws IOException {
    Path file = folder.resolve(FILE);
    String torn = endsInLine(file) ? "" : "\n"; // by a crash
    Files.writeString(
        file,
        torn + JSON.writeValueAsString(damage) + "\n",
        StandardCharsets.UTF_8,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND,
        StandardOpenOption.SYNC);
  }

  private static boolean endsInLine(Path file) throws IOException {
    if (!Files.exists(file) || Files.size(file) == 0) {
      return true;
    }
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      channel.position(channel.size() - 1).read(last);
      return last.get(0) == '\n';
    }
  }

  /** All that was ever found in a history's folder, the oldest first. */
  public static List<Damage> in(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    List<Damage> found = new ArrayList<>();
    if (Files.exists(file)) {
      for (String line :
          new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList()) {
        try {
          found.add(JSON.readValue(line, Damage.class));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
          found.add(new Damage(0, "this list itself is damaged", 0, 0, 0, 0, ""));
        }
      }
    }
    return List.copyOf(found);
  }
}
