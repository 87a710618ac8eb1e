package io.deungdae.kamp.delivery;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait after a failure: doubling up to a longest wait, shortened by chance to between
 * half and the whole of that, so that many gateways do not come back in step. Used by one thread.
 */
public final class RetryWait {

  private final long firstNs;
  private final long longestNs;
  private final DoubleSupplier chance;
  private long nextNs;

  /**
   * Waits from {@code first} to {@code longest}.
   *
   * @param chance numbers from 0 to 1
   */
  public RetryWait(Duration first, Duration longest, DoubleSupplier chance) {
    this.firstNs = first.toNanos();
    this.longestNs = Math.max(firstNs, longest.toNanos());
    this.chance = chance;
    this.nextNs = firstNs;
  }

  /** The wait after one more failure, ns. */
  public long nextNs() {
    long wholeNs = nextNs;
    nextNs = Math.min(longestNs, 2 * nextNs);
    return (long) (wholeNs * (0.5 + 0.5 * chance.getAsDouble()));
  }

  /** Forgets the failures. */
  public void succeeded() {
    nextNs = firstNs;
  }
}
