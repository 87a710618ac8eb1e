package io.deungdae.collector.store;

import java.time.Duration;

/**
 * How long something is kept, at each of the three levels. Zero keeps for good.
 *
 * @param raw samples
 * @param minutes roll-ups of minutes; not shorter than {@code raw}
 * @param hours roll-ups of hours; not shorter than {@code minutes}
 */
public record KeepAges(Duration raw, Duration minutes, Duration hours) {

  public KeepAges {
    if (raw.isNegative() || minutes.isNegative() || hours.isNegative()) {
      throw new IllegalArgumentException("ages must not be negative");
    }
    if (isLonger(raw, minutes) || isLonger(minutes, hours)) {
      throw new IllegalArgumentException(
          "samples must not be kept longer than minutes, nor minutes longer than hours, found "
              + raw
              + ", "
              + minutes
              + ", "
              + hours);
    }
  }

  /** True when one age is longer than another; zero is the longest. */
  static boolean isLonger(Duration one, Duration other) {
    return !other.isZero() && (one.isZero() || one.compareTo(other) > 0);
  }
}
