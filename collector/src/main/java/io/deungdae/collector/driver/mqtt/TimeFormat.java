package io.deungdae.collector.driver.mqtt;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How a payload writes its time. */
enum TimeFormat {
  /**
   * Text is ISO 8601; a number is nanoseconds since 1970 if it is above 10^17, microseconds above
   * 10^14, milliseconds above 10^11, else seconds.
   */
  AUTO(-1),
  /** Seconds since 1970 UTC, fractions allowed. */
  EPOCH_S(0),
  /** Milliseconds since 1970 UTC. */
  EPOCH_MS(3),
  /** Microseconds since 1970 UTC. */
  EPOCH_US(6),
  /** Nanoseconds since 1970 UTC. */
  EPOCH_NS(9),
  /** ISO 8601, a space for the T and slashes in the date allowed. */
  ISO(-1);

  /** 10^11 seconds are in the year 5138, 10^11 milliseconds in 1973, and so on. */
  private static final long MILLISECONDS_ABOVE = 100_000_000_000L;

  private static final long MICROSECONDS_ABOVE = 1_000 * MILLISECONDS_ABOVE;
  private static final long NANOSECONDS_ABOVE = 1_000 * MICROSECONDS_ABOVE;
  private static final int MOST_DIGITS = 19;
  private static final int NANO_DIGITS = 9;
  private static final Pattern LEAP = Pattern.compile("(.*[T ]\\d{2}:\\d{2}:)60(.*)");

  private static final DateTimeFormatter WRITTEN =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendPattern("['T'][' ']")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .appendPattern("[' '][XXX][XX][X]")
          .toFormatter(Locale.ROOT)
          .withChronology(IsoChronology.INSTANCE)
          .withResolverStyle(ResolverStyle.STRICT);

  private final int digits;

  /**
   * A format.
   *
   * @param digits how many digits of a number are fractions of a second; -1 when the number tells
   */
  TimeFormat(int digits) {
    this.digits = digits;
  }

  /** Reads a time that has an offset, if it is a text; empty when it is none in this format. */
  Optional<Instant> read(JsonNode node) {
    return read(node, null);
  }

  /**
   * Reads a time; empty when it is none in this format.
   *
   * @param zone of a text without an offset; null when such a text is no time
   */
  Optional<Instant> read(JsonNode node, @Nullable ZoneId zone) {
    try {
      if (this != ISO && node.isIntegralNumber() && node.canConvertToLong()) {
        return Optional.of(whole(node.longValue()));
      }
      if (this == ISO || (this == AUTO && node.isTextual() && !isNumber(node.asText()))) {
        return node.isTextual() ? iso(node.asText().strip(), zone) : Optional.empty();
      }
      return node.isNumber() || node.isTextual()
          ? Optional.of(number(new BigDecimal(node.asText().strip())))
          : Optional.empty();
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** A leap second, 23:59:60, is the second after 23:59:59, which the next day begins with too. */
  private static Optional<Instant> iso(String text, @Nullable ZoneId zone) {
    Matcher leap = LEAP.matcher(text);
    return leap.matches()
        ? written(leap.group(1) + "59" + leap.group(2), zone).map(at -> at.plusSeconds(1))
        : written(text, zone);
  }

  private static Optional<Instant> written(String text, @Nullable ZoneId zone) {
    TemporalAccessor read = WRITTEN.parse(text.replace('/', '-').replace(',', '.'));
    LocalDateTime local = LocalDateTime.from(read);
    if (read.isSupported(ChronoField.OFFSET_SECONDS)) {
      int offset = read.get(ChronoField.OFFSET_SECONDS);
      return Optional.of(local.toInstant(ZoneOffset.ofTotalSeconds(offset)));
    }
    return zone == null ? Optional.empty() : Optional.of(local.atZone(zone).toInstant());
  }

  private static boolean isNumber(String text) {
    return text.strip().matches("[0-9.]+");
  }

  private Instant whole(long number) {
    return switch (digits(number)) {
      case 0 -> Instant.ofEpochSecond(number);
      case 3 -> Instant.ofEpochMilli(number);
      case 6 ->
          Instant.ofEpochSecond(
              Math.floorDiv(number, 1_000_000L), Math.floorMod(number, 1_000_000L) * 1_000);
      default -> Instant.ofEpochSecond(0, number);
    };
  }

  private int digits(long number) {
    if (digits >= 0) {
      return digits;
    }
    if (number > MICROSECONDS_ABOVE) {
      return number > NANOSECONDS_ABOVE ? 9 : 6;
    }
    return number > MILLISECONDS_ABOVE ? 3 : 0;
  }

  private Instant number(BigDecimal number) {
    if ((long) number.precision() - number.scale() > MOST_DIGITS) {
      throw new ArithmeticException("no time"); // before 1e999999999 is written out in full
    }
    BigDecimal nanos = number.movePointRight(NANO_DIGITS - digits(number.longValue()));
    BigDecimal[] parts = nanos.divideAndRemainder(BigDecimal.valueOf(1_000_000_000L));
    return Instant.ofEpochSecond(parts[0].longValueExact(), parts[1].longValue());
  }
}
