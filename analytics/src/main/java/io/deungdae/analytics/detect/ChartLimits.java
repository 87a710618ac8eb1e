package io.deungdae.analytics.detect;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.deungdae.analytics.process.Gram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What an {@link EwmaChart} is laid out by. Calibrated on errors of a model on data it was not
 * trained on, so that autocorrelation and the model's own faults are in it. Immutable.
 */
public final class ChartLimits {

  /**
   * Errors beyond this many standard deviations count as this many: one wild reading is no fault.
   */
  static final double CLIP = 8;

  private static final double NEVER = 1e100;
  private static final int APART = 10;

  /** Weight of the identity in the correlation matrix, after Ledoit and Wolf (2004), but fixed. */
  private static final double SHRINKAGE = 0.25;

  final double gain;
  final double[] deviation;
  final double[][] inverse;
  final double squareLimit;
  final double singleLimit;

  /**
   * Of calibrated numbers.
   *
   * @param gain weight of the newest row, above 0 to 1
   * @param deviation standard deviation of each smoothed error
   * @param inverse inverse correlation of the smoothed errors
   * @param squareLimit limit of the squared distance
   * @param singleLimit limit of each scaled smoothed error's size
   */
  @JsonCreator
  ChartLimits(
      @JsonProperty("gain") double gain,
      @JsonProperty("deviation") double[] deviation,
      @JsonProperty("inverse") double[][] inverse,
      @JsonProperty("squareLimit") double squareLimit,
      @JsonProperty("singleLimit") double singleLimit) {
    this.gain = gain;
    this.deviation = deviation;
    this.inverse = inverse;
    this.squareLimit = squareLimit;
    this.singleLimit = singleLimit;
  }

  /**
   * Calibrates.
   *
   * @param errors scaled errors of normal operation, {@code double[row][output]}, in order of time
   * @param gain weight of the newest row, above 0 to 1
   * @param falseAlarms share of normal rows that may be above the limit, above 0
   * @param margin factor on the limits, 1 or more, for what the calibration has not seen
   */
  public static ChartLimits calibrate(
      double[][] errors, double gain, double falseAlarms, double margin) {
    double[][] smoothed = smooth(errors, gain);
    double[] own = deviations(smoothed);
    double[][] inverse = inverseCorrelation(scale(smoothed, own));
    double[] lasting = lasting(errors);
    double[] deviation = new double[own.length];
    double[] shrink = new double[own.length];
    for (int j = 0; j < own.length; j++) {
      deviation[j] = Math.max(own[j], lasting[j]);
      shrink[j] = deviation[j] / own[j];
    }
    scale(smoothed, shrink);
    ChartLimits open = new ChartLimits(gain, deviation, inverse, 1, 1);
    double[] squares = Arrays.stream(smoothed).mapToDouble(open::square).toArray();
    double[] singles = Arrays.stream(smoothed).mapToDouble(ChartLimits::largest).toArray();
    int outputs = deviation.length;
    double squareLimit =
        Math.max(
            Quantiles.of(squares, 1 - falseAlarms), Quantiles.chiSquare(1 - falseAlarms, outputs));
    double singleLimit =
        Math.max(
            Quantiles.of(singles, 1 - falseAlarms),
            Quantiles.normal(1 - falseAlarms / (2 * outputs)));
    return new ChartLimits(
        gain, deviation, inverse, squareLimit * margin * margin, singleLimit * margin);
  }

  private static double[][] scale(double[][] rows, double[] by) {
    for (double[] row : rows) {
      for (int j = 0; j < row.length; j++) {
        row[j] /= by[j];
      }
    }
    return rows;
  }

  private static double[][] smooth(double[][] errors, double gain) {
    double[] state = new double[errors[0].length];
    List<double[]> smoothed = new ArrayList<>(errors.length);
    for (double[] row : errors) {
      update(state, row, gain);
      smoothed.add(state.clone());
    }
    return smoothed.toArray(new double[0][]);
  }

  static void update(double[] state, double[] errors, double gain) {
    for (int j = 0; j < state.length; j++) {
      state[j] += gain * (clip(errors[j]) - state[j]);
    }
  }

  /**
   * The part of each error that does not average out: the model's own fault at an operating point,
   * which lasts for as long as the plant stays there. Found as the root of the covariance of errors
   * some rows apart, which short-lived noise is not in.
   */
  private static double[] lasting(double[][] errors) {
    double[] lasting = new double[errors[0].length];
    int rows = Math.max(1, errors.length - APART);
    for (int j = 0; j < lasting.length; j++) {
      double sum = 0;
      for (int r = 0; r + APART < errors.length; r++) {
        sum += clip(errors[r][j]) * clip(errors[r + APART][j]);
      }
      lasting[j] = Math.sqrt(Math.max(0, sum / rows));
    }
    return lasting;
  }

  private static double clip(double error) {
    return Math.max(-CLIP, Math.min(CLIP, error));
  }

  private static double[] deviations(double[][] rows) {
    double[] deviation = new double[rows[0].length];
    for (int j = 0; j < deviation.length; j++) {
      double squares = 0;
      for (double[] row : rows) {
        squares += row[j] * row[j];
      }
      double rms = Math.sqrt(squares / rows.length);
      deviation[j] = rms > 1e-12 ? rms : NEVER;
    }
    return deviation;
  }

  private static double[][] inverseCorrelation(double[][] rows) {
    int n = rows[0].length;
    Gram gram = new Gram(n, 1);
    double[][] none = new double[rows.length][1];
    gram.add(rows, none, 0, rows.length);
    double ridge = SHRINKAGE / (1 - SHRINKAGE) * rows.length;
    double[][] inverse = gram.inverse(ridge);
    for (double[] row : inverse) {
      for (int k = 0; k < n; k++) {
        row[k] *= rows.length / (1 - SHRINKAGE);
      }
    }
    return inverse;
  }

  /** Squared distance of scaled smoothed errors from zero. */
  double square(double[] scaled) {
    double sum = 0;
    for (int i = 0; i < scaled.length; i++) {
      double row = 0;
      for (int k = 0; k < scaled.length; k++) {
        row += inverse[i][k] * scaled[k];
      }
      sum += scaled[i] * row;
    }
    return sum;
  }

  static double largest(double[] scaled) {
    double largest = 0;
    for (double value : scaled) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
