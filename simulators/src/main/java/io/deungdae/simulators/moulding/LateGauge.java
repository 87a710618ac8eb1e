package io.deungdae.simulators.moulding;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.random.RandomGenerator;

/**
 * The laboratory: every ten minutes a part is taken, and twenty minutes later, when it is cold, its
 * length is told with the gauge's error. The length follows from the shrinkage by volume, a third
 * of it in each direction.
 */
final class LateGauge {

  /** Between two samples, s. */
  static final double EVERY = 600;

  /** From the sample to the result, s. */
  static final double DELAY = 1200;

  private static final double MOULD_LENGTH = 320;
  private static final double ERROR = 0.03;

  private record Sample(double due, double length) {}

  private final RandomGenerator random;
  private final Deque<Sample> cooling = new ArrayDeque<>();
  private double nextSample = EVERY;
  private double length = Double.NaN;
  private long number;

  /** With the chance of its gauge. */
  LateGauge(RandomGenerator random) {
    this.random = random;
  }

  /** A shot is finished at a plant time. */
  void take(Shot shot, double time) {
    if (Double.isNaN(length)) {
      length = length(shot);
    }
    if (time >= nextSample) {
      nextSample = time + EVERY;
      double error = ERROR * random.nextGaussian();
      cooling.addLast(new Sample(time + DELAY, length(shot) + error));
    }
    if (!cooling.isEmpty() && cooling.getFirst().due() <= time) {
      length = cooling.removeFirst().length();
      number++;
    }
  }

  private static double length(Shot shot) {
    return MOULD_LENGTH * (1 - shot.shrinkage() / 300);
  }

  /** Length of the last part measured, mm; before the first, of the first made. */
  double length() {
    return Double.isNaN(length) ? MOULD_LENGTH : length;
  }

  /** How many were measured since the start. */
  long number() {
    return number;
  }
}
