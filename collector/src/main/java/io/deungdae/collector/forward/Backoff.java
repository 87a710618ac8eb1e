package io.deungdae.collector.forward;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Waits that double from failure to failure up to a cap, each between half and all of that. */
final class Backoff {

  private final long lowNs;
  private final long highNs;
  private final RandomGenerator random;
  private long nextNs;

  Backoff(Duration low, Duration high, RandomGenerator random) {
    this.lowNs = low.toNanos();
    this.highNs = high.toNanos();
    this.random = random;
    this.nextNs = lowNs;
  }

  /** How long to wait after one more failure, nanoseconds. */
  long failed() {
    long waitNs = nextNs / 2 + random.nextLong(nextNs / 2 + 1);
    nextNs = Math.min(highNs, 2 * nextNs);
    return waitNs;
  }

  /** It worked: the next failure starts from the low end. */
  void worked() {
    nextNs = lowNs;
  }
}
