package io.deungdae.collector.store;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Bounded waits. */
public final class Await {

  private Await() {}

  /** Waits until the condition holds, for 30 seconds at most. */
  public static void until(String what, BooleanSupplier condition) {
    until(what, Duration.ofSeconds(30), condition);
  }

  /** Waits until the condition holds. */
  public static void until(String what, Duration longest, BooleanSupplier condition) {
    long endNs = System.nanoTime() + longest.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - endNs > 0) {
        throw new AssertionError("waited in vain for: " + what);
      }
      LockSupport.parkNanos(2_000_000);
    }
  }

  /** Waits until the ticket is on disk and all rows on disk can be read. */
  static void visible(Historian historian, long ticket) {
    until("ticket " + ticket, () -> historian.committedTicket() >= ticket);
    until("visible", () -> historian.status().unread() == 0);
  }
}
