package io.deungdae.control.guard;

import io.deungdae.collector.signal.Range;
import org.jspecify.annotations.Nullable;

/**
 * Keeps setpoints inside the tag's absolute limits. Refuses altogether while the plant itself
 * stands outside: from there every step inside the rate would still be outside the limits.
 */
record RangeGuard() implements Guard {

  @Override
  public String name() {
    return "range";
  }

  @Override
  public @Nullable Verdict judge(Proposal proposal, double value, Situation situation) {
    Range range = proposal.tag().writePolicy().range();
    double present = situation.present(proposal.tag());
    if (Math.abs(present - range.clamp(present)) > Step.slack(proposal.tag())) {
      return new Verdict.Refused(
          value,
          new Reason(Grounds.PRESENT_OUTSIDE, proposal.tag(), present, range.clamp(present)));
    }
    if (range.contains(value)) {
      return null;
    }
    double limit = range.clamp(value);
    return new Verdict.Limited(
        value, limit, new Reason(Grounds.RANGE, proposal.tag(), value, limit));
  }
}
