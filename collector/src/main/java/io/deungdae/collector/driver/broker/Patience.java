package io.deungdae.collector.driver.broker;

import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.DeviceException.Kind;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting for an answer that may stand behind many messages. */
final class Patience {

  private static final long PAUSE_NS = 2_000_000L;

  private Patience() {}

  /**
   * Waits until something is so, as long as there is progress, and no longer than the time-out
   * without.
   *
   * @param meanwhile deals with what comes before the answer, of which there may be more than there
   *     is room for; true when there was something
   */
  static void await(String device, Duration timeout, BooleanSupplier so, Meanwhile meanwhile)
      throws DeviceException {
    long left = timeout.toNanos() / PAUSE_NS;
    while (!so.getAsBoolean()) {
      if (meanwhile.work()) {
        left = timeout.toNanos() / PAUSE_NS;
      } else if (left-- <= 0) {
        throw new DeviceException(Kind.TIMEOUT, device, "the broker does not answer");
      } else {
        LockSupport.parkNanos(Patience.class, PAUSE_NS);
      }
    }
  }
}
