package io.deungdae.collector.retry;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before the next attempt: doubling from the first wait up to the longest, each
 * time shortened by chance to between half and the whole of that, so that many gateways do not come
 * back in step. Used by one thread.
 */
public final class Backoff {

  private final long firstNs;
  private final long longestNs;
  private final DoubleSupplier chance;
  private long nextNs;

  /**
   * Waits from {@code first} to {@code longest}.
   *
   * @param chance numbers from 0 to 1
   */
  public Backoff(Duration first, Duration longest, DoubleSupplier chance) {
    this.firstNs = first.toNanos();
    this.longestNs = Math.max(firstNs, longest.toNanos());
    this.chance = chance;
    this.nextNs = firstNs;
  }

  /** The wait after one more failure, nanoseconds. */
  public long nextNs() {
    long wholeNs = nextNs;
    nextNs = Math.min(longestNs, 2 * nextNs);
    return (long) (wholeNs * (0.5 + 0.5 * chance.getAsDouble()));
  }

  /** It worked: the next failure starts from the first wait. */
  public void succeeded() {
    nextNs = firstNs;
  }

  /**
   * Tells how long a link was up before it broke. Only a link that outlived the wait before it
   * counts as a success, so that a device that accepts and drops each connection is not hammered.
   */
  public void wasUpFor(long upNs) {
    if (upNs >= nextNs) {
      succeeded();
    }
  }
}
