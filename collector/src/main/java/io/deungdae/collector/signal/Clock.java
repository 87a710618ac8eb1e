package io.deungdae.collector.signal;

import java.time.Instant;

/**
 * The only place that asks the machine for the time. Everything else is handed the time, so that
 * tests push it.
 *
 * <p>Thread-safe.
 */
public interface Clock {

  /**
   * Wall-clock time, UTC. May jump; used for when something happened, never for how long it took.
   */
  Instant now();

  /** Monotonic time in nanoseconds from an arbitrary origin; used for deadlines, ages and rates. */
  long nanoTime();

  /** The machine's clock. */
  static Clock system() {
    return SystemClock.INSTANCE;
  }
}
