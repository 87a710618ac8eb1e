package io.deungdae.simulators.dynamics;

/**
 * A first-order lag, τ·dy/dt = x − y, solved exactly for an input that is constant over the step.
 * Used by one thread at a time.
 */
public final class Lag {

  private final double share;
  private double value;

  /**
   * A lag at rest.
   *
   * @param constant time constant τ, s, positive
   * @param dt step, s
   * @param start first output
   */
  public Lag(double constant, double dt, double start) {
    share = -Math.expm1(-dt / constant);
    value = start;
  }

  /** The output after one more step under the input. */
  public double step(double input) {
    value += share * (input - value);
    return value;
  }

  /** The present output. */
  public double value() {
    return value;
  }
}
