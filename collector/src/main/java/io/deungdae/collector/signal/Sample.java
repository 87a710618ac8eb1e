package io.deungdae.collector.signal;

import java.time.Instant;

/**
 * One reading of one tag. Immutable.
 *
 * <p>A good sample always has a usable value: a good sample that is missing or not finite cannot
 * exist.
 *
 * @param tag the tag
 * @param value the value, in the tag's unit; {@link Value#missing()} when there is none
 * @param quality how far it can be trusted
 * @param sourceTime when it was so, as told by the device; the arrival time where the device tells
 *     none
 * @param arrivalTime when the gateway learnt of it, wall clock
 * @param arrivalNs the same on the monotonic clock; freshness is judged on this one
 */
public record Sample(
    Tag tag,
    Value value,
    Quality quality,
    Instant sourceTime,
    Instant arrivalTime,
    long arrivalNs) {

  public Sample {
    if (quality.isGood() && unusable(value)) {
      throw new IllegalArgumentException("a good sample of " + tag + " cannot be " + value);
    }
  }

  private static boolean unusable(Value value) {
    return value == Value.Missing.MISSING
        || (value instanceof Value.Real real && !Double.isFinite(real.number()));
  }

  /** A sample without a value. The quality must be bad. */
  public static Sample bad(Tag tag, Quality why, Instant now, long nowNs) {
    return new Sample(tag, Value.missing(), why, now, now, nowNs);
  }

  /**
   * A number as it came from a device at {@code now}: bad when not finite, uncertain when outside
   * the tag's range.
   */
  public static Sample number(Tag tag, double number, Instant sourceTime, Instant now, long nowNs) {
    if (!Double.isFinite(number)) {
      return new Sample(tag, Value.missing(), Quality.BAD_NOT_FINITE, sourceTime, now, nowNs);
    }
    Quality quality = tag.range().contains(number) ? Quality.GOOD : Quality.UNCERTAIN_RANGE;
    return new Sample(tag, Value.of(number), quality, sourceTime, now, nowNs);
  }

  /** The value as a number; NaN when missing or text. */
  public double asDouble() {
    return value.asDouble();
  }

  /** Age in nanoseconds at {@code nowNs} of the monotonic clock. */
  public long ageNs(long nowNs) {
    return nowNs - arrivalNs;
  }
}
