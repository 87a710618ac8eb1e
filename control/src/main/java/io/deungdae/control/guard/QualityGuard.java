package io.deungdae.control.guard;

import org.jspecify.annotations.Nullable;

/** Refuses while an input that the unit needs is bad, uncertain or frozen. */
record QualityGuard(NeededInputs inputs) implements Guard {

  @Override
  public String name() {
    return "quality";
  }

  @Override
  public @Nullable Verdict judge(Proposal proposal, double value, Situation situation) {
    Reason reason = inputs.poor(situation);
    return reason == null ? null : new Verdict.Refused(value, reason);
  }
}
