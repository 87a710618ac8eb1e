package io.deungdae.collector.store;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * How far a device's clock is from ours, from the times its values carry. The way here only makes
 * values later, so the shortest ways within a minute are the best witnesses; the third shortest is
 * taken, so that two odd times move nothing.
 *
 * <p>Hand-off: the device's thread adds, anybody reads the last minute's result.
 */
final class ClockSkew {

  private static final long WINDOW_NS = Duration.ofMinutes(1).toNanos();
  private static final int ENOUGH = 10;
  private static final long NONE = Long.MIN_VALUE;

  private long startNs;
  private long count;
  private long first = Long.MAX_VALUE;
  private long second = Long.MAX_VALUE;
  private long third = Long.MAX_VALUE;
  private volatile long estimateUs = NONE;
  private volatile long estimatedNs;

  /** An observation of a value that is new. */
  void add(Instant source, Instant arrival, long nowNs) {
    if (count == 0) {
      startNs = nowNs;
    }
    if (nowNs - startNs >= WINDOW_NS) {
      close(nowNs);
    }
    insert(SourceTimes.bounded(arrival) - SourceTimes.bounded(source));
    count++;
  }

  private void insert(long us) {
    if (us < first) {
      third = second;
      second = first;
      first = us;
    } else if (us < second) {
      third = second;
      second = us;
    } else if (us < third) {
      third = us;
    }
  }

  private void close(long nowNs) {
    if (count >= ENOUGH) {
      estimatedNs = nowNs;
      estimateUs = third;
    }
    count = 0;
    startNs = nowNs;
    first = Long.MAX_VALUE;
    second = Long.MAX_VALUE;
    third = Long.MAX_VALUE;
  }

  /**
   * Microseconds by which the device is behind us, negative when it is ahead; empty when too few
   * values with a time of their own have come within the last minutes.
   */
  OptionalLong behindUs(long nowNs) {
    long us = estimateUs;
    boolean known = us != NONE && nowNs - estimatedNs < 3 * WINDOW_NS;
    return known ? OptionalLong.of(us) : OptionalLong.empty();
  }
}
