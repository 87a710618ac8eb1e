package io.deungdae.control.guard;

import org.jspecify.annotations.Nullable;

/** Refuses while an input that the unit needs is missing or too old. */
record FreshGuard(NeededInputs inputs) implements Guard {

  @Override
  public String name() {
    return "fresh";
  }

  @Override
  public @Nullable Verdict judge(Proposal proposal, double value, Situation situation) {
    Reason reason = inputs.stale(situation);
    return reason == null ? null : new Verdict.Refused(value, reason);
  }
}
