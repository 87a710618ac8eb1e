package io.deungdae.collector.driver;

import io.deungdae.collector.signal.Clock;
import java.time.Duration;
import java.time.Instant;

/** A clock that moves only when pushed. */
public final class PushedClock implements Clock {

  private Instant now = Instant.parse("2026-11-23T00:00:00Z");
  private long nowNs = 5_000_000_000L;

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public long nanoTime() {
    return nowNs;
  }

  public void push(Duration by) {
    now = now.plus(by);
    nowNs += by.toNanos();
  }
}
