package io.deungdae.control.guard;

/** What the site works on. */
public enum Operation {
  /** Real machines. */
  REAL,
  /** A simulated plant; nothing is ever written to a device that is not simulated. */
  SIMULATED
}
