package io.deungdae.control.guard;

import org.jspecify.annotations.Nullable;

/** Refuses NaN and the infinities. */
record FiniteGuard() implements Guard {

  @Override
  public String name() {
    return "finite";
  }

  @Override
  public @Nullable Verdict judge(Proposal proposal, double value, Situation situation) {
    return Double.isFinite(value)
        ? null
        : new Verdict.Refused(
            value, new Reason(Grounds.NOT_FINITE, proposal.tag(), value, Double.NaN));
  }
}
