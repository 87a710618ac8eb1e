package io.deungdae.analytics.detect;

import java.util.Arrays;

/** Quantiles of data and of the distributions that control charts are laid out by. */
public final class Quantiles {

  private Quantiles() {}

  /** The value that a share of the data is at or below; interpolated. The data stays as it is. */
  public static double of(double[] data, double share) {
    double[] sorted = data.clone();
    Arrays.sort(sorted);
    double at = share * (sorted.length - 1);
    int below = (int) Math.floor(at);
    int above = Math.min(sorted.length - 1, below + 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  /**
   * Quantile of the standard normal distribution, by Acklam's rational approximation (relative
   * error below 1.2e-9).
   *
   * @param p probability, above 0 and below 1
   */
  public static double normal(double p) {
    if (p < 0.02425) {
      double q = Math.sqrt(-2 * Math.log(p));
      return tail(q);
    }
    if (p > 1 - 0.02425) {
      double q = Math.sqrt(-2 * Math.log(1 - p));
      return -tail(q);
    }
    double q = p - 0.5;
    double r = q * q;
    return (((((-3.969683028665376e+01 * r + 2.209460984245205e+02) * r - 2.759285104469687e+02) * r
                            + 1.383577518672690e+02)
                        * r
                    - 3.066479806614716e+01)
                * r
            + 2.506628277459239e+00)
        * q
        / (((((-5.447609879822406e+01 * r + 1.615858368580409e+02) * r - 1.556989798598866e+02) * r
                            + 6.680131188771972e+01)
                        * r
                    - 1.328068155288572e+01)
                * r
            + 1);
  }

  private static double tail(double q) {
    return (((((-7.784894002430293e-03 * q - 3.223964580411365e-01) * q - 2.400758277161838e+00) * q
                            - 2.549732539343734e+00)
                        * q
                    + 4.374664141464968e+00)
                * q
            + 2.938163982698783e+00)
        / ((((7.784695709041462e-03 * q + 3.224671290700398e-01) * q + 2.445134137142996e+00) * q
                    + 3.754408661907416e+00)
                * q
            + 1);
  }

  /**
   * Quantile of the χ² distribution, by Wilson and Hilferty (1931).
   *
   * @param p probability, above 0 and below 1
   * @param freedom degrees of freedom, 1 or more
   */
  public static double chiSquare(double p, double freedom) {
    double t = 2 / (9 * freedom);
    double root = 1 - t + normal(p) * Math.sqrt(t);
    return freedom * root * root * root;
  }

  /**
   * Share of the standard normal distribution below {@code x} (Abramowitz and Stegun 26.2.17, error
   * below 7.5e-8).
   */
  public static double normalShare(double x) {
    double t = 1 / (1 + 0.2316419 * Math.abs(x));
    double poly =
        t
            * (0.319381530
                + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    double tail = Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI) * poly;
    return x >= 0 ? 1 - tail : tail;
  }
}
