package io.deungdae.collector.store;

/**
 * A stretch of one tag for drawing: columns of equal length, oldest first. The columns belong to
 * whoever asked for the trend and are not copied.
 */
public final class Trend {

  private final long[] timesMs;
  private final double[] values;

  /** Of two columns of equal length. */
  public Trend(long[] timesMs, double[] values) {
    if (timesMs.length != values.length) {
      throw new IllegalArgumentException("columns differ in length");
    }
    this.timesMs = timesMs;
    this.values = values;
  }

  /** Source times, milliseconds since 1970 UTC, ascending. */
  public long[] timesMs() {
    return timesMs;
  }

  /** Values in the tag's unit; NaN where the sample was bad, a gap in the line. */
  public double[] values() {
    return values;
  }

  /** Number of points. */
  public int size() {
    return timesMs.length;
  }
}
