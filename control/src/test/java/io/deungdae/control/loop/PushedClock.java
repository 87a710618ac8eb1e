package io.deungdae.control.loop;

import io.deungdae.collector.signal.Clock;
import java.time.Duration;
import java.time.Instant;

/** A clock that moves only when pushed; its wall clock can also jump. */
final class PushedClock implements Clock {

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

  void push(Duration by) {
    now = now.plus(by);
    nowNs += by.toNanos();
  }

  void jump(Duration by) {
    now = now.plus(by);
  }
}
