package io.deungdae.collector.store;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Bounded waits. */
public final class Await {

  private Await() {}

  /** Waits until the condition holds, for 20 seconds at most. */
  public static void until(String what, BooleanSupplier condition) {
    long endNs = System.nanoTime() + 20_000_000_000L;
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
