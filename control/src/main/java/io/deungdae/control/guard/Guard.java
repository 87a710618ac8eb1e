package io.deungdae.control.guard;

import org.jspecify.annotations.Nullable;

/**
 * One rule about what may be written. Used by the control thread alone; keeps no state of its own,
 * so that judging twice gives the same verdict.
 */
public interface Guard {

  /** Its name, as in the records and in the reference page. */
  String name();

  /**
   * Judges.
   *
   * @param proposal who wants what
   * @param value what the guards before this one leave of it, in the tag's unit
   * @param situation the plant and the loop in this cycle
   * @return {@link Verdict.Limited} or {@link Verdict.Refused}, or null when it has nothing against
   *     it
   */
  @Nullable Verdict judge(Proposal proposal, double value, Situation situation);
}
