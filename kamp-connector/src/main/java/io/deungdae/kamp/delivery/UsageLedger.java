package io.deungdae.kamp.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receipts, one JSON object a line, each with the hash of the line before: {@code hash =
 * SHA-256(prev + the line's other fields as JSON)}. A changed, removed or inserted line breaks the
 * chain. A line is on disk when {@link #append} returns; half a line left by a power cut is removed
 * at opening. A window is entered once, however often it is appended. Used by one thread.
 */
public final class UsageLedger {

  private static final Logger LOG = LoggerFactory.getLogger(UsageLedger.class);
  private static final String START = "0".repeat(64);

  private final Path file;
  private final ObjectMapper json = new ObjectMapper();
  private final Map<String, Instant> entered = new TreeMap<>();
  private String last = START;
  private long lines;

  /**
   * The ledger in a file, checked.
   *
   * @throws IOException when it cannot be read, or its chain is broken; the message names the line
   */
  public UsageLedger(Path file) throws IOException {
    this.file = file;
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    if (Files.exists(file)) {
      dropHalfLine();
      check();
    }
  }

  /** Number of lines. */
  public long lines() {
    return lines;
  }

  /** Hash of the last line; 64 zeros when there is none. */
  public String head() {
    return last;
  }

  /** Up to when the data set is entered. */
  public Optional<Instant> enteredTo(String dataSet) {
    return Optional.ofNullable(entered.get(dataSet));
  }

  /** Enters a receipt, unless its window is already entered. */
  public void append(Receipt receipt) throws IOException {
    Instant to = entered.get(receipt.dataSet());
    if (to != null && !receipt.to().isAfter(to)) {
      return;
    }
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("n", lines + 1);
    line.putAll(receipt.fields());
    line.put("prev", last);
    String hash = hash(last, line);
    line.put("hash", hash);
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.seek(out.length());
      out.write((json.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
      out.getFD().sync();
    }
    last = hash;
    lines++;
    entered.put(receipt.dataSet(), receipt.to());
  }

  private void dropHalfLine() throws IOException {
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      long end = out.length();
      long keep = end;
      while (keep > 0) {
        out.seek(keep - 1);
        if (out.read() == '\n') {
          break;
        }
        keep--;
      }
      if (keep < end) {
        LOG.warn("half a line removed from the usage ledger file={} bytes={}", file, end - keep);
        out.setLength(keep);
        out.getFD().sync();
      }
    }
  }

  private void check() throws IOException {
    for (String text : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      lines++;
      Map<String, Object> line = parse(text);
      Object hash = line.remove("hash");
      boolean sound =
          Long.valueOf(lines).equals(asLong(line.get("n")))
              && last.equals(line.get("prev"))
              && hash(last, line).equals(hash);
      if (!sound) {
        throw broken();
      }
      last = String.valueOf(hash);
      entered.put(
          String.valueOf(line.get("dataset")), Instant.parse(String.valueOf(line.get("to"))));
    }
  }

  private Map<String, Object> parse(String text) throws IOException {
    try {
      return json.readValue(text, new TypeReference<LinkedHashMap<String, Object>>() {});
    } catch (JsonProcessingException e) {
      throw broken();
    }
  }

  private static Long asLong(@org.jspecify.annotations.Nullable Object number) {
    return number instanceof Number n ? n.longValue() : -1L;
  }

  private IOException broken() {
    return new IOException(
        file
            + ":"
            + lines
            + ": the chain of the usage ledger is broken; keep the file as evidence"
            + " and move it away to begin a new one");
  }

  private String hash(String previous, Map<String, Object> line) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(previous.getBytes(StandardCharsets.US_ASCII));
      digest.update(json.writeValueAsBytes(line));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
