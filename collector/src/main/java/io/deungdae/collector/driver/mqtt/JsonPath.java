package io.deungdae.collector.driver.mqtt;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a value is in a JSON document: {@code a.b}, {@code phases[2].current}, {@code
 * "key.with.dots".x}; empty for the document itself.
 *
 * @param steps keys ({@link String}) and indexes ({@link Integer}), outermost first
 */
record JsonPath(List<Object> steps) {

  private static final Pattern STEP =
      Pattern.compile("\\G(?:\\.?(?:\"([^\"]+)\"|([^.\\[\\]\"]+))|\\[(\\d{1,9})])");

  JsonPath {
    steps = List.copyOf(steps);
  }

  /** Reads a path; empty when it is none. */
  static Optional<JsonPath> parse(String text) {
    List<Object> steps = new ArrayList<>();
    Matcher matcher = STEP.matcher(text);
    int end = 0;
    while (matcher.find()) {
      steps.add(step(matcher));
      end = matcher.end();
    }
    boolean whole = end == text.length() && !text.startsWith(".");
    return whole ? Optional.of(new JsonPath(steps)) : Optional.empty();
  }

  private static Object step(Matcher matcher) {
    if (matcher.group(3) != null) {
      return Integer.valueOf(matcher.group(3));
    }
    String quoted = matcher.group(1);
    return quoted != null ? quoted : matcher.group(2);
  }

  /** True for the document itself. */
  boolean isWhole() {
    return steps.isEmpty();
  }

  /** What is there; a missing node when nothing is. */
  JsonNode in(JsonNode document) {
    JsonNode node = document;
    for (Object step : steps) {
      node = step instanceof Integer index ? node.path(index) : node.path((String) step);
    }
    return node;
  }
}
