package io.deungdae.collector.export;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/**
 * Times as ISO 8601 with the offset of a zone, {@code 2026-11-23T15:00:00.250+09:00}: milliseconds,
 * or microseconds where a time has them. Used by one thread.
 */
public final class TimeText {

  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");

  private final ZoneId zone;
  private long second = Long.MIN_VALUE;
  private String prefix = "";
  private String offset = "";

  /** Times in a zone. */
  public TimeText(ZoneId zone) {
    this.zone = zone;
  }

  /** A time, microseconds since 1970. */
  public String of(long us) {
    long at = Math.floorDiv(us, 1_000_000L);
    if (at != second) {
      ZonedDateTime time = Instant.ofEpochSecond(at).atZone(zone);
      prefix = SECOND.format(time);
      offset = time.getOffset().equals(ZoneOffset.UTC) ? "Z" : time.getOffset().getId();
      second = at;
    }
    int micros = (int) Math.floorMod(us, 1_000_000L);
    StringBuilder text = new StringBuilder(32).append(prefix).append('.');
    if (micros % 1_000 == 0) {
      digits(text, micros / 1_000, 100);
    } else {
      digits(text, micros, 100_000);
    }
    return text.append(offset).toString();
  }

  private static void digits(StringBuilder text, int number, int highest) {
    for (int unit = highest; unit > 0; unit /= 10) {
      text.append((char) ('0' + number / unit % 10));
    }
  }
}
