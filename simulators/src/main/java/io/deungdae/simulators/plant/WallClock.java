package io.deungdae.simulators.plant;

import java.time.Instant;

/** The only place in the simulators that asks the machine for the time. Thread-safe. */
public interface WallClock {

  /** Wall-clock time, UTC; for time stamps. */
  Instant now();

  /** Monotonic time in nanoseconds from an arbitrary origin; for pacing and deadlines. */
  long nanoTime();

  /** The machine's clock. */
  static WallClock system() {
    return new WallClock() {
      @Override
      public Instant now() {
        return Instant.now();
      }

      @Override
      public long nanoTime() {
        return System.nanoTime();
      }
    };
  }
}
