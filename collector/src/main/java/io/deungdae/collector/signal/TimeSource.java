package io.deungdae.collector.signal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whose clock gives a sample its time, where a protocol leaves the choice. */
public enum TimeSource {
  /** The one closest to the process: a PLC, a sensor, the sender of a message. */
  SOURCE,
  /** That of the server in between, where there is one. */
  SERVER,
  /** The gateway's, at arrival: for devices whose clock nobody sets. */
  ARRIVAL;

  /**
   * The time to go by: the chosen one, else the next in the order of this list.
   *
   * @param source the source's time, or null when it tells none
   * @param server the server's time, or null when it tells none
   * @param arrival when it arrived
   */
  public Instant choose(@Nullable Instant source, @Nullable Instant server, Instant arrival) {
    if (this == SOURCE && source != null) {
      return source;
    }
    return this != ARRIVAL && server != null ? server : arrival;
  }
}
