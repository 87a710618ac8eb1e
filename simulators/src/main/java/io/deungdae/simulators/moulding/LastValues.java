package io.deungdae.simulators.moulding;

/** The spread of the last values of something, as a machine's process control shows it. */
final class LastValues {

  private final double[] values;
  private int next;
  private int filled;

  /** Of so many last values. */
  LastValues(int count) {
    values = new double[count];
  }

  void add(double value) {
    values[next] = value;
    next = (next + 1) % values.length;
    filled = Math.min(values.length, filled + 1);
  }

  /** Standard deviation; 0 of fewer than two. */
  double spread() {
    double mean = 0;
    for (int i = 0; i < filled; i++) {
      mean += values[i] / filled;
    }
    double squares = 0;
    for (int i = 0; i < filled; i++) {
      squares += (values[i] - mean) * (values[i] - mean);
    }
    return filled < 2 ? 0 : Math.sqrt(squares / (filled - 1));
  }
}
