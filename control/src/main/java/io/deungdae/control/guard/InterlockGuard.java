package io.deungdae.control.guard;

import io.deungdae.collector.signal.Sample;
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
    Reason reason = standing(interlocks, situation, maxAgeNs);
    return reason == null ? null : new Verdict.Refused(value, reason);
  }

  private static @Nullable Reason standing(
      List<Interlock> interlocks, Situation situation, long maxAgeNs) {
    for (int i = 0; i < interlocks.size(); i++) {
      Interlock interlock = interlocks.get(i);
      Sample sample = situation.sample(interlock.tag());
      if (sample == null || !situation.usable(interlock.tag(), maxAgeNs)) {
        return Reason.of(Grounds.INTERLOCK_UNKNOWN, interlock.tag());
      }
      if (sample.asDouble() != interlock.equals()) {
        return new Reason(
            Grounds.INTERLOCK, interlock.tag(), sample.asDouble(), interlock.equals());
      }
    }
    return null;
  }
}
