package io.deungdae.analytics.kernel;

/**
 * The two inner loops everything here consists of. Weights lie {@code [input][output]}, so that the
 * forward loop runs along outputs without carrying a sum from one turn to the next, which is the
 * form the JVM turns into vector instructions.
 */
final class Axpy {

  private Axpy() {}

  /** {@code out[o .. o+n) += in[i .. i+m) · w[m][n]}, the weights starting at {@code at}. */
  static void forward(double[] in, int i, int m, double[] w, int at, double[] out, int o, int n) {
    int k = 0;
    int row = at;
    for (; k + 4 <= m; k += 4, row += 4 * n) {
      four(in, i + k, w, row, out, o, n);
    }
    for (; k < m; k++, row += n) {
      double x = in[i + k];
      for (int j = 0; j < n; j++) {
        out[o + j] += x * w[row + j];
      }
    }
  }

  /** Four inputs in one turn: a quarter of the loads and stores of the sums. */
  private static void four(double[] in, int i, double[] w, int row, double[] out, int o, int n) {
    double x0 = in[i];
    double x1 = in[i + 1];
    double x2 = in[i + 2];
    double x3 = in[i + 3];
    int row1 = row + n;
    int row2 = row1 + n;
    int row3 = row2 + n;
    for (int j = 0; j < n; j++) {
      out[o + j] += x0 * w[row + j] + x1 * w[row1 + j] + x2 * w[row2 + j] + x3 * w[row3 + j];
    }
  }

  /** {@code inGradient[i .. i+m) += w[m][n] · outGradient[o .. o+n)}. */
  static void backward(
      double[] outGradient, int o, int n, double[] w, int at, double[] inGradient, int i, int m) {
    for (int k = 0, row = at; k < m; k++, row += n) {
      double sum = 0;
      for (int j = 0; j < n; j++) {
        sum += w[row + j] * outGradient[o + j];
      }
      inGradient[i + k] += sum;
    }
  }
}
