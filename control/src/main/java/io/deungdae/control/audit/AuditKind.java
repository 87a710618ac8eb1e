package io.deungdae.control.audit;

/** What kind of thing was done. */
public enum AuditKind {
  /** The gateway started; the facts have version and settings hash. */
  START,
  /** The gateway stopped in order. */
  STOP,
  /** Settings were taken into force. */
  SETTINGS,
  /** Somebody logged in, failed to, or logged out. */
  LOGIN,
  /** Users, roles, secrets or limits were changed. */
  ACCESS,
  /** A person asked for a mode. */
  MODE_ASKED,
  /** The mode in force changed. */
  MODE_IN_FORCE,
  /** The loop took autonomy away from itself. */
  DEMOTED,
  /** The state of the handshake with the PLC changed. */
  HANDSHAKE,
  /** A proposal was judged; first of each kind, then counts at the end of its decision. */
  VERDICT,
  /** A setpoint went to a device. */
  WRITE,
  /** What became of a setpoint. */
  OUTCOME,
  /** A decision changed its stage. */
  DECISION,
  /** A person approved, rejected or asked for a setpoint. */
  REQUEST,
  /** An alarm changed its state. */
  ALARM,
  /** A control cycle began late or took too long. */
  OVERRUN,
  /** The wall clock jumped. */
  CLOCK,
  /** An error of ours. */
  ERROR,
  /** Data was delivered to somebody outside. */
  DELIVERY,
  /** History was found damaged when it was opened or verified. */
  DAMAGE,
  /** A backup was made, or could not be. */
  BACKUP,
  /** Written by the log itself: a torn last line was cut off at start. */
  REPAIRED,
  /** Written by the log itself: the queue was full and events are missing here. */
  LOST
}
