package io.deungdae.collector.forward;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deungdae.collector.signal.Value;
import io.deungdae.collector.store.StoredSample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/**
 * Rows that the receiver refused, one JSON object a line, with the reason. The file is set aside as
 * {@code NAME.1} at 16 MiB, replacing the one set aside before; the rows themselves stay in the
 * history.
 */
final class DeadLetters {

  private static final long LARGEST = 16L << 20;

  private final Path file;
  private final ObjectMapper json = new ObjectMapper();

  DeadLetters(Path file) {
    this.file = file;
  }

  void add(StoredSample row, String reason, Instant now) throws IOException {
    if (Files.exists(file) && Files.size(file) > LARGEST) {
      Path aside = file.resolveSibling(file.getFileName() + ".1");
      Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
    }
    byte[] line = (json(row, reason, now) + "\n").getBytes(StandardCharsets.UTF_8);
    Files.write(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private ObjectNode json(StoredSample row, String reason, Instant now) {
    ObjectNode line = json.createObjectNode();
    line.put("refused", now.toString());
    line.put("reason", reason);
    line.put("seq", row.seq());
    line.put("tag", row.tag());
    line.put("time", row.sourceTime().toString());
    line.put("arrival", row.arrivalTime().toString());
    line.put("quality", row.quality().code());
    if (row.value() instanceof Value.Text text) {
      line.put("value", text.text());
    } else if (row.value() instanceof Value.Whole whole) {
      line.put("value", whole.number());
    } else if (Double.isFinite(row.value().asDouble())) {
      line.put("value", row.value().asDouble());
    }
    return line;
  }
}
