package io.deungdae.collector.signal;

/**
 * A closed interval in a tag's unit.
 *
 * @param low lowest value; may be negative infinity
 * @param high highest value; may be positive infinity; never below {@code low}
 */
public record Range(double low, double high) {

  /** Every number. */
  public static final Range ALL = new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  public Range {
    if (!(low <= high)) {
      throw new IllegalArgumentException("low " + low + " is not at or below high " + high);
    }
  }

  /** True when the value is a number inside the interval, its ends included. */
  public boolean contains(double value) {
    return value >= low && value <= high;
  }

  /** The nearest number inside the interval; NaN stays NaN. */
  public double clamp(double value) {
    return Math.min(high, Math.max(low, value));
  }

  /** Width of the interval. */
  public double width() {
    return high - low;
  }
}
