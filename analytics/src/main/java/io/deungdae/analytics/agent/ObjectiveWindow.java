package io.deungdae.analytics.agent;

import io.deungdae.collector.signal.PlantUnit.Objective;
import java.util.Arrays;

/**
 * The objective over the latest rows: the mean of the weighted sum over the mean of the divisor, so
 * that a short stop does not blow it up. Used by one thread.
 */
final class ObjectiveWindow {

  private final Objective objective;
  private final double[] sums;
  private final double[] divisors;
  private int at;
  private int filled;

  ObjectiveWindow(Objective objective, int rows) {
    this.objective = objective;
    this.sums = new double[Math.max(1, rows)];
    this.divisors = new double[sums.length];
  }

  /** Reads one tag of a row. */
  interface Reader {
    double value(io.deungdae.collector.signal.Tag tag);
  }

  /** Takes the next row; one with a missing value is left out. */
  void push(Reader row) {
    double sum = objective.sum(row::value);
    double divisor = objective.per() == null ? 1 : row.value(objective.per());
    if (Double.isNaN(sum) || Double.isNaN(divisor)) {
      return;
    }
    sums[at] = sum;
    divisors[at] = divisor;
    at = (at + 1) % sums.length;
    filled = Math.min(sums.length, filled + 1);
  }

  /** The objective; NaN while there are no rows or the divisor is not positive. */
  double value() {
    double divisor = Arrays.stream(divisors, 0, filled).sum();
    return filled > 0 && divisor > 0 ? Arrays.stream(sums, 0, filled).sum() / divisor : Double.NaN;
  }

  void reset() {
    filled = 0;
    at = 0;
  }
}
