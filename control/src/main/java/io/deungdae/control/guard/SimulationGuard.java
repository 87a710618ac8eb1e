package io.deungdae.control.guard;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps a site that is simulated from writing to a real machine. */
record SimulationGuard(Operation operation, Set<String> simulatedDevices) implements Guard {

  @Override
  public String name() {
    return "simulation";
  }

  @Override
  public @Nullable Verdict judge(Proposal proposal, double value, Situation situation) {
    return operation == Operation.REAL || simulatedDevices.contains(proposal.tag().device())
        ? null
        : new Verdict.Refused(value, Reason.of(Grounds.NOT_SIMULATED, proposal.tag()));
  }
}
