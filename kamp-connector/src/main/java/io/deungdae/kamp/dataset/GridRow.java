package io.deungdae.kamp.dataset;

import java.time.Instant;

/** One row on its way into a file. The array belongs to the reader of history and is not copied. */
final class GridRow {

  private final Instant time;
  private final double[] values;

  GridRow(Instant time, double[] values) {
    this.time = time;
    this.values = values;
  }

  Instant time() {
    return time;
  }

  double value(int column) {
    return values[column];
  }
}
