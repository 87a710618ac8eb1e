package io.deungdae.analytics.dl4j;

import io.deungdae.collector.signal.Clock;
import java.util.concurrent.locks.LockSupport;

/** Keeps a thread to a share of a core by resting after work. */
final class Pace {

  private static final long SHORTEST_REST_NS = 2_000_000;
  private static final long LONGEST_REST_NS = 1_000_000_000;

  private final Clock clock;
  private final double restPerWork;
  private long lastNs;
  private double owedNs;

  Pace(Clock clock, double load) {
    this.clock = clock;
    this.restPerWork = 1 / load - 1;
    this.lastNs = clock.nanoTime();
  }

  /** Called after a piece of work; rests when enough rest is owed. */
  void rest() {
    if (restPerWork == 0) {
      return;
    }
    owedNs += (clock.nanoTime() - lastNs) * restPerWork;
    if (owedNs >= SHORTEST_REST_NS) {
      LockSupport.parkNanos(this, (long) Math.min(owedNs, LONGEST_REST_NS));
      owedNs = 0;
    }
    lastNs = clock.nanoTime();
  }
}
