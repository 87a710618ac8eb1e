package io.deungdae.control.guard;

import io.deungdae.collector.signal.Tag;
import org.jspecify.annotations.Nullable;

/**
 * LOCAL wins, then the handshake, then the ladder. The PLC's flags are looked at here again, in the
 * same cycle, whatever the loop believes.
 */
record ModeGuard(@Nullable Tag remote, @Nullable Tag watchdog, long maxAgeNs) implements Guard {

  @Override
  public String name() {
    return "mode";
  }

  @Override
  public @Nullable Verdict judge(Proposal proposal, double value, Situation situation) {
    Reason reason = handshake(situation);
    if (reason == null) {
      reason = engagement(proposal, situation);
    }
    if (reason == null) {
      reason = ladder(proposal, situation);
    }
    return reason == null ? null : new Verdict.Refused(value, reason);
  }

  private @Nullable Reason handshake(Situation situation) {
    if (remote == null || watchdog == null) {
      return new Reason(Grounds.NOT_IN_FORCE, null, Double.NaN, Double.NaN);
    }
    if (!situation.on(remote, maxAgeNs)) {
      return Reason.of(Grounds.PLC_LOCAL, remote);
    }
    return situation.on(watchdog, maxAgeNs) ? null : Reason.of(Grounds.WATCHDOG, watchdog);
  }

  private static @Nullable Reason engagement(Proposal proposal, Situation situation) {
    Engagement needed =
        proposal.source() == Proposal.Source.HANDSHAKE
            ? Engagement.INITIALISING
            : Engagement.IN_FORCE;
    return situation.engagement() == needed
        ? null
        : Reason.of(Grounds.NOT_IN_FORCE, proposal.tag());
  }

  private static @Nullable Reason ladder(Proposal proposal, Situation situation) {
    return switch (proposal.source()) {
      case HANDSHAKE, ROLLBACK -> null;
      case OPERATOR, API ->
          situation.mode().writes() ? null : Reason.of(Grounds.MODE_TOO_LOW, proposal.tag());
      case MODEL, OPTIMISER -> ladderForModel(proposal, situation);
    };
  }

  private static @Nullable Reason ladderForModel(Proposal proposal, Situation situation) {
    return switch (situation.mode()) {
      case OBSERVE, ADVISE -> Reason.of(Grounds.MODE_TOO_LOW, proposal.tag());
      case SUPERVISED ->
          proposal.approvedBy().isEmpty() ? Reason.of(Grounds.NOT_APPROVED, proposal.tag()) : null;
      case AUTONOMOUS -> null;
    };
  }
}
