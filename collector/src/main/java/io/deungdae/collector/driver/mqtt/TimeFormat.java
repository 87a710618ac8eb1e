package io.deungdae.collector.driver.mqtt;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a payload writes its time. */
enum TimeFormat {
  /** Text is ISO 8601; a number is milliseconds since 1970 if it is above 10^11, else seconds. */
  AUTO,
  /** Milliseconds since 1970 UTC. */
  EPOCH_MS,
  /** Seconds since 1970 UTC, fractions allowed. */
  EPOCH_S,
  /** ISO 8601 with {@code Z} or an offset. */
  ISO;

  /** 10^11 seconds are in the year 5138, 10^11 milliseconds in 1973. */
  private static final BigDecimal MILLISECONDS_ABOVE = new BigDecimal("1e11");

  private static final int MOST_DIGITS = 18;
  private static final Pattern LEAP = Pattern.compile("(.*T\\d{2}:\\d{2}:)60(.*)");

  /** Reads a time; empty when it is none in this format. */
  Optional<Instant> read(JsonNode node) {
    try {
      if (this != ISO && node.isIntegralNumber() && node.canConvertToLong()) {
        return Optional.of(whole(node.longValue()));
      }
      if (this == ISO || (this == AUTO && node.isTextual() && !isNumber(node.asText()))) {
        return node.isTextual() ? Optional.of(iso(node.asText().strip())) : Optional.empty();
      }
      return node.isNumber() || node.isTextual()
          ? Optional.of(number(new BigDecimal(node.asText().strip())))
          : Optional.empty();
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** A leap second, 23:59:60, is the second after 23:59:59, which the next day begins with too. */
  private static Instant iso(String text) {
    Matcher leap = LEAP.matcher(text);
    return leap.matches()
        ? OffsetDateTime.parse(leap.group(1) + "59" + leap.group(2)).toInstant().plusSeconds(1)
        : OffsetDateTime.parse(text).toInstant();
  }

  private static boolean isNumber(String text) {
    return text.strip().matches("[0-9.]+");
  }

  private Instant whole(long number) {
    boolean milliseconds = this == EPOCH_MS || (this == AUTO && number > 100_000_000_000L);
    return milliseconds ? Instant.ofEpochMilli(number) : Instant.ofEpochSecond(number);
  }

  private Instant number(BigDecimal number) {
    if ((long) number.precision() - number.scale() > MOST_DIGITS) {
      throw new ArithmeticException("no time"); // before 1e999999999 is written out in full
    }
    boolean milliseconds =
        this == EPOCH_MS || (this == AUTO && number.compareTo(MILLISECONDS_ABOVE) > 0);
    BigDecimal nanos = number.movePointRight(milliseconds ? 6 : 9);
    BigDecimal[] parts = nanos.divideAndRemainder(BigDecimal.valueOf(1_000_000_000L));
    return Instant.ofEpochSecond(parts[0].longValueExact(), parts[1].longValue());
  }
}
