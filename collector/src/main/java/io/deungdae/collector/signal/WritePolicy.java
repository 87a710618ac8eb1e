package io.deungdae.collector.signal;

import java.time.Duration;

/**
 * What may be written to a tag. A tag without one is never written.
 *
 * @param range absolute limits, in the tag's unit; both finite
 * @param ratePerSecond greatest change per second, in units per second; positive
 * @param movePerHour greatest sum of absolute changes within an hour, in the tag's unit; positive,
 *     may be infinite
 * @param hold how long a setpoint stands without being refreshed before the device agent sheds;
 *     positive
 * @param safeValue what the device agent writes when it sheds; NaN to leave the value as it is
 * @param tolerance greatest difference between written and read back that counts as the same; zero
 *     or positive
 */
public record WritePolicy(
    Range range,
    double ratePerSecond,
    double movePerHour,
    Duration hold,
    double safeValue,
    double tolerance) {

  /** Room for the last bit of a product when a difference is exactly the tolerance. */
  private static final double ROUNDING = 1e-9;

  public WritePolicy {
    if (!Double.isFinite(range.low()) || !Double.isFinite(range.high())) {
      throw new IllegalArgumentException("a writable tag needs finite limits, found " + range);
    }
    if (!(ratePerSecond > 0) || !(movePerHour > 0)) {
      throw new IllegalArgumentException("rate and hourly move must be positive");
    }
    if (hold.isNegative() || hold.isZero()) {
      throw new IllegalArgumentException("hold must be positive, found " + hold);
    }
    if (!Double.isNaN(safeValue) && !range.contains(safeValue)) {
      throw new IllegalArgumentException("safe value " + safeValue + " is outside " + range);
    }
    if (!(tolerance >= 0)) {
      throw new IllegalArgumentException("tolerance must not be negative, found " + tolerance);
    }
  }

  /** True when a value that the device holds counts as the one that was written. */
  public boolean isSame(double written, double held) {
    return Math.abs(held - written) <= tolerance * (1 + ROUNDING);
  }

  /** True when shedding writes a value; false when it leaves the tag alone. */
  public boolean hasSafeValue() {
    return !Double.isNaN(safeValue);
  }
}
