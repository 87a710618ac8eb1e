package io.deungdae.control.trial;

import static org.junit.jupiter.api.Assertions.fail;

import io.deungdae.collector.signal.Clock;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Bounded waiting for something to become true. */
final class Await {

  private static final Clock CLOCK = Clock.system();
  private static final long LOOK_EVERY_NS = 50_000_000L;

  private Await() {}

  /** A condition that may fail with anything. */
  interface Condition {
    boolean holds() throws Exception;
  }

  /** Waits until the condition holds; after {@code atMost} the test fails. */
  static void until(String what, Duration atMost, Condition condition) throws Exception {
    until(() -> what, atMost, condition);
  }

  /** Likewise, with a text that is made when it is needed. */
  static void until(Supplier<String> what, Duration atMost, Condition condition) throws Exception {
    long deadlineNs = CLOCK.nanoTime() + atMost.toNanos();
    while (!condition.holds()) {
      if (CLOCK.nanoTime() - deadlineNs > 0) {
        fail("not within " + atMost.toSeconds() + " s: " + what.get());
      }
      LockSupport.parkNanos(LOOK_EVERY_NS);
    }
  }

  /** Lets time pass: the moment of a kill is chosen by chance. */
  static void pass(Duration time) {
    long deadlineNs = CLOCK.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = deadlineNs - CLOCK.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
