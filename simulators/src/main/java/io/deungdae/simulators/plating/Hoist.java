package io.deungdae.simulators.plating;

import java.util.SplittableRandom;

/**
 * The hoist's schedule: a rack goes into the bath, stays until its charge has passed, drains, and
 * the next one follows 100 s later, 300 s after that when the product changes. Each shift of eight
 * hours has a break of twenty minutes in its middle in which none goes in.
 */
final class Hoist {

  private static final double TRANSFER = 100;
  private static final double CHANGE = 300;
  private static final double SHIFT = 8 * 3600.0;
  private static final double BREAK_FROM = 4 * 3600.0;
  private static final double BREAK_TO = BREAK_FROM + 20 * 60;

  private final SplittableRandom random;
  private final boolean noise;
  private double left = 30;
  private boolean lowered;
  private int product = 1;

  Hoist(SplittableRandom random, boolean noise) {
    this.random = random;
    this.noise = noise;
  }

  /** True when a rack goes in now; the product is then fixed for it. */
  boolean lowers(int wanted, double time, double dt) {
    if (lowered) {
      return false;
    }
    left -= dt;
    if (left > 0 || resting(time)) {
      return false;
    }
    if (wanted != product) {
      product = wanted;
      left = CHANGE;
      return false;
    }
    lowered = true;
    return true;
  }

  private boolean resting(double time) {
    double at = time % SHIFT;
    return noise && at >= BREAK_FROM && at < BREAK_TO;
  }

  /** The rack comes out. */
  void raise() {
    lowered = false;
    left = TRANSFER + (noise ? 20 * (random.nextDouble() - 0.5) : 0);
  }

  /** True while a rack is in the bath. */
  boolean lowered() {
    return lowered;
  }

  /** Sets the product without the time that a change takes; for studies. */
  void set(int code) {
    product = code;
  }

  /** Product on the hoist. */
  int product() {
    return product;
  }
}
