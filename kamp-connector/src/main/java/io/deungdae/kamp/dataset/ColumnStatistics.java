package io.deungdae.kamp.dataset;

/**
 * Descriptive statistics (기술통계) of a column; NaN where there is no value.
 *
 * @param count values
 * @param missing missing values
 * @param mean mean
 * @param deviation standard deviation of the sample; NaN of fewer than two values
 * @param min lowest
 * @param q1 first quartile, interpolated between the neighbours as usual
 * @param median median
 * @param q3 third quartile
 * @param max highest
 */
public record ColumnStatistics(
    long count,
    long missing,
    double mean,
    double deviation,
    double min,
    double q1,
    double median,
    double q3,
    double max) {

  /** Of values; reorders them. */
  static ColumnStatistics of(double[] values, long missing) {
    java.util.Arrays.sort(values);
    int n = values.length;
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mean = n == 0 ? Double.NaN : sum / n;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    double deviation = n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1));
    return new ColumnStatistics(
        n,
        missing,
        mean,
        deviation,
        quantile(values, 0),
        quantile(values, 0.25),
        quantile(values, 0.5),
        quantile(values, 0.75),
        quantile(values, 1));
  }

  private static double quantile(double[] sorted, double share) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(sorted.length - 1, below + 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
