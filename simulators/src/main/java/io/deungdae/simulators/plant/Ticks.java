package io.deungdae.simulators.plant;

/**
 * Plant time in steps of one length, whatever is asked for; what is too short for a step is kept
 * for the next. Used by one thread at a time.
 */
public final class Ticks {

  private final double dt;
  private long count;
  private double owed;

  /** With steps of so many seconds. */
  public Ticks(double dt) {
    this.dt = dt;
  }

  /** Lets seconds pass: {@code tick} is called once for each whole step, at its end. */
  public void pass(double seconds, Runnable tick) {
    owed += seconds;
    while (owed >= dt) {
      owed -= dt;
      count++;
      tick.run();
    }
  }

  /** Plant time, s. */
  public double time() {
    return count * dt;
  }
}
