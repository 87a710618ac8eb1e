package io.deungdae.simulators.plc;

/**
 * An interlock that latches: once its condition has held for the delay it stays tripped until
 * somebody resets it, and it cannot be reset while the condition holds. Used by one thread at a
 * time.
 */
public final class Interlock {

  private final double delay;
  private double held;
  private boolean danger;
  private boolean tripped;

  /**
   * An interlock that has not tripped.
   *
   * @param delay seconds for which the condition must hold, 0 for at once
   */
  public Interlock(double delay) {
    this.delay = delay;
  }

  /**
   * One scan of {@code dt} seconds.
   *
   * @return true when it tripped in this scan
   */
  public boolean scan(boolean condition, double dt) {
    danger = condition;
    held = condition ? held + dt : 0;
    boolean trips = !tripped && condition && held >= delay;
    tripped |= trips;
    return trips;
  }

  /** Resets it; false when it stays tripped because its condition holds. */
  public boolean reset() {
    if (!danger) {
      tripped = false;
    }
    return !tripped;
  }

  /** True from the trip to the reset. */
  public boolean tripped() {
    return tripped;
  }
}
