package io.deungdae.control.guard;

import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.WritePolicy;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a move to a greatest step. What is left stays inside the tag's limits even where the plant
 * itself reads back a hair outside.
 */
final class Step {

  private Step() {}

  /** Differences that come from how a device keeps numbers: the tag's tolerance, or a float's. */
  static double slack(Tag tag) {
    WritePolicy policy = tag.writePolicy();
    return Math.max(policy.tolerance(), 1e-6 * policy.range().width());
  }

  /** Null when the move is short enough, else the part of it that is. */
  static @Nullable Verdict limit(
      Proposal proposal, double value, double present, double step, Grounds grounds) {
    double wanted = Math.abs(value - present);
    if (wanted <= step) {
      return null;
    }
    double limited =
        proposal.tag().writePolicy().range().clamp(present + Math.copySign(step, value - present));
    return new Verdict.Limited(value, limited, new Reason(grounds, proposal.tag(), wanted, step));
  }
}
