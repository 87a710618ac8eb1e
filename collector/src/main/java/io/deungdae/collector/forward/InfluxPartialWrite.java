package io.deungdae.collector.forward;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What InfluxDB 3 answers when it takes some lines and refuses others: status 400 and a list of
 * those refused. InfluxDB 1 and 2 do the same and do not say which.
 */
final class InfluxPartialWrite {

  private static final int BAD_REQUEST = 400;
  private static final String WORDS = "partial write of line protocol occurred";

  /** Some servers end their list at a hundred; a longer one may be cut off and is not believed. */
  private static final int MOST = 99;

  private InfluxPartialWrite() {}

  /** Why rows were refused, by place; empty when the answer does not say that and which. */
  static Map<Integer, String> refused(int status, @Nullable Map<String, Object> body) {
    if (status != BAD_REQUEST
        || body == null
        || !WORDS.equals(body.get("error"))
        || !(body.get("data") instanceof List<?> lines)
        || lines.size() > MOST) {
      return Map.of();
    }
    Map<Integer, String> refused = new LinkedHashMap<>();
    for (Object line : lines) {
      if (line instanceof Map<?, ?> named && named.get("line_number") instanceof Number number) {
        refused.put(number.intValue() - 1, String.valueOf(named.get("error_message")));
      } else {
        return Map.of();
      }
    }
    return refused;
  }
}
