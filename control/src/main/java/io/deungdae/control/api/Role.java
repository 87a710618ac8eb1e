package io.deungdae.control.api;

/** What a person or a token may do; each role may do what those before it may. */
public enum Role {
  /** Look. */
  VIEWER,
  /** Acknowledge alarms, approve moves, propose setpoints, take a unit down the ladder. */
  OPERATOR,
  /** Take a unit up the ladder, train models. */
  ENGINEER,
  /** Accounts and tokens. */
  ADMIN;

  /** True when this role may do what {@code other} may. */
  public boolean covers(Role other) {
    return compareTo(other) >= 0;
  }
}
