package io.deungdae.control.loop;

import io.deungdae.control.guard.Proposal;
import io.deungdae.control.guard.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several setpoints on their way at the same time. Used by the control thread. */
final class Ramp {

  private final List<Leg> legs = new ArrayList<>();

  /** Of proposals for setpoints of the unit; a proposal for another tag has no leg. */
  Ramp(List<Proposal> proposals, Actuator actuator, Journal journal) {
    for (Proposal proposal : proposals) {
      Line line = actuator.line(proposal.tag());
      if (line != null) {
        legs.add(new Leg(proposal, line, actuator, journal));
      }
    }
  }

  List<Leg> legs() {
    return legs;
  }

  /** Asks the guards about all of it without sending; the first refusal, or null. */
  Verdict.@Nullable Refused look(Instant now) {
    for (Leg leg : legs) {
      leg.look(now);
    }
    return refusal();
  }

  /** Goes on with each. */
  void advance(Instant now, long nowNs) {
    for (int i = 0; i < legs.size(); i++) {
      legs.get(i).advance(now, nowNs);
    }
  }

  /** True when all have arrived. */
  boolean arrived() {
    for (int i = 0; i < legs.size(); i++) {
      if (!legs.get(i).arrived()) {
        return false;
      }
    }
    return true;
  }

  /** The first refusal of the last cycle, or null. */
  Verdict.@Nullable Refused refusal() {
    for (int i = 0; i < legs.size(); i++) {
      Verdict.Refused refusal = legs.get(i).refusal();
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }
}
