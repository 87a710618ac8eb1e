package io.deungdae.control.guard;

import org.jspecify.annotations.Nullable;

/**
 * Limits each step to the tag's rate times the time since the last write, counted up to one move
 * interval. So within any time T a setpoint moves by no more than rate × (T + one interval), and a
 * long pause or a stalled cycle earns no greater step. The first write of a handshake may not move
 * anything.
 */
record RateGuard(long moveIntervalNs) implements Guard {

  @Override
  public String name() {
    return "rate";
  }

  @Override
  public @Nullable Verdict judge(Proposal proposal, double value, Situation situation) {
    TagMemory memory = situation.memory(proposal.tag());
    double present = situation.present(proposal.tag());
    if (memory == null || Double.isNaN(present)) {
      return new Verdict.Refused(value, Reason.of(Grounds.PRESENT_UNKNOWN, proposal.tag()));
    }
    if (proposal.source() == Proposal.Source.HANDSHAKE) {
      return Math.abs(value - present) <= Step.slack(proposal.tag())
          ? null
          : new Verdict.Refused(
              value, new Reason(Grounds.NOT_BUMPLESS, proposal.tag(), value, present));
    }
    long elapsedNs = Math.max(0, situation.nowNs() - memory.writtenNs());
    double step =
        proposal.tag().writePolicy().ratePerSecond() * Math.min(elapsedNs, moveIntervalNs) / 1e9;
    return Step.limit(proposal, value, present, step, Grounds.RATE);
  }
}
