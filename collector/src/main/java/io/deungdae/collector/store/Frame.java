package io.deungdae.collector.store;

import io.deungdae.collector.signal.Tag;
import java.util.List;

/**
 * Many tags on a common time grid: at each grid time the last good value at or before it. The
 * arrays belong to whoever asked for the frame and are not copied.
 */
public final class Frame {

  private final List<Tag> tags;
  private final long[] timesMs;
  private final double[][] values;

  /** Of rows; each row has one value for each tag. */
  public Frame(List<Tag> tags, long[] timesMs, double[][] values) {
    if (timesMs.length != values.length) {
      throw new IllegalArgumentException("rows differ in number");
    }
    this.tags = List.copyOf(tags);
    this.timesMs = timesMs;
    this.values = values;
  }

  /** The columns. */
  public List<Tag> tags() {
    return tags;
  }

  /** Grid times, milliseconds since 1970 UTC, ascending, evenly spaced. */
  public long[] timesMs() {
    return timesMs;
  }

  /** {@code double[row][column]}; NaN where there was no good value within the look-back. */
  public double[][] values() {
    return values;
  }

  /** Number of rows. */
  public int rows() {
    return timesMs.length;
  }
}
