package io.deungdae.control.alarm;

/** States of an alarm, after ISA-18.2 (its figure of states, A to H). */
public enum AlarmState {
  /** All is well. */
  NORMAL,
  /** The condition holds and nobody has said that he has seen it. */
  UNACKNOWLEDGED,
  /** The condition holds, and somebody has seen it. */
  ACKNOWLEDGED,
  /** The condition has gone before anybody said that he had seen it. */
  RETURNED,
  /** Put aside by a person for a limited time. */
  SHELVED,
  /** Put aside by the plant's own state, by design. */
  SUPPRESSED,
  /** Put aside for maintenance, until a person brings it back. */
  OUT_OF_SERVICE;

  /** True when it stands in the list of alarms that need attention. */
  public boolean needsAttention() {
    return this == UNACKNOWLEDGED || this == ACKNOWLEDGED || this == RETURNED;
  }
}
