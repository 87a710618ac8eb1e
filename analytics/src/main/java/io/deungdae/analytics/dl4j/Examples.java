package io.deungdae.analytics.dl4j;

/**
 * Rows to learn from, in time order, split into those trained on and the last ones, held out. A
 * window is flattened step by step. The arrays are the caller's and only read.
 *
 * @param x {@code [row][input]}
 * @param y {@code [row][output]}
 * @param steps steps of a window; 0 when a row is a vector
 * @param trainRows rows trained on, from the first
 * @param validationFrom first row held out
 */
@SuppressWarnings("ArrayRecordComponent") // bulk data, never compared
record Examples(double[][] x, double[][] y, int steps, int trainRows, int validationFrom) {

  private static final int FEWEST = 20;

  static Examples split(double[][] x, double[][] y, int steps, TrainingPlan plan) {
    if (x.length < FEWEST || y.length != x.length) {
      throw new IllegalArgumentException(
          x.length + " rows with " + y.length + " targets; must be as many, at least " + FEWEST);
    }
    check("input", x);
    check("target", y);
    int held = Math.max(2, (int) Math.round(x.length * plan.validationShare()));
    int from = x.length - held;
    int train = from - plan.gapRows();
    if (train < FEWEST / 2) {
      throw new IllegalArgumentException(
          train + " of " + x.length + " rows are left to train on, too few");
    }
    return new Examples(x, y, steps, train, from);
  }

  private static void check(String what, double[][] rows) {
    int width = rows[0].length;
    for (int r = 0; r < rows.length; r++) {
      if (rows[r].length != width || width == 0) {
        throw new IllegalArgumentException(
            what + " row " + r + " has " + rows[r].length + " numbers, row 0 has " + width);
      }
      for (double value : rows[r]) {
        if (!Double.isFinite(value)) {
          throw new IllegalArgumentException(what + " row " + r + " contains " + value);
        }
      }
    }
  }

  /** Windows laid flat, {@code [step][feature]}. */
  static double[][] flatten(double[][][] windows) {
    double[][] flat = new double[windows.length][];
    for (int r = 0; r < flat.length; r++) {
      flat[r] = flatten(windows[r], windows[0].length, r);
    }
    return flat;
  }

  private static double[] flatten(double[][] window, int steps, int row) {
    if (window.length != steps || steps == 0) {
      throw new IllegalArgumentException(
          "window " + row + " has " + window.length + " steps, window 0 has " + steps);
    }
    int features = window[0].length;
    double[] flat = new double[steps * features];
    for (int t = 0; t < steps; t++) {
      if (window[t].length != features) {
        throw new IllegalArgumentException(
            "window " + row + " has " + window[t].length + " features at step " + t);
      }
      System.arraycopy(window[t], 0, flat, t * features, features);
    }
    return flat;
  }

  int inputs() {
    return x[0].length;
  }

  int outputs() {
    return y[0].length;
  }

  int features() {
    return steps == 0 ? inputs() : inputs() / steps;
  }

  int validationRows() {
    return x.length - validationFrom;
  }
}
