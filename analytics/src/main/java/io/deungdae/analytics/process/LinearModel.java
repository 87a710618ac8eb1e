package io.deungdae.analytics.process;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A linear model of several outputs on standardised features, without intercept, with what is
 * needed to tell how far a point lies from the data it was fitted to. Immutable.
 */
public final class LinearModel {

  private final double[][] weights;
  private final double[][] inverse;

  /**
   * Of fitted numbers.
   *
   * @param weights {@code double[output][feature]}
   * @param inverse inverse of the regularised Gram matrix of the first features, {@code
   *     double[feature][feature]}
   */
  @JsonCreator
  LinearModel(
      @JsonProperty("weights") double[][] weights, @JsonProperty("inverse") double[][] inverse) {
    this.weights = weights;
    this.inverse = inverse;
  }

  /** Predicts one output. */
  public double predict(double[] x, int output) {
    double sum = 0;
    double[] w = weights[output];
    for (int i = 0; i < w.length; i++) {
      sum += w[i] * x[i];
    }
    return sum;
  }

  /** Predicts all outputs. */
  public void predict(double[] x, double[] into) {
    for (int j = 0; j < weights.length; j++) {
      into[j] = predict(x, j);
    }
  }

  /** What one unit of a feature does to an output. */
  public double weight(int output, int feature) {
    return weights[output][feature];
  }

  /**
   * Leverage of a point, {@code x' (X'X + λI)^-1 x}: the share of the noise variance that the
   * uncertainty of the weights adds to a prediction at that point. About features over rows inside
   * the data, growing with the square of the distance outside.
   */
  public double leverage(double[] x) {
    double sum = 0;
    for (int i = 0; i < inverse.length; i++) {
      double row = 0;
      for (int k = 0; k < inverse.length; k++) {
        row += inverse[i][k] * x[k];
      }
      sum += x[i] * row;
    }
    return sum;
  }
}
