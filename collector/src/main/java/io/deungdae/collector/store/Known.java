package io.deungdae.collector.store;

/** What the history has at a sample's tag and source time. */
public enum Known {
  /** Nothing. */
  NOTHING,
  /** The same value. */
  SAME,
  /** Another value, or several. */
  OTHER_VALUE
}
