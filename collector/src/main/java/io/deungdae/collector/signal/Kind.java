package io.deungdae.collector.signal;

/** What kind of value a tag carries. */
public enum Kind {
  /** A real number, {@code double}. */
  NUMBER,
  /** An integer of up to 64 bits, kept exactly. */
  WHOLE,
  /** On or off. */
  FLAG,
  /** Text. */
  TEXT
}
