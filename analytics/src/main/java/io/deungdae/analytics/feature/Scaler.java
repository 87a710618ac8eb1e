package io.deungdae.analytics.feature;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;

/** Shifts and scales columns to mean 0 and standard deviation 1. Immutable. */
public final class Scaler {

  private static final double SMALLEST = 1e-9;

  private final double[] mean;
  private final double[] deviation;

  /**
   * With given figures.
   *
   * @param mean mean of each column
   * @param deviation standard deviation of each column; positive
   */
  @JsonCreator
  public Scaler(
      @JsonProperty("mean") double[] mean, @JsonProperty("deviation") double[] deviation) {
    this.mean = mean.clone();
    this.deviation = deviation.clone();
  }

  /** Learns the figures from rows. A column that never changes gets deviation 1. */
  public static Scaler fit(double[][] rows, int columns) {
    double[] mean = new double[columns];
    double[] deviation = new double[columns];
    for (int c = 0; c < columns; c++) {
      double sum = 0;
      for (double[] row : rows) {
        sum += row[c];
      }
      mean[c] = sum / rows.length;
      double squares = 0;
      for (double[] row : rows) {
        squares += (row[c] - mean[c]) * (row[c] - mean[c]);
      }
      double sd = Math.sqrt(squares / rows.length);
      deviation[c] = sd > SMALLEST * Math.max(1, Math.abs(mean[c])) ? sd : 1;
    }
    return new Scaler(mean, deviation);
  }

  /** Number of columns. */
  public int size() {
    return mean.length;
  }

  /** Mean of a column. */
  public double mean(int column) {
    return mean[column];
  }

  /** Standard deviation of a column, positive. */
  public double deviation(int column) {
    return deviation[column];
  }

  /** Scales a row into another array of the same length. */
  public void apply(double[] row, double[] into) {
    for (int c = 0; c < mean.length; c++) {
      into[c] = (row[c] - mean[c]) / deviation[c];
    }
  }

  /** Scaled copies of the rows. */
  public double[][] apply(double[][] rows) {
    double[][] scaled = new double[rows.length][mean.length];
    for (int r = 0; r < rows.length; r++) {
      apply(rows[r], scaled[r]);
    }
    return scaled;
  }

  /** A scaled value of one column back in its unit. */
  public double restore(int column, double scaled) {
    return mean[column] + scaled * deviation[column];
  }
}
