package io.deungdae.control.guard;

/** How far the gateway has a process unit in its hands. */
public enum Engagement {
  /** Not at all: nothing is asked for, or the loop was demoted. No setpoint is held. */
  STANDBY,
  /**
   * Shaking hands with the PLC: heartbeat, REMOTE, watchdog, first write equal to what is there.
   */
  INITIALISING,
  /** The PLC follows our setpoints. */
  IN_FORCE,
  /** Inputs are not good enough to move anything; what was written stands. */
  HOLDING,
  /** Let go: no heartbeat, no refresh; the device agent and the PLC fall back by themselves. */
  SHED
}
