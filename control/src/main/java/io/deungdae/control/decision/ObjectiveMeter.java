package io.deungdae.control.decision;

import io.deungdae.collector.signal.PlantUnit.Objective;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Measures a unit's objective from the plant's own values, without any model: the mean of the sum
 * over the mean of the divisor, over the last window. Cycles in which a value is not good do not
 * count. Allocates only when asked for a result. Used by the control thread.
 */
public final class ObjectiveMeter {

  private static final int PARTS = 60;
  private static final double NEEDED_COVERAGE = 0.5;

  private final Objective objective;
  private final long partNs;
  private final double[] sums = new double[PARTS];
  private final double[] divisors = new double[PARTS];
  private final int[] counts = new int[PARTS];
  private final long[] parts = new long[PARTS];

  /** For an objective and a window of {@code windowNs}. */
  public ObjectiveMeter(Objective objective, long windowNs) {
    this.objective = objective;
    this.partNs = Math.max(1, windowNs / PARTS);
    Arrays.fill(parts, Long.MIN_VALUE);
  }

  /** Takes this cycle's values. */
  public void observe(@Nullable Sample[] samples, long nowNs) {
    double sum = objective.constant();
    for (int i = 0; i < objective.terms().size(); i++) {
      Objective.Term term = objective.terms().get(i);
      sum += term.weight() * good(samples, term.tag());
    }
    Tag per = objective.per();
    double divisor = per == null ? 1 : good(samples, per);
    if (Double.isNaN(sum) || Double.isNaN(divisor)) {
      return;
    }
    add(sum, divisor, nowNs);
  }

  private void add(double sum, double divisor, long nowNs) {
    long part = Math.floorDiv(nowNs, partNs);
    int slot = (int) Math.floorMod(part, (long) PARTS);
    if (parts[slot] != part) {
      parts[slot] = part;
      sums[slot] = 0;
      divisors[slot] = 0;
      counts[slot] = 0;
    }
    sums[slot] += sum;
    divisors[slot] += divisor;
    counts[slot]++;
  }

  private static double good(@Nullable Sample[] samples, Tag tag) {
    Sample sample = samples[tag.index()];
    return sample == null || !sample.quality().isGood() ? Double.NaN : sample.asDouble();
  }

  /** The objective over the window that ends at {@code nowNs}. */
  public Measured measure(long nowNs) {
    long newest = Math.floorDiv(nowNs, partNs);
    double sum = 0;
    double divisor = 0;
    int covered = 0;
    for (int i = 0; i < PARTS; i++) {
      if (inWindow(i, newest)) {
        sum += sums[i] / counts[i];
        divisor += divisors[i] / counts[i];
        covered++;
      }
    }
    double coverage = (double) covered / PARTS;
    if (coverage < NEEDED_COVERAGE || !(divisor > 0)) {
      return new Measured(Double.NaN, Double.NaN, coverage);
    }
    double ratio = sum / divisor;
    return new Measured(ratio, standardError(ratio, divisor / covered, covered, newest), coverage);
  }

  private boolean inWindow(int slot, long newest) {
    return counts[slot] > 0 && parts[slot] > newest - PARTS && parts[slot] <= newest;
  }

  /** Of a ratio of means (Cochran, Sampling Techniques, 3rd ed., §2.11). */
  private double standardError(double ratio, double meanDivisor, int n, long newest) {
    double squares = 0;
    for (int i = 0; i < PARTS; i++) {
      if (inWindow(i, newest)) {
        double residual = (sums[i] - ratio * divisors[i]) / counts[i];
        squares += residual * residual;
      }
    }
    return Math.sqrt(squares / (n * (n - 1.0))) / meanDivisor;
  }
}
