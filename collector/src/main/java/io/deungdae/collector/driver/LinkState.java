package io.deungdae.collector.driver;

/** State of the link to a device. */
public enum LinkState {
  /** Not opened yet, or stopped. */
  DOWN,
  /** Being opened. */
  CONNECTING,
  /** Values flow. */
  UP,
  /** Waiting before the next attempt. */
  WAITING
}
