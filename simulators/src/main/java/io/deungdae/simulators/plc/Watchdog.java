package io.deungdae.simulators.plc;

/**
 * Watches a heartbeat: a whole number from 0 to 65,535 that must change within the time-out. The
 * same number again is no heartbeat. Used by one thread at a time.
 */
public final class Watchdog {

  private static final double HIGHEST = 65_535;

  private final double timeout;
  private double value;
  private double now;
  private double beatAt = Double.NEGATIVE_INFINITY;
  private double since = Double.NaN;
  private boolean alive;

  /**
   * A watchdog that has seen nothing yet.
   *
   * @param timeout seconds of plant time without a change after which the heartbeat is dead
   */
  public Watchdog(double timeout) {
    if (!(timeout > 0)) {
      throw new IllegalArgumentException("the time-out must be positive, found " + timeout);
    }
    this.timeout = timeout;
  }

  /** Takes a heartbeat; false when it is no whole number in range. */
  public boolean beat(double heartbeat) {
    if (!(heartbeat >= 0 && heartbeat <= HIGHEST) || heartbeat != Math.rint(heartbeat)) {
      return false;
    }
    if (heartbeat != value) {
      value = heartbeat;
      beatAt = now;
      if (Double.isNaN(since)) {
        since = now;
      }
    }
    return true;
  }

  /**
   * One scan at plant time {@code time}, s.
   *
   * @return true when the heartbeat died since the last scan
   */
  public boolean scan(double time) {
    now = time;
    boolean fresh = now - beatAt <= timeout;
    boolean died = alive && !fresh;
    if (died) {
      since = Double.NaN;
    }
    alive = fresh;
    return died;
  }

  /** True while the heartbeat is alive. */
  public boolean alive() {
    return alive;
  }

  /** How long the heartbeat has been alive without a break, s; 0 when it is dead. */
  public double steadyFor() {
    return Double.isNaN(since) || !alive ? 0 : now - since;
  }

  /** The last heartbeat. */
  public double value() {
    return value;
  }
}
