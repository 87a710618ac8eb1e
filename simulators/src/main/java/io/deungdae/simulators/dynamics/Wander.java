package io.deungdae.simulators.dynamics;

import java.util.SplittableRandom;

/**
 * A disturbance that wanders about zero: Ornstein–Uhlenbeck, dx = −x/τ dt + σ·√(2/τ) dW, drawn
 * exactly for a fixed step. Its standard deviation is σ and its correlation time τ. Used by one
 * thread at a time.
 */
public final class Wander {

  private final SplittableRandom random;
  private final double sigma;
  private final double keep;
  private final double kick;
  private double value;

  /**
   * A disturbance that starts at zero.
   *
   * @param random source of chance
   * @param sigma standard deviation; 0 for none
   * @param correlation correlation time, s
   * @param dt step, s
   */
  public Wander(SplittableRandom random, double sigma, double correlation, double dt) {
    this.random = random;
    this.sigma = sigma;
    this.keep = Math.exp(-dt / correlation);
    this.kick = Math.sqrt(1 - keep * keep);
  }

  /** The next value. */
  public double next() {
    if (sigma > 0) {
      value = keep * value + kick * sigma * random.nextGaussian();
    }
    return value;
  }

  /** The present value. */
  public double value() {
    return value;
  }
}
