package io.deungdae.collector.forward;

/** So many rows in a second and no more, in the mean. Used by one thread. */
final class Pace {

  private static final double SECOND_NS = 1e9;

  private final int perSecond;
  private double left;
  private long lastNs;
  private boolean begun;

  /**
   * A pace.
   *
   * @param perSecond rows in a second; 0 for no limit
   */
  Pace(int perSecond) {
    this.perSecond = perSecond;
    this.left = perSecond;
  }

  /** True when more rows may be sent now. */
  boolean allows(long nowNs) {
    if (perSecond == 0) {
      return true;
    }
    if (begun) {
      left = Math.min(perSecond, left + (nowNs - lastNs) / SECOND_NS * perSecond);
    }
    begun = true;
    lastNs = nowNs;
    return left > 0;
  }

  /** So many were sent. */
  void spend(int rows) {
    left -= rows;
  }
}
