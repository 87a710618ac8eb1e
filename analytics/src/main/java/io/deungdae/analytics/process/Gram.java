package io.deungdae.analytics.process;

import org.ojalgo.matrix.decomposition.Cholesky;
import org.ojalgo.matrix.store.RawStore;

/**
 * Sums of products of features and outputs, which is all that ridge regression needs to know of the
 * data. Rows can be taken out again, which makes cross-validation cheap. Used by one thread.
 */
public final class Gram {

  private final double[][] xx;
  private final double[][] xy;
  private double rows;

  /** Empty. */
  public Gram(int features, int outputs) {
    this.xx = new double[features][features];
    this.xy = new double[outputs][features];
  }

  /** Adds rows {@code from} (included) to {@code to} (excluded). */
  public void add(double[][] x, double[][] y, int from, int to) {
    for (int r = from; r < to; r++) {
      add(x[r], y[r], 1);
    }
  }

  /** Takes rows out again. */
  public void remove(double[][] x, double[][] y, int from, int to) {
    for (int r = from; r < to; r++) {
      add(x[r], y[r], -1);
    }
  }

  private void add(double[] x, double[] y, double weight) {
    rows += weight;
    for (int i = 0; i < x.length; i++) {
      double wx = weight * x[i];
      for (int k = 0; k <= i; k++) {
        xx[i][k] += wx * x[k];
      }
      for (int j = 0; j < y.length; j++) {
        xy[j][i] += wx * y[j];
      }
    }
  }

  /** Number of rows it stands for. */
  public double rows() {
    return rows;
  }

  /** Inverse of {@code X'X + penalty I}. */
  public double[][] inverse(double penalty) {
    return inverse(penalty, xx.length, 1);
  }

  /**
   * Inverse of {@code X'X + penalty D}, where D is 1 for features before {@code from} and {@code
   * factor} for those after.
   */
  public double[][] inverse(double penalty, int from, double factor) {
    int n = xx.length;
    double[][] full = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k <= i; k++) {
        full[i][k] = xx[i][k];
        full[k][i] = xx[i][k];
      }
      full[i][i] += i < from ? penalty : penalty * factor;
    }
    Cholesky<Double> cholesky = Cholesky.R064.make();
    cholesky.decompose(RawStore.wrap(full));
    return cholesky.getInverse().toRawCopy2D();
  }

  /** Weights of one output for an inverse from {@link #inverse}. */
  public double[] weights(double[][] inverse, int output) {
    int n = xx.length;
    double[] weights = new double[n];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < n; k++) {
        weights[i] += inverse[i][k] * xy[output][k];
      }
    }
    return weights;
  }
}
