package io.deungdae.collector.store;

import java.time.Duration;

/** How long a stretch of time a roll-up stands for. */
public enum Period {
  /** A minute of UTC. */
  MINUTE(60_000_000L, "minutes"),
  /** An hour of UTC. */
  HOUR(3_600_000_000L, "hours");

  private final long us;
  private final String table;

  Period(long us, String table) {
    this.us = us;
    this.table = table;
  }

  /** Its length. */
  public Duration length() {
    return Duration.ofNanos(us * 1_000);
  }

  /** Its length in microseconds. */
  long us() {
    return us;
  }

  /** Name of the table that its roll-ups are in. */
  String table() {
    return table;
  }

  /** Start of the period that a time is in. */
  long floor(long atUs) {
    return Math.floorDiv(atUs, us) * us;
  }

  /** Start of the first period that does not start before a time. */
  long ceil(long atUs) {
    return floor(atUs + us - 1);
  }
}
