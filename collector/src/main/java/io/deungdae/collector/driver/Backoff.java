package io.deungdae.collector.driver;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before the next attempt to connect: doubling from the first wait up to the
 * longest, each time shortened by chance to between half and the whole of that, so that many
 * gateways do not come back in step. Used by one thread.
 */
final class Backoff {

  private final long firstNs;
  private final long longestNs;
  private final DoubleSupplier chance;
  private long nextNs;

  /**
   * Waits from {@code first} to {@code longest}.
   *
   * @param chance numbers from 0 to 1
   */
  Backoff(Duration first, Duration longest, DoubleSupplier chance) {
    this.firstNs = first.toNanos();
    this.longestNs = Math.max(firstNs, longest.toNanos());
    this.chance = chance;
    this.nextNs = firstNs;
  }

  /** The next wait, nanoseconds. */
  long nextNs() {
    long wholeNs = nextNs;
    nextNs = Math.min(longestNs, 2 * nextNs);
    return (long) (wholeNs * (0.5 + 0.5 * chance.getAsDouble()));
  }

  /**
   * Tells how long the link was up before it broke. Only a link that outlived the wait before it
   * counts as well, so that a device that accepts and drops each connection is not hammered.
   */
  void wasUpFor(long upNs) {
    if (upNs >= nextNs) {
      nextNs = firstNs;
    }
  }
}
