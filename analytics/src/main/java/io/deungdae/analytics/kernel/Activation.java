package io.deungdae.analytics.kernel;

/**
 * What a layer does to its weighted sums. All are monotone, so that the slope follows from the
 * value and nothing else has to be kept for the backward pass.
 */
public enum Activation {
  /** The sum itself. */
  IDENTITY(0),
  /** Zero below zero. */
  RELU(1),
  /** One hundredth of the sum below zero. */
  LEAKY_RELU(2),
  /** {@code e^x - 1} below zero. */
  ELU(3),
  /** Hyperbolic tangent. */
  TANH(4),
  /** Logistic function. */
  SIGMOID(5),
  /** {@code 0.2 x + 0.5}, cut to 0 and 1. */
  HARD_SIGMOID(6),
  /** {@code ln(1 + e^x)}. */
  SOFTPLUS(7),
  /** {@code x / (1 + |x|)}. */
  SOFTSIGN(8);

  private static final double LEAK = 0.01;
  private static final double HARD_SLOPE = 0.2;

  private final int code;

  Activation(int code) {
    this.code = code;
  }

  /** Its number in the file format. */
  int code() {
    return code;
  }

  /**
   * The value for a weighted sum.
   *
   * @param x any number
   * @return the activation; NaN for NaN
   */
  public double at(double x) {
    return switch (this) {
      case IDENTITY -> x;
      case RELU -> x <= 0 ? 0 : x;
      case LEAKY_RELU -> x < 0 ? LEAK * x : x;
      case ELU -> x < 0 ? Math.exp(x) - 1 : x;
      case TANH -> tanh(x);
      case SIGMOID -> sigmoid(x);
      case HARD_SIGMOID -> Math.min(1, Math.max(0, HARD_SLOPE * x + 0.5));
      case SOFTPLUS -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
      case SOFTSIGN -> x / (1 + Math.abs(x));
    };
  }

  /**
   * The slope where the value is {@code y}.
   *
   * @param y what {@link #at} gave
   * @return the derivative; at a kink, the one from below
   */
  public double slopeAt(double y) {
    return switch (this) {
      case IDENTITY -> 1;
      case RELU -> y > 0 ? 1 : 0;
      case LEAKY_RELU -> y > 0 ? 1 : LEAK;
      case ELU -> y > 0 ? 1 : y + 1;
      case TANH -> 1 - y * y;
      case SIGMOID -> y * (1 - y);
      case HARD_SIGMOID -> y > 0 && y < 1 ? HARD_SLOPE : 0;
      case SOFTPLUS -> 1 - Math.exp(-y);
      case SOFTSIGN -> (1 - Math.abs(y)) * (1 - Math.abs(y));
    };
  }

  /** Replaces the sums in {@code [from, to)} by their values. One loop per kind, for speed. */
  void apply(double[] z, int from, int to) {
    switch (this) {
      case IDENTITY -> {}
      case RELU -> {
        for (int i = from; i < to; i++) {
          z[i] = z[i] <= 0 ? 0 : z[i];
        }
      }
      case TANH -> {
        for (int i = from; i < to; i++) {
          z[i] = tanh(z[i]);
        }
      }
      case SIGMOID -> {
        for (int i = from; i < to; i++) {
          z[i] = sigmoid(z[i]);
        }
      }
      case LEAKY_RELU, ELU, HARD_SIGMOID, SOFTPLUS, SOFTSIGN -> {
        for (int i = from; i < to; i++) {
          z[i] = at(z[i]);
        }
      }
    }
  }

  /** By the exponential, which the JVM compiles to a few instructions; error below 4e-16. */
  private static double tanh(double x) {
    return 1 - 2 / (Math.exp(2 * x) + 1);
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
