package io.deungdae.control.guard;

import io.deungdae.analytics.Judgement;
import org.jspecify.annotations.Nullable;

/** Refuses what a model proposes where it was not trained, or while it is not fit to act. */
record TrainingGuard() implements Guard {

  @Override
  public String name() {
    return "training";
  }

  @Override
  public @Nullable Verdict judge(Proposal proposal, double value, Situation situation) {
    if (!proposal.source().fromModel()) {
      return null;
    }
    if (situation.model() != Judgement.State.READY) {
      return new Verdict.Refused(value, Reason.of(Grounds.MODEL_NOT_READY, proposal.tag()));
    }
    return proposal.evidence() == Proposal.Evidence.INSIDE_TRAINING
        ? null
        : new Verdict.Refused(value, Reason.of(Grounds.OUTSIDE_TRAINING, proposal.tag()));
  }
}
