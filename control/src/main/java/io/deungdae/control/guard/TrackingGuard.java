package io.deungdae.control.guard;

import org.jspecify.annotations.Nullable;

/** Refuses when the plant's own setpoint is not what we wrote last: somebody else has set it. */
record TrackingGuard(double overrideTolerance) implements Guard {

  @Override
  public String name() {
    return "tracking";
  }

  @Override
  public @Nullable Verdict judge(Proposal proposal, double value, Situation situation) {
    Reason reason = situation.override(proposal.tag(), overrideTolerance);
    return reason == null ? null : new Verdict.Refused(value, reason);
  }
}
