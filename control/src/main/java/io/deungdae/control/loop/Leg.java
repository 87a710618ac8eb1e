package io.deungdae.control.loop;

import io.deungdae.collector.driver.Outcome;
import io.deungdae.collector.driver.Setpoint;
import io.deungdae.control.guard.Grounds;
import io.deungdae.control.guard.GuardChain;
import io.deungdae.control.guard.Proposal;
import io.deungdae.control.guard.Reason;
import io.deungdae.control.guard.Verdict;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One setpoint's way to its target, step by step as the guards allow. Used by the control thread.
 */
final class Leg implements Carrier {

  private final Proposal proposal;
  private final Line line;
  private final Actuator actuator;
  private final Journal journal;
  private boolean begun;
  private boolean lastStep;
  private boolean arrived;
  private @Nullable Verdict limit;
  private Verdict.@Nullable Refused refusal;
  private double reached = Double.NaN;
  private Instant now = Instant.EPOCH;
  private final Consumer<Verdict> trail = this::objected;

  Leg(Proposal proposal, Line line, Actuator actuator, Journal journal) {
    this.proposal = proposal;
    this.line = line;
    this.actuator = actuator;
    this.journal = journal;
  }

  /** The target, or as near to it as the limits let it come. */
  boolean arrived() {
    return arrived;
  }

  /** What kept it from its target although it has arrived, or null. */
  @Nullable Verdict limit() {
    return limit;
  }

  /** What refused it in the last cycle, or null. */
  Verdict.@Nullable Refused refusal() {
    return refusal;
  }

  double reached() {
    return reached;
  }

  Proposal proposal() {
    return proposal;
  }

  private void objected(Verdict verdict) {
    journal.objected(verdict, now);
  }

  /** Judges without sending. */
  Verdict look(Instant at) {
    now = at;
    Verdict verdict = actuator.judge(proposal, trail);
    refusal = verdict instanceof Verdict.Refused refused ? refused : null;
    return verdict;
  }

  /** Goes the next step when it is time for one. */
  void advance(Instant at, long nowNs) {
    if (arrived || line.busy() || tooSoon(nowNs)) {
      return;
    }
    Verdict verdict = look(at);
    if (refusal != null) {
      return;
    }
    double present = actuator.present(proposal.tag());
    if (isThere(verdict, present)) {
      arrived = true;
      limit = verdict instanceof Verdict.Limited ? verdict : null;
      return;
    }
    lastStep = verdict instanceof Verdict.Allowed || proposal.source() == Proposal.Source.HANDSHAKE;
    begun = true;
    Setpoint sent = actuator.send(line, verdict, this, nowNs);
    journal.wrote(sent, proposal.target(), at, nowNs);
  }

  private boolean tooSoon(long nowNs) {
    return line.memory().writtenWithin(actuator.settings().interval().toNanos(), nowNs);
  }

  /** The first write of a handshake goes out although it moves nothing: that is its purpose. */
  private boolean isThere(Verdict verdict, double present) {
    if (proposal.source() == Proposal.Source.HANDSHAKE) {
      return false;
    }
    double way = Math.abs(verdict.value() - present);
    Reason reason = GuardChain.reasonOf(verdict);
    boolean onItsWay = reason != null && reason.grounds() == Grounds.RATE;
    return !onItsWay && way <= (begun ? slack() : 0);
  }

  private double slack() {
    var policy = proposal.tag().writePolicy();
    return Math.max(policy.tolerance() / 2, 1e-6 * policy.range().width());
  }

  @Override
  public void outcome(Outcome outcome, Instant at, long nowNs) {
    journal.outcome(outcome, at, nowNs);
    if (outcome instanceof Outcome.Confirmed confirmed) {
      reached = confirmed.readBack();
      arrived = lastStep;
    } else if (outcome instanceof Outcome.Mismatch mismatch) {
      reached = mismatch.readBack();
    }
  }
}
