package io.deungdae.analytics.detect;

import java.time.Instant;
import java.util.Arrays;

/**
 * Opens an anomaly when enough of the latest scores are above 1, and closes it when the score has
 * stayed low for as long. A single spike opens nothing. Used by one thread.
 */
public final class Persistence {

  private final int needed;
  private final double closeBelow;
  private final boolean[] above;
  private final Instant[] times;
  private int at;
  private int quiet;
  private boolean open;
  private Instant since = Instant.EPOCH;

  /**
   * Closed at first.
   *
   * @param needed scores above 1 that open it, 1 to {@code window}
   * @param window number of latest scores that are looked at; as many low ones close it
   * @param closeBelow scores below this count as low, above 0 to 1
   */
  public Persistence(int needed, int window, double closeBelow) {
    this.needed = needed;
    this.closeBelow = closeBelow;
    this.above = new boolean[window];
    this.times = new Instant[window];
    Arrays.fill(times, Instant.EPOCH);
  }

  /** Takes the next score; true while an anomaly is open. */
  public boolean push(double score, Instant now) {
    above[at] = score > 1;
    times[at] = now;
    at = (at + 1) % above.length;
    quiet = score < closeBelow ? quiet + 1 : 0;
    if (!open && count() >= needed) {
      open = true;
      since = firstAbove();
    } else if (open && quiet >= above.length) {
      open = false;
      Arrays.fill(above, false);
    }
    return open;
  }

  private int count() {
    int count = 0;
    for (boolean flag : above) {
      count += flag ? 1 : 0;
    }
    return count;
  }

  private Instant firstAbove() {
    for (int i = 0; i < above.length; i++) {
      int slot = (at + i) % above.length;
      if (above[slot]) {
        return times[slot];
      }
    }
    throw new AssertionError("nothing is above");
  }

  /** First moment above the limit of what is open or was open last. */
  public Instant since() {
    return since;
  }

  /** Closes what is open. */
  public void reset() {
    open = false;
    quiet = 0;
    Arrays.fill(above, false);
  }
}
