package io.deungdae.control.decision;

import io.deungdae.control.decision.DecisionRecord.Passed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** When a decision passed its milestones. Used by the control thread. */
final class Timeline {

  private final List<Passed> passed = new ArrayList<>();
  private final long originNs;

  /** Begins with detection. */
  Timeline(Instant detectedAt, long detectedNs) {
    originNs = detectedNs;
    passed.add(new Passed(Milestone.DETECTED, detectedAt, 0));
  }

  /** Notes a milestone, the first time it is passed. */
  void pass(Milestone milestone, Instant now, long nowNs) {
    if (passed.stream().noneMatch(p -> p.milestone() == milestone)) {
      passed.add(new Passed(milestone, now, (nowNs - originNs) / 1000));
    }
  }

  List<Passed> passed() {
    return passed;
  }
}
