package io.deungdae.control.guard;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Refuses while an interlock stands, or while it is not known whether one does. */
record InterlockGuard(List<Interlock> interlocks, long maxAgeNs) implements Guard {

  @Override
  public String name() {
    return "interlock";
  }

  @Override
  public @Nullable Verdict judge(Proposal proposal, double value, Situation situation) {
    for (int i = 0; i < interlocks.size(); i++) {
      Reason reason = interlocks.get(i).standing(situation, maxAgeNs);
      if (reason != null) {
        return new Verdict.Refused(value, reason);
      }
    }
    return null;
  }
}
