package io.deungdae.control.run;

/** How many samples come in a second, over the last ten. One thread counts, any reads. */
final class SampleRate {

  private static final int SECONDS = 10;
  private static final long STEP_NS = 1_000_000_000L;

  private final long[] counts = new long[SECONDS];
  private final long[] timesNs = new long[SECONDS];
  private int steps = 1;
  private volatile double perSecond;

  SampleRate(long nowNs) {
    timesNs[0] = nowNs;
  }

  /** Tells the count since start. */
  void tick(long count, long nowNs) {
    int newest = (steps - 1) % SECONDS;
    if (nowNs - timesNs[newest] < STEP_NS) {
      return;
    }
    int oldest = steps < SECONDS ? 0 : steps % SECONDS;
    perSecond = (count - counts[oldest]) * 1e9 / (nowNs - timesNs[oldest]);
    counts[steps % SECONDS] = count;
    timesNs[steps % SECONDS] = nowNs;
    steps++;
  }

  double perSecond() {
    return perSecond;
  }
}
