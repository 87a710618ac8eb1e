package io.deungdae.control.decision;

/** What a decision's latencies are measured at, in the order in which they are usually passed. */
public enum Milestone {
  /** The anomaly was declared, or the better working point was found. */
  DETECTED,
  /** The first ranked cause was there. */
  CAUSE,
  /** The remedy was there. */
  PROPOSED,
  /** A person approved it. */
  APPROVED,
  /** The first setpoint left the guards. */
  FIRST_WRITE,
  /** The device had read the first one back. */
  FIRST_CONFIRMED,
  /** All setpoints had arrived. */
  ARRIVED,
  /** The plant had had its time to follow. */
  SETTLED,
  /** The effect was measured. */
  VERIFIED,
  /** Over. */
  CLOSED
}
