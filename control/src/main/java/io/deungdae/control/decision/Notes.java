package io.deungdae.control.decision;

import io.deungdae.analytics.Judgement;
import io.deungdae.analytics.Remedy;
import io.deungdae.collector.signal.PlantUnit;
import java.util.List;

/** Puts what analytics says into the words of a record. */
final class Notes {

  private Notes() {}

  static DecisionRecord.Evidence evidence(Judgement.Anomaly anomaly, double score) {
    return new DecisionRecord.Evidence(
        anomaly.since(),
        anomaly.detectedAt(),
        score,
        anomaly.contributions().stream().map(Notes::contribution).toList(),
        anomaly.causes().stream()
            .map(c -> new DecisionRecord.Cause(c.fault(), c.title(), c.confidence(), c.evidence()))
            .toList());
  }

  private static DecisionRecord.Contribution contribution(Judgement.Contribution part) {
    return new DecisionRecord.Contribution(
        part.tag().name(),
        part.tag().unit().symbol(),
        part.share(),
        part.deviation(),
        part.value(),
        part.expected());
  }

  static DecisionRecord.Plan plan(Remedy remedy, List<DecisionRecord.Move> moves) {
    return new DecisionRecord.Plan(
        remedy.id(),
        remedy.fault(),
        remedy.rationale(),
        moves,
        remedy.before(),
        remedy.after(),
        remedy.sigma(),
        remedy.activeConstraints(),
        remedy.insideTrainingRange());
  }

  static DecisionRecord.EffectNote effect(
      PlantUnit unit, Remedy remedy, Measured before, Measured after, Verification rule) {
    double reference = rule.referenceOf(before.value(), remedy.before());
    return new DecisionRecord.EffectNote(
        unit.objective().unit().symbol(),
        before.value(),
        remedy.before(),
        remedy.after(),
        after.value(),
        after.standardError(),
        Verification.gain(unit.objective().direction(), reference, after.value()));
  }
}
