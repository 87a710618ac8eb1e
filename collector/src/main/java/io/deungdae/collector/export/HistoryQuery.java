package io.deungdae.collector.export;

import io.deungdae.collector.history.WideSpec.Fill;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to have of the history.
 *
 * @param tags names, or patterns with {@code *} and {@code ?}
 * @param from first time; empty for the beginning
 * @param to just behind the last time; empty for the end
 * @param shape one row a sample, or one column a tag
 * @param every distance of the rows of a wide table; zero when {@code leading} gives them
 * @param leading tag at whose times a wide table has its rows
 * @param fill what stands between samples in a wide table
 * @param reach how far a value stands, or a line leads
 * @param format how it is written
 * @param zone whose offset times are written with, and in which times without one are read
 * @param limit most rows, then it ends
 */
public record HistoryQuery(
    List<String> tags,
    Optional<Instant> from,
    Optional<Instant> to,
    Shape shape,
    Duration every,
    Optional<String> leading,
    Fill fill,
    Duration reach,
    Format format,
    ZoneId zone,
    long limit) {

  /** How a table lies. */
  public enum Shape {
    /** One row for each sample. */
    LONG,
    /** One column for each tag. */
    WIDE
  }

  /** The time zone of people when they name none. */
  public static final ZoneId USUAL_ZONE = ZoneId.of("Asia/Seoul");

  private static final List<String> KEYS =
      List.of(
          "tags", "from", "to", "shape", "every", "leading", "fill", "reach", "format", "zone",
          "limit");
  private static final Pattern LENGTH = Pattern.compile("(\\d+(?:\\.\\d+)?)(us|ms|s|min|h|d)");

  public HistoryQuery {
    tags = List.copyOf(tags);
  }

  /**
   * Reads a query from texts, as they stand in an address or behind options.
   *
   * @param now what {@code now} and {@code -2h} mean
   * @throws IllegalArgumentException when something is not allowed; says what is
   */
  public static HistoryQuery parse(Map<String, String> texts, Instant now) {
    return parse(texts, now, KEYS);
  }

  private static HistoryQuery parse(Map<String, String> texts, Instant now, List<String> keys) {
    for (String key : new TreeSet<>(texts.keySet())) {
      if (!keys.contains(key)) {
        throw wrong(key, "an unknown parameter", "one of " + String.join(", ", keys));
      }
    }
    ZoneId zone = zone(texts.getOrDefault("zone", ""));
    Optional<String> leading = Optional.ofNullable(texts.get("leading")).filter(t -> !t.isBlank());
    Duration every = length("every", texts.getOrDefault("every", ""), Duration.ZERO);
    Shape shape = shape(texts.getOrDefault("shape", ""), leading, every);
    return new HistoryQuery(
        tags(texts.getOrDefault("tags", "")),
        time("from", texts.get("from"), zone, now),
        time("to", texts.get("to"), zone, now),
        shape,
        shape == Shape.WIDE && leading.isEmpty() && every.isZero() ? Duration.ofSeconds(1) : every,
        leading,
        choice("fill", texts.getOrDefault("fill", ""), Fill.LAST),
        length("reach", texts.getOrDefault("reach", ""), Duration.ofHours(1)),
        choice("format", texts.getOrDefault("format", ""), Format.JSONL),
        zone,
        limit(texts.getOrDefault("limit", "")));
  }

  private static Shape shape(String text, Optional<String> leading, Duration every) {
    boolean spaced = leading.isPresent() || !every.isZero();
    Shape shape = choice("shape", text, spaced ? Shape.WIDE : Shape.LONG);
    if (shape == Shape.LONG && spaced) {
      throw wrong("shape", "long with every or leading", "wide with them, or neither");
    }
    return shape;
  }

  /** Names and patterns, separated by commas. */
  public static List<String> tags(String text) {
    List<String> tags =
        Arrays.stream(text.split(",")).map(String::strip).filter(t -> !t.isEmpty()).toList();
    if (tags.isEmpty()) {
      throw wrong("tags", "none", "names or patterns with * and ?, separated by commas");
    }
    return tags;
  }

  private static ZoneId zone(String text) {
    try {
      return text.isBlank() ? USUAL_ZONE : ZoneId.of(text);
    } catch (DateTimeException e) {
      throw wrong("zone", text, "a time zone, e.g. Asia/Seoul, UTC, +09:00");
    }
  }

  private static long limit(String text) {
    try {
      long limit = text.isBlank() ? Long.MAX_VALUE : Long.parseLong(text);
      if (limit > 0) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // told below, like a number that is not positive
    }
    throw wrong("limit", text, "a number of rows, 1 or more");
  }

  private static <E extends Enum<E>> E choice(String key, String text, E usual) {
    if (text.isBlank()) {
      return usual;
    }
    E[] all = usual.getDeclaringClass().getEnumConstants();
    for (E one : all) {
      if (one.name().equalsIgnoreCase(text)) {
        return one;
      }
    }
    throw wrong(key, text, "one of " + Arrays.toString(all).toLowerCase(Locale.ROOT));
  }

  /**
   * A length of time such as {@code 500ms} or {@code 1h}.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static Duration length(String key, String text, Duration usual) {
    if (text.isBlank()) {
      return usual;
    }
    Matcher matcher = LENGTH.matcher(text.strip());
    if (!matcher.matches()) {
      throw wrong(key, text, "a length of time, e.g. 500ms, 1s, 10min, 1h, 7d");
    }
    double unitNs =
        switch (matcher.group(2)) {
          case "us" -> 1e3;
          case "ms" -> 1e6;
          case "s" -> 1e9;
          case "min" -> 60e9;
          case "h" -> 3600e9;
          default -> 86_400e9;
        };
    return Duration.ofNanos(Math.round(Double.parseDouble(matcher.group(1)) * unitNs));
  }

  /**
   * A time: ISO 8601 with or without offset, a day, milliseconds since 1970, {@code now}, or {@code
   * -2h} for so long ago. Empty for no text.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static Optional<Instant> time(
      String key, @Nullable String text, ZoneId zone, Instant now) {
    if (text == null || text.isBlank()) {
      return Optional.empty();
    }
    String plain = text.strip();
    if (plain.equals("now")) {
      return Optional.of(now);
    }
    if (plain.startsWith("-") && LENGTH.matcher(plain.substring(1)).matches()) {
      return Optional.of(now.minus(length(key, plain.substring(1), Duration.ZERO)));
    }
    if (plain.chars().allMatch(c -> c >= '0' && c <= '9') && plain.length() >= 9) {
      return Optional.of(Instant.ofEpochMilli(Long.parseLong(plain)));
    }
    return Optional.of(iso(key, plain.replace(' ', 'T'), zone));
  }

  private static Instant iso(String key, String text, ZoneId zone) {
    try {
      if (text.indexOf('T') < 0) {
        return LocalDate.parse(text).atStartOfDay(zone).toInstant();
      }
      String clock = text.substring(text.indexOf('T'));
      boolean offset = clock.endsWith("Z") || clock.indexOf('+') > 0 || clock.indexOf('-') > 0;
      return offset
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDateTime.parse(text).atZone(zone).toInstant();
    } catch (DateTimeException e) {
      throw wrong(
          key,
          text,
          "a time, e.g. 2026-11-23, 2026-11-23T15:00, 2026-11-23T06:00:00Z, 1795413600000, -2h,"
              + " now");
    }
  }

  static IllegalArgumentException wrong(String key, String found, String allowed) {
    return new IllegalArgumentException(key + ": found " + found + ", allowed is " + allowed);
  }
}
