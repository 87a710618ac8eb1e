package io.deungdae.analytics.detect;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.deungdae.analytics.feature.Scaler;
import java.util.Arrays;
import org.ojalgo.matrix.decomposition.Eigenvalue;
import org.ojalgo.matrix.store.MatrixStore;
import org.ojalgo.matrix.store.RawStore;

/**
 * Principal component analysis with its two statistics (Jackson and Mudholkar 1979): T², the
 * distance within the plane of normal operation, and Q, the distance from it. The baseline that a
 * net has to beat. Immutable.
 */
public final class PcaMonitor {

  private final Scaler scaler;
  private final double[][] loadings;
  private final double[] variances;
  private final double squareLimit;
  private final double residualLimit;

  @JsonCreator
  PcaMonitor(
      @JsonProperty("scaler") Scaler scaler,
      @JsonProperty("loadings") double[][] loadings,
      @JsonProperty("variances") double[] variances,
      @JsonProperty("squareLimit") double squareLimit,
      @JsonProperty("residualLimit") double residualLimit) {
    this.scaler = scaler;
    this.loadings = loadings;
    this.variances = variances;
    this.squareLimit = squareLimit;
    this.residualLimit = residualLimit;
  }

  /**
   * Fits the plane on some rows and the limits on others.
   *
   * @param rows normal operation, {@code double[row][column]}
   * @param heldOut more normal operation
   * @param explained share of the variance that the plane is to explain, above 0, below 1
   * @param falseAlarms share of held-out rows that may be above the limit
   */
  public static PcaMonitor fit(
      double[][] rows, double[][] heldOut, double explained, double falseAlarms) {
    Scaler scaler = Scaler.fit(rows, rows[0].length);
    double[][] x = scaler.apply(rows);
    Eigenvalue<Double> eigen = Eigenvalue.R064.make(true);
    eigen.decompose(RawStore.wrap(covariance(x)));
    MatrixStore<Double> vectors = eigen.getV();
    MatrixStore<Double> values = eigen.getD();
    Integer[] order = descending(values, x[0].length);
    int kept = components(values, order, explained);
    double[][] loadings = new double[kept][x[0].length];
    double[] variances = new double[kept];
    for (int c = 0; c < kept; c++) {
      variances[c] = Math.max(1e-12, values.doubleValue(order[c], order[c]));
      for (int i = 0; i < x[0].length; i++) {
        loadings[c][i] = vectors.doubleValue(i, order[c]);
      }
    }
    return new PcaMonitor(scaler, loadings, variances, 1, 1).limited(heldOut, falseAlarms);
  }

  private static double[][] covariance(double[][] x) {
    int n = x[0].length;
    double[][] covariance = new double[n][n];
    for (double[] row : x) {
      for (int i = 0; i < n; i++) {
        for (int k = 0; k < n; k++) {
          covariance[i][k] += row[i] * row[k] / x.length;
        }
      }
    }
    return covariance;
  }

  private static Integer[] descending(MatrixStore<Double> values, int n) {
    Integer[] order = new Integer[n];
    Arrays.setAll(order, i -> i);
    Arrays.sort(
        order, (a, b) -> Double.compare(values.doubleValue(b, b), values.doubleValue(a, a)));
    return order;
  }

  private static int components(MatrixStore<Double> values, Integer[] order, double explained) {
    double total = 0;
    for (int i : order) {
      total += values.doubleValue(i, i);
    }
    double sum = 0;
    int kept = 0;
    while (kept < order.length - 1 && sum < explained * total) {
      sum += values.doubleValue(order[kept], order[kept]);
      kept++;
    }
    return Math.max(1, kept);
  }

  private PcaMonitor limited(double[][] heldOut, double falseAlarms) {
    double[] squares = Arrays.stream(heldOut).mapToDouble(row -> statistics(row)[0]).toArray();
    double[] residuals = Arrays.stream(heldOut).mapToDouble(row -> statistics(row)[1]).toArray();
    double share = 1 - falseAlarms / 2; // two charts
    return new PcaMonitor(
        scaler,
        loadings,
        variances,
        Math.max(Quantiles.of(squares, share), Quantiles.chiSquare(share, variances.length)),
        Math.max(1e-12, Quantiles.of(residuals, share)));
  }

  private double[] statistics(double[] row) {
    double[] x = new double[row.length];
    scaler.apply(row, x);
    double[] left = x.clone();
    double square = 0;
    for (int c = 0; c < loadings.length; c++) {
      double t = 0;
      for (int i = 0; i < x.length; i++) {
        t += loadings[c][i] * x[i];
      }
      square += t * t / variances[c];
      for (int i = 0; i < x.length; i++) {
        left[i] -= t * loadings[c][i];
      }
    }
    double residual = 0;
    for (double e : left) {
      residual += e * e;
    }
    return new double[] {square, residual};
  }

  /** Score of T², 1 is the limit. */
  public double squareScore(double[] row) {
    return Math.sqrt(statistics(row)[0] / squareLimit);
  }

  /** Score of Q, 1 is the limit. */
  public double residualScore(double[] row) {
    return Math.sqrt(statistics(row)[1] / residualLimit);
  }
}
