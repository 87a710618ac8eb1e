package io.deungdae.collector.store;

import io.deungdae.collector.signal.Clock;
import java.time.Duration;
import java.time.Instant;

/** A clock that a test pushes. */
final class PushedClock implements Clock {

  private volatile Instant now;
  private volatile long nowNs;

  PushedClock(Instant now) {
    this.now = now;
  }

  void push(Duration time) {
    now = now.plus(time);
    nowNs = nowNs() + time.toNanos();
  }

  private long nowNs() {
    return nowNs;
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public long nanoTime() {
    return nowNs;
  }
}
