package io.deungdae.control.guard;

/**
 * How far one setpoint has been moved within the last hour, up and down added together. Counts in
 * minutes and never too little: a minute leaves the sum only when all of it is more than an hour
 * old. Allocates nothing. Used by the control thread.
 */
public final class MoveBudget {

  private static final long MINUTE_NS = 60_000_000_000L;
  private static final int MINUTES = 61;

  private final double[] sums = new double[MINUTES];
  private final long[] minutes = new long[MINUTES];

  /** Adds a move of {@code distance}, not negative, in the tag's unit. */
  public void spend(double distance, long nowNs) {
    long minute = Math.floorDiv(nowNs, MINUTE_NS);
    int slot = (int) Math.floorMod(minute, (long) MINUTES);
    if (minutes[slot] != minute) {
      minutes[slot] = minute;
      sums[slot] = 0;
    }
    sums[slot] += distance;
  }

  /** The sum of the last hour, in the tag's unit. */
  public double spent(long nowNs) {
    long oldest = Math.floorDiv(nowNs, MINUTE_NS) - MINUTES;
    double sum = 0;
    for (int i = 0; i < MINUTES; i++) {
      if (minutes[i] > oldest) {
        sum += sums[i];
      }
    }
    return sum;
  }
}
