package io.deungdae.control.guard;

/** The ladder of autonomy of one process unit, from the bottom up. */
public enum Mode {
  /** The models run in the shadow; what they propose is recorded and scored. Nothing is written. */
  OBSERVE,
  /** Proposals are shown to people. Nothing is written. */
  ADVISE,
  /** A person approves each decision before it is carried out. */
  SUPERVISED,
  /** Decisions are carried out at once. */
  AUTONOMOUS;

  /** True when setpoints may be written in this mode at all. */
  public boolean writes() {
    return compareTo(SUPERVISED) >= 0;
  }

  /** The lower of the two. */
  public Mode atMost(Mode ceiling) {
    return compareTo(ceiling) <= 0 ? this : ceiling;
  }
}
