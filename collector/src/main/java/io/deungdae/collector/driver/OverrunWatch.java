package io.deungdae.collector.driver;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells in the log when a device begins to miss more than one scan in a hundred, and when it keeps
 * up again: one line for each change, looked at once a minute. The first minute is passed over,
 * when everything is read for the first time. Used by the device's thread.
 */
final class OverrunWatch {

  private static final Logger LOG = LoggerFactory.getLogger(OverrunWatch.class);
  private static final long EVERY_NS = Duration.ofMinutes(1).toNanos();
  private static final int ONE_IN = 100;

  private final String device;
  private Traffic before = Traffic.NONE;
  private boolean begun;
  private long dueNs;
  private boolean behind;

  /** A watch that begins at {@code nowNs}. */
  OverrunWatch(String device, long nowNs) {
    this.device = device;
    this.dueNs = nowNs + EVERY_NS;
  }

  /** Looks, if a minute has passed; true while the device misses scans. */
  boolean look(Traffic traffic, long nowNs) {
    if (nowNs - dueNs < 0) {
      return behind;
    }
    dueNs = nowNs + EVERY_NS;
    long missed = traffic.overruns() - before.overruns();
    long done = traffic.requests() - before.requests();
    before = traffic;
    if (begun) {
      tell(missed * ONE_IN > done, missed, done);
    }
    begun = true;
    return behind;
  }

  private void tell(boolean misses, long missed, long done) {
    if (misses && !behind) {
      LOG.warn(
          "scans missed device={} in a minute={} requests={}: take a slower scan class or fewer"
              + " tags, or allow larger blocks or more requests at once",
          device,
          missed,
          done);
    } else if (!misses && behind) {
      LOG.info("scans kept again device={}", device);
    }
    behind = misses;
  }
}
