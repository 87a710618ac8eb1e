package io.deungdae.control.guard;

import org.jspecify.annotations.Nullable;

/**
 * Keeps the sum of all moves within an hour below the tag's budget. A decision's moves away from
 * where it found the setpoint leave enough of the budget for the way back.
 */
record BudgetGuard() implements Guard {

  @Override
  public String name() {
    return "budget";
  }

  @Override
  public @Nullable Verdict judge(Proposal proposal, double value, Situation situation) {
    TagMemory memory = situation.memory(proposal.tag());
    double present = situation.present(proposal.tag());
    if (memory == null || Double.isNaN(present)) {
      return new Verdict.Refused(value, Reason.of(Grounds.PRESENT_UNKNOWN, proposal.tag()));
    }
    double left = proposal.tag().writePolicy().movePerHour() - memory.spent(situation.nowNs());
    double step = Math.max(0, forward(left, present, value, proposal.home()));
    return Step.limit(proposal, value, present, step, Grounds.BUDGET);
  }

  /** How far it may go towards {@code value}, so that what is left afterwards leads back home. */
  private static double forward(double left, double present, double value, double home) {
    if (Double.isNaN(home) || value == present) {
      return left;
    }
    double away = (present - home) * Math.signum(value - present);
    if (away >= 0) {
      return (left - away) / 2;
    }
    double back = -away;
    return left <= back ? left : back + (left - back) / 2;
  }
}
