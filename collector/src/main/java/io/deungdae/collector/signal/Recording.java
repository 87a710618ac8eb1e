package io.deungdae.collector.signal;

import java.time.Duration;

/**
 * Which samples of a tag are kept in the history, and so leave the gateway. Whoever looks at the
 * present (control, alarms, the console) always gets every one.
 *
 * @param deadband a value is kept when it differs by more than this from the last one kept, in the
 *     tag's unit; 0 keeps changes; NaN for no deadband
 * @param swing values are left out as long as a straight line between two kept ones passes each of
 *     them at no more than this distance (swinging door), in the tag's unit; NaN for none
 * @param maxInterval one is kept after this time in any case
 */
public record Recording(double deadband, double swing, Duration maxInterval) {

  /** Every sample is kept. */
  public static final Recording EVERYTHING =
      new Recording(Double.NaN, Double.NaN, Duration.ofMinutes(10));

  public Recording {
    if (deadband < 0 || swing < 0) {
      throw new IllegalArgumentException("a width cannot be negative");
    }
    if (maxInterval.isNegative() || maxInterval.isZero()) {
      throw new IllegalArgumentException("the longest interval must be above 0");
    }
  }

  /** True when nothing is left out. */
  public boolean isEverything() {
    return Double.isNaN(deadband) && Double.isNaN(swing);
  }

  /** True for a swinging door. */
  public boolean swings() {
    return !Double.isNaN(swing);
  }
}
