package io.deungdae.analytics.optimize;

import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Finds a least point in a box by coordinate steps that halve (Hooke and Jeeves 1961), from where
 * the plant is and from some random points. Needs no gradient, so limits and kinks do no harm. The
 * same seed gives the same answer.
 */
public final class PatternSearch {

  private static final double FIRST_STEP = 0.25;
  private static final double LAST_STEP = 0.01;
  private static final int MOST_ROUNDS = 60;

  private final int starts;
  private final long seed;

  /**
   * A new one.
   *
   * @param starts random points to start from besides the present one, 0 or more
   * @param seed of those
   */
  public PatternSearch(int starts, long seed) {
    this.starts = starts;
    this.seed = seed;
  }

  /** The best point found; the present one when nothing is better. */
  public double[] minimise(ToDoubleFunction<double[]> cost, Box box, double[] present) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] best = descend(cost, box, present.clone());
    double least = cost.applyAsDouble(best);
    for (int s = 0; s < starts; s++) {
      double[] found = descend(cost, box, randomPoint(box, present, random));
      double value = cost.applyAsDouble(found);
      if (value < least) {
        least = value;
        best = found;
      }
    }
    return best;
  }

  private static double[] randomPoint(Box box, double[] present, SplittableRandom random) {
    double[] point = present.clone();
    for (int i = 0; i < point.length; i++) {
      if (box.free(i)) {
        point[i] = box.low(i) + random.nextDouble() * (box.high(i) - box.low(i));
      }
    }
    return point;
  }

  private static double[] descend(ToDoubleFunction<double[]> cost, Box box, double[] point) {
    double least = cost.applyAsDouble(point);
    double step = FIRST_STEP;
    for (int round = 0; round < MOST_ROUNDS && step >= LAST_STEP; round++) {
      double before = least;
      for (int i = 0; i < point.length; i++) {
        least = improve(cost, box, point, i, step, least);
      }
      if (least >= before) {
        step /= 2;
      }
    }
    return point;
  }

  private static double improve(
      ToDoubleFunction<double[]> cost, Box box, double[] point, int i, double step, double least) {
    if (!box.free(i)) {
      return least;
    }
    double width = box.high(i) - box.low(i);
    double kept = point[i];
    for (int sign = -1; sign <= 1; sign += 2) {
      point[i] = Math.max(box.low(i), Math.min(box.high(i), kept + sign * step * width));
      double value = cost.applyAsDouble(point);
      if (value < least) {
        return value;
      }
      point[i] = kept;
    }
    return least;
  }
}
