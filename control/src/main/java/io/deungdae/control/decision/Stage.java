package io.deungdae.control.decision;

/** How far a decision has come. */
public enum Stage {
  /** An anomaly is open; there is no remedy yet. */
  DETECTED,
  /** There is a remedy; nothing is done about it in the mode in force. */
  PROPOSED,
  /** There is a remedy; a person has to approve it. */
  AWAITING_APPROVAL,
  /** Setpoints are on their way. */
  MOVING,
  /** Setpoints have arrived; the plant follows. */
  SETTLING,
  /** The effect is being measured. */
  VERIFYING,
  /** Setpoints are on their way back. */
  ROLLING_BACK,
  /** Over; the record does not change any more. */
  CLOSED;

  /** True while setpoints have been or are being moved for it and its end is open. */
  public boolean executing() {
    return switch (this) {
      case MOVING, SETTLING, VERIFYING, ROLLING_BACK -> true;
      case DETECTED, PROPOSED, AWAITING_APPROVAL, CLOSED -> false;
    };
  }
}
