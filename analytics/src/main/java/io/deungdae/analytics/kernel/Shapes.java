package io.deungdae.analytics.kernel;

import java.util.Arrays;

/** Checks of layers' shapes, and the two steps every backward pass begins with. */
final class Shapes {

  private Shapes() {}

  static int positive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + ", must be at least 1");
    }
    return value;
  }

  /** A copy of the weights, which must be finite and exactly so many. */
  static double[] numbers(String name, double[] values, long length) {
    if (values.length != length) {
      throw new IllegalArgumentException(
          name + ": " + values.length + " numbers, must be " + length);
    }
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException(name + " contain " + value);
      }
    }
    return values.clone();
  }

  /** Gradient with respect to the weighted sums from the one with respect to the values. */
  static void throughActivation(Activation activation, double[] out, double[] gradient, int n) {
    if (activation == Activation.IDENTITY) {
      return;
    }
    for (int i = 0; i < n; i++) {
      gradient[i] *= activation.slopeAt(out[i]);
    }
  }

  static void clear(double[] values, int n) {
    Arrays.fill(values, 0, n, 0);
  }
}
