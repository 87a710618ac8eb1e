package io.deungdae.analytics.optimize;

/**
 * How far one remedy may go, in parts of the setpoints' spread in the training data. Grows while
 * what happens agrees with what was predicted, shrinks when it does not (Conn, Gould and Toint
 * 2000, ch. 6). Used by one thread.
 */
public final class TrustRegion {

  private static final double GOOD = 0.5;
  private static final double POOR = 0.25;
  private static final double SMALLEST = 0.1;

  private final double first;
  private final double largest;
  private double radius;

  /**
   * A new one.
   *
   * @param first radius to begin with, above 0
   * @param largest greatest radius, at least {@code first}
   */
  public TrustRegion(double first, double largest) {
    this.first = first;
    this.largest = largest;
    this.radius = first;
  }

  /** How far, in spreads. */
  public double radius() {
    return radius;
  }

  /**
   * A remedy was kept: how much of the predicted gain was there? One that helps where nothing was
   * predicted, a step on trial, may be followed by a longer one.
   */
  public void kept(double predictedGain, double measuredGain) {
    double promised = Math.max(0, predictedGain);
    if (measuredGain > GOOD * promised) {
      radius = Math.min(largest, radius * 1.5);
    } else if (measuredGain < POOR * promised || promised == 0) {
      radius = Math.max(SMALLEST * first, radius * 0.7);
    }
  }

  /** A remedy was undone. */
  public void rolledBack() {
    radius = Math.max(SMALLEST * first, radius / 2);
  }

  /** True when it has shrunk so far that the model is of no use here. */
  public boolean exhausted() {
    return radius <= 0.2 * first;
  }

  /** Begins anew. */
  public void reset() {
    radius = first;
  }
}
