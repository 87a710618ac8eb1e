package io.deungdae.analytics.optimize;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.deungdae.analytics.detect.Quantiles;
import java.util.Arrays;

/**
 * Share of bad parts, from the means of the quality measures: parts spread normally about the mean,
 * and a part is good when every measure is within its tolerance; a fixed share is lost to other
 * things.
 *
 * <pre>  p = 1 − (1 − p0) Π [Φ((high − m)/s) − Φ((low − m)/s)]</pre>
 *
 * <p>The spreads s and p0 are fitted to what was counted. Immutable.
 */
public final class YieldModel {

  /** Shares below this are all alike. */
  private static final double SLIGHT = 0.003;

  private static final double WIDEST = 1.5;
  private static final int STEPS = 48;
  private static final int ROUNDS = 4;

  private final double[] low;
  private final double[] high;
  private final double[] spread;
  private final double base;

  @JsonCreator
  YieldModel(
      @JsonProperty("low") double[] low,
      @JsonProperty("high") double[] high,
      @JsonProperty("spread") double[] spread,
      @JsonProperty("base") double base) {
    this.low = low.clone();
    this.high = high.clone();
    this.spread = spread.clone();
    this.base = base;
  }

  /**
   * Fits spreads and base share by coordinate search.
   *
   * @param low least good values; may be negative infinity
   * @param high greatest good values; may be positive infinity
   * @param means measured means, {@code double[row][measure]}
   * @param shares counted shares of bad parts, 0 to 1
   */
  public static YieldModel fit(double[] low, double[] high, double[][] means, double[] shares) {
    double[] widest = new double[low.length];
    for (int k = 0; k < low.length; k++) {
      widest[k] = WIDEST * nearest(means, k, low[k], high[k]);
    }
    double[] spread = Arrays.stream(widest).map(w -> w / 4).toArray();
    double base = Math.max(0, Quantiles.of(shares, 0.05));
    YieldModel best = new YieldModel(low, high, spread, base);
    for (int round = 0; round < ROUNDS; round++) {
      for (int k = 0; k < low.length; k++) {
        best = best.withBestSpread(k, widest[k], means, shares);
      }
      best = best.withBestBase(means, shares);
    }
    return best;
  }

  /** Typical distance of the mean from the nearer tolerance. */
  private static double nearest(double[][] means, int k, double low, double high) {
    double sum = 0;
    for (double[] row : means) {
      sum += Math.abs(Math.min(row[k] - low, high - row[k]));
    }
    return Math.max(1e-9, sum / means.length);
  }

  private YieldModel withBestSpread(int k, double widest, double[][] means, double[] shares) {
    YieldModel best = this;
    double least = squares(means, shares);
    for (int step = 1; step <= STEPS; step++) {
      double[] candidate = spread.clone();
      candidate[k] = widest * step / STEPS;
      YieldModel model = new YieldModel(low, high, candidate, base);
      double squares = model.squares(means, shares);
      if (squares < least) {
        least = squares;
        best = model;
      }
    }
    return best;
  }

  private YieldModel withBestBase(double[][] means, double[] shares) {
    YieldModel best = this;
    double least = squares(means, shares);
    double typical = Quantiles.of(shares, 0.5);
    for (int step = 0; step <= STEPS; step++) {
      YieldModel model = new YieldModel(low, high, spread, typical * step / STEPS);
      double squares = model.squares(means, shares);
      if (squares < least) {
        least = squares;
        best = model;
      }
    }
    return best;
  }

  private double squares(double[][] means, double[] shares) {
    double sum = 0;
    for (int r = 0; r < shares.length; r++) {
      double error = Math.log((shares[r] + SLIGHT) / (scrap(means[r]) + SLIGHT));
      sum += error * error;
    }
    return sum;
  }

  /** Expected share of bad parts, 0 to 1, at these means. */
  public double scrap(double[] means) {
    double good = 1 - base;
    for (int k = 0; k < means.length; k++) {
      double inside =
          Quantiles.normalShare((high[k] - means[k]) / spread[k])
              - Quantiles.normalShare((low[k] - means[k]) / spread[k]);
      good *= Math.max(1e-6, inside);
    }
    return 1 - good;
  }

  /** Spread of single parts about the mean, in the measure's unit. */
  public double spread(int measure) {
    return spread[measure];
  }

  /** Share lost to other things. */
  public double base() {
    return base;
  }
}
