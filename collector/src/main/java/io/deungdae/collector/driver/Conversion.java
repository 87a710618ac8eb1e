package io.deungdae.collector.driver;

import io.deungdae.collector.settings.TagRow;
import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.TimeSource;
import io.deungdae.collector.signal.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way from what a self-describing protocol hands over (a number, a flag, a text) to a sample in
 * the tag's unit, and back.
 *
 * @param tag the tag
 * @param scale factor from raw to the tag's unit; never 0
 * @param offset added after scaling, in the tag's unit
 * @param time whose clock gives its samples their time
 */
public record Conversion(Tag tag, double scale, double offset, TimeSource time) {

  private static final int LONG_BITS = 63;
  private static final String JAVA_ONLY = "dDfF";

  /** A conversion whose samples have the source's time. */
  public Conversion(Tag tag, double scale, double offset) {
    this(tag, scale, offset, TimeSource.SOURCE);
  }

  /** As a tag list's line says. */
  public static Conversion of(TagRow row) {
    TimeSource told = row.time();
    return new Conversion(
        row.tag(), row.scale(), row.offset(), told == null ? TimeSource.SOURCE : told);
  }

  /**
   * A sample of what came.
   *
   * <p>It is never better than what the device told, {@link Quality#UNCERTAIN_RANGE} outside the
   * tag's range, {@link Quality#BAD_NOT_FINITE} for a number that is not finite and {@link
   * Quality#BAD_MALFORMED} for what cannot be read as the tag's kind. A bad sample has no value.
   *
   * @param raw a {@link Number}, a {@link Boolean} or a {@link String}; anything else is malformed
   * @param told how far the device itself trusts it
   */
  public Sample sample(
      @Nullable Object raw, Quality told, Instant sourceTime, Instant now, long nowNs) {
    if (told.isBad()) {
      return new Sample(tag, Value.missing(), told, sourceTime, now, nowNs);
    }
    Optional<Value> read = value(raw);
    Quality quality = read.map(value -> judge(value, told)).orElse(Quality.BAD_MALFORMED);
    Value value = quality.isBad() ? Value.missing() : read.orElse(Value.missing());
    return new Sample(tag, value, quality, sourceTime, now, nowNs);
  }

  private Quality judge(Value value, Quality told) {
    if (value.kind() == Kind.TEXT || value.kind() == Kind.FLAG) {
      return told;
    }
    double number = value.asDouble();
    if (!Double.isFinite(number)) {
      return Quality.BAD_NOT_FINITE;
    }
    return told.isGood() && !tag.range().contains(number) ? Quality.UNCERTAIN_RANGE : told;
  }

  private Optional<Value> value(@Nullable Object raw) {
    if (raw == null) {
      return Optional.empty();
    }
    return switch (tag.kind()) {
      case NUMBER -> number(raw).map(n -> Value.of(n.doubleValue() * scale + offset));
      case WHOLE -> number(raw).flatMap(this::whole);
      case FLAG -> flag(raw).map(Value::of);
      case TEXT -> text(raw).map(Value::of);
    };
  }

  private Optional<Value> whole(Number raw) {
    double number = raw.doubleValue();
    if (!Double.isFinite(number)) {
      return Optional.of(Value.of(number));
    }
    if (offset != 0) {
      number += offset;
      return exact(new BigDecimal(number));
    }
    return exact(raw instanceof BigInteger big ? new BigDecimal(big) : decimal(raw));
  }

  private static BigDecimal decimal(Number raw) {
    boolean real = raw instanceof Double || raw instanceof Float || raw instanceof BigDecimal;
    return real ? new BigDecimal(raw.doubleValue()) : BigDecimal.valueOf(raw.longValue());
  }

  private static Optional<Value> exact(BigDecimal number) {
    if (number.stripTrailingZeros().scale() > 0) {
      return Optional.empty();
    }
    BigInteger whole = number.toBigInteger();
    return whole.bitLength() > LONG_BITS
        ? Optional.empty()
        : Optional.of(Value.of(whole.longValue()));
  }

  private static Optional<Number> number(Object raw) {
    if (raw instanceof Number number) {
      return Optional.of(number);
    }
    if (raw instanceof Boolean on) {
      return Optional.of(on ? 1 : 0);
    }
    return raw instanceof String text ? parse(text.strip()) : Optional.empty();
  }

  /** A number as people and devices write it; not Java's 1d, 1f and 0x1p3. */
  private static Optional<Number> parse(String text) {
    if (JAVA_ONLY.indexOf(text.isEmpty() ? 'd' : text.charAt(text.length() - 1)) >= 0
        || text.indexOf('x') >= 0
        || text.indexOf('X') >= 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.valueOf(text));
    } catch (NumberFormatException notWhole) {
      try {
        return Optional.of(Double.valueOf(text));
      } catch (NumberFormatException notANumber) {
        return Optional.empty();
      }
    }
  }

  private static Optional<Boolean> flag(Object raw) {
    if (raw instanceof Boolean on) {
      return Optional.of(on);
    }
    if (raw instanceof Number number) {
      return Optional.of(number.doubleValue() != 0);
    }
    return switch (String.valueOf(raw).strip().toLowerCase(Locale.ROOT)) {
      case "true", "on", "1" -> Optional.of(true);
      case "false", "off", "0" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  private static Optional<String> text(Object raw) {
    boolean readable = raw instanceof String || raw instanceof Number || raw instanceof Boolean;
    return readable ? Optional.of(raw.toString()) : Optional.empty();
  }

  /** The raw number that stands for {@code value}, which is in the tag's unit. */
  public double toRaw(double value) {
    return (value - offset) / scale;
  }

  /** The value in the tag's unit that a raw number stands for. */
  public double fromRaw(double raw) {
    return raw * scale + offset;
  }
}
