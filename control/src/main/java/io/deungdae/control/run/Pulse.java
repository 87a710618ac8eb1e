package io.deungdae.control.run;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A thread that comes round again and again.
 *
 * @param thread its name
 * @param lastNs when it last did, monotonic
 * @param longest how long it may take to do so again while it is well
 */
record Pulse(String thread, LongSupplier lastNs, Duration longest) {

  /** True when it should have come round and has not. */
  boolean isOverdue(long nowNs) {
    return ageNs(nowNs) > longest.toNanos();
  }

  /** How long ago it came round. */
  long ageNs(long nowNs) {
    return nowNs - lastNs.getAsLong();
  }
}
