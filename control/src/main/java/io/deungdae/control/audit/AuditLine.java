package io.deungdae.control.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One record as it stands in the file: a JSON object whose last member is the SHA-256 over all that
 * comes before it, the hash of the record before it included. The hash is taken over the bytes as
 * written, so that no two programs need to agree on how JSON is formatted.
 *
 * @param seq number of the record, from 1, without gaps
 * @param previous hash of the record before it
 * @param text the line, without line end
 * @param hash its own hash
 */
record AuditLine(long seq, String previous, String text, String hash) {

  /** What stands for the hash before the first record. */
  static final String GENESIS = "0".repeat(64);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern LINE =
      Pattern.compile(
          "(\\{\"seq\":(\\d+),\"prev\":\"([0-9a-f]{64})\".*),\"hash\":\"([0-9a-f]{64})\"\\}");

  static AuditLine of(long seq, String previous, AuditEvent event) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("seq", seq);
    members.put("prev", previous);
    members.put("at", event.at().toString());
    members.put("kind", event.kind().name().toLowerCase(Locale.ROOT));
    members.put("who", event.who());
    members.put("unit", event.unit());
    members.put("facts", event.facts());
    String body = json(members);
    String open = body.substring(0, body.length() - 1);
    String hash = hash(open);
    return new AuditLine(seq, previous, open + ",\"hash\":\"" + hash + "\"}", hash);
  }

  /** Reads a line; empty when it is not a record or its hash is not that of its text. */
  static Optional<AuditLine> parse(String text) {
    Matcher matcher = LINE.matcher(text);
    if (!matcher.matches() || !hash(matcher.group(1)).equals(matcher.group(4))) {
      return Optional.empty();
    }
    return Optional.of(
        new AuditLine(Long.parseLong(matcher.group(2)), matcher.group(3), text, matcher.group(4)));
  }

  private static String json(Map<String, Object> members) {
    try {
      return JSON.writeValueAsString(members);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("facts are texts, numbers, yes or no", e);
    }
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
