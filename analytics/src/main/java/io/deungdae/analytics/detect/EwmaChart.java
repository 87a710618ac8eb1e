package io.deungdae.analytics.detect;

/**
 * A multivariate EWMA chart (Lowry et al. 1992) of a model's scaled errors: smooths them and
 * measures how far they are from zero, together (Hotelling's T²) and each for itself. A long memory
 * finds what grows slowly, a short one what comes at once. Used by one thread.
 */
public final class EwmaChart {

  private final ChartLimits limits;
  private final double[] state;
  private final double[] scaled;

  /** An empty chart. */
  public EwmaChart(ChartLimits limits) {
    this.limits = limits;
    this.state = new double[limits.deviation.length];
    this.scaled = new double[state.length];
  }

  /**
   * Takes the next row.
   *
   * @param errors scaled errors
   * @return the score: 1 is the limit, and it grows in proportion to the errors
   */
  public double push(double[] errors) {
    ChartLimits.update(state, errors, limits.gain);
    for (int j = 0; j < state.length; j++) {
      scaled[j] = state[j] / limits.deviation[j];
    }
    double together = Math.sqrt(limits.square(scaled) / limits.squareLimit);
    return Math.max(together, ChartLimits.largest(scaled) / limits.singleLimit);
  }

  /** Smoothed errors over their own standard deviation; valid until the next row. */
  public double[] scaled() {
    return scaled;
  }

  /** Forgets what it has seen. */
  public void reset() {
    java.util.Arrays.fill(state, 0);
  }
}
