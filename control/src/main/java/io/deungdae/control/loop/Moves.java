package io.deungdae.control.loop;

import io.deungdae.analytics.Remedy;
import io.deungdae.control.decision.Decision;
import io.deungdae.control.guard.Proposal;
import java.util.List;

/** Makes proposals of a decision's remedy. */
final class Moves {

  private Moves() {}

  /** To where the remedy wants the setpoints, from where the plant has them now. */
  static List<Proposal> forward(Decision decision, Actuator actuator) {
    Remedy remedy = decision.remedy();
    return remedy == null
        ? List.of()
        : remedy.moves().stream().map(move -> there(decision, remedy, move, actuator)).toList();
  }

  /** To where the decision found them. */
  static List<Proposal> back(Decision decision, Actuator actuator) {
    return forward(decision, actuator).stream()
        .map(there -> back(there, decision.from(there.tag())))
        .toList();
  }

  private static Proposal there(
      Decision decision, Remedy remedy, Remedy.Move move, Actuator actuator) {
    return new Proposal(
        remedy.fault().equals("optimise") ? Proposal.Source.OPTIMISER : Proposal.Source.MODEL,
        decision.modelId(),
        decision.approvedBy(),
        move.tag(),
        move.to(),
        actuator.present(move.tag()),
        remedy.insideTrainingRange()
            ? Proposal.Evidence.INSIDE_TRAINING
            : Proposal.Evidence.OUTSIDE_TRAINING,
        decision.id(),
        remedy.rationale());
  }

  private static Proposal back(Proposal there, double home) {
    return new Proposal(
        Proposal.Source.ROLLBACK,
        there.by(),
        there.approvedBy(),
        there.tag(),
        home,
        Double.NaN,
        Proposal.Evidence.NONE,
        there.decision(),
        Reasons.WAY_BACK);
  }
}
