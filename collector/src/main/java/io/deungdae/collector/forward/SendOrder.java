package io.deungdae.collector.forward;

/** In which order a forwarder sends when there is a backlog. */
public enum SendOrder {
  /** Rows that have just arrived before those that wait. */
  LIVE_FIRST,
  /** Rows in the order in which they arrived, so that the newest come last. */
  AS_STORED
}
