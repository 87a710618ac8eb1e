package io.deungdae.kamp.dataset;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * A stretch of history.
 *
 * @param from its start, included
 * @param to its end, excluded; after the start
 */
public record Window(Instant from, Instant to) {

  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy/MM/dd").withZone(ZoneOffset.UTC);

  public Window {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("a window ends after it starts, found " + from + "/" + to);
    }
  }

  /** The window of this length, counted from 1970, that holds the time. */
  public static Window holding(Instant time, Duration length) {
    long lengthMs = length.toMillis();
    long startMs = Math.floorDiv(time.toEpochMilli(), lengthMs) * lengthMs;
    return new Window(Instant.ofEpochMilli(startMs), Instant.ofEpochMilli(startMs + lengthMs));
  }

  /** Its length. */
  public Duration length() {
    return Duration.between(from, to);
  }

  /** A name for folders, e.g. {@code 20261123T050000000Z_20261123T060000000Z}. */
  public String name() {
    return NAME.format(from) + "_" + NAME.format(to);
  }

  /** Folder of its day, UTC, with its name: {@code 2026/11/23/...}. */
  public String path() {
    return DAY.format(from) + "/" + name();
  }
}
