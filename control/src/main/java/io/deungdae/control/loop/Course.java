package io.deungdae.control.loop;

import io.deungdae.analytics.Effect;
import io.deungdae.analytics.Effect.Fate;
import io.deungdae.analytics.Judgement;
import io.deungdae.analytics.Remedy;
import io.deungdae.collector.driver.Outcome;
import io.deungdae.collector.driver.Setpoint;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.PlantUnit;
import io.deungdae.collector.signal.Tag;
import io.deungdae.control.audit.AuditEvent;
import io.deungdae.control.decision.Decision;
import io.deungdae.control.decision.DecisionBook;
import io.deungdae.control.decision.Measured;
import io.deungdae.control.decision.Milestone;
import io.deungdae.control.decision.ObjectiveMeter;
import io.deungdae.control.decision.Stage;
import io.deungdae.control.decision.Verification;
import io.deungdae.control.guard.Engagement;
import io.deungdae.control.guard.Mode;
import io.deungdae.control.guard.Situation;
import io.deungdae.control.guard.Verdict;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Leads one decision at a time from its first sign to its end. Used by the control thread.
 *
 * <p>Once moving has begun, a decision is carried to its verification even if the analysis has
 * since changed its mind; what counts then is what is measured.
 */
final class Course implements Journal {

  private final PlantUnit unit;
  private final LoopSettings settings;
  private final Actuator actuator;
  private final ObjectiveMeter meter;
  private final DecisionBook book;
  private final Consumer<Effect> effects;
  private final Records records;
  private final DecisionIds ids;
  private final Conditions conditions;
  private @Nullable Decision open;
  private @Nullable Ramp ramp;
  private @Nullable Instant answered;
  private String lastRemedy = "";
  private Label rollbackReason = Reasons.NONE;
  private Fate fateAfterRollback = Fate.ROLLED_BACK;
  private long refusedSinceNs;
  private boolean refused;
  private int failures;
  private boolean dirty;

  Course(
      PlantUnit unit,
      LoopSettings settings,
      Actuator actuator,
      Situation situation,
      ObjectiveMeter meter,
      DecisionBook book,
      Consumer<Effect> effects,
      Records records,
      DecisionIds ids) {
    this.unit = unit;
    this.settings = settings;
    this.actuator = actuator;
    this.conditions = new Conditions(unit, situation);
    this.meter = meter;
    this.book = book;
    this.effects = effects;
    this.records = records;
    this.ids = ids;
  }

  /** The decision that is open, or null. */
  @Nullable Decision open() {
    return open;
  }

  /** True while setpoints have been moved for a decision whose end is open. */
  boolean executing() {
    Decision decision = open;
    return decision != null && decision.stage().executing();
  }

  /** The target of a setpoint, in the tag's unit; NaN when it has none. */
  double target(Tag tag) {
    Ramp moving = ramp;
    if (moving != null) {
      for (Leg leg : moving.legs()) {
        if (leg.proposal().tag().equals(tag)) {
          return leg.proposal().target();
        }
      }
    }
    return Double.NaN;
  }

  /** True when the open decision moves this setpoint. */
  boolean moves(Tag tag) {
    Decision decision = open;
    Remedy remedy = decision == null ? null : decision.remedy();
    return executing()
        && remedy != null
        && remedy.moves().stream().anyMatch(move -> move.tag().equals(tag));
  }

  /**
   * One cycle.
   *
   * @return {@link Demotion.Cause#VERIFICATION_FAILED} when the loop is to be demoted, else null
   */
  Demotion.@Nullable Cause tick(
      @Nullable Judgement judgement, Mode mode, Engagement engagement, Instant now, long nowNs) {
    if (open == null && judgement != null) {
      openFor(judgement, mode, now, nowNs);
    }
    Decision decision = open;
    if (decision == null) {
      return null;
    }
    Demotion.Cause cause = null;
    switch (decision.stage()) {
      case DETECTED -> detected(decision, judgement, mode, now, nowNs);
      case PROPOSED, AWAITING_APPROVAL ->
          proposed(decision, judgement, mode, engagement, now, nowNs);
      case MOVING -> moving(decision, engagement, now, nowNs);
      case SETTLING -> settling(decision, now, nowNs);
      case VERIFYING -> cause = verifying(decision, now, nowNs);
      case ROLLING_BACK -> rollingBack(decision, engagement, now, nowNs);
      case CLOSED -> throw new AssertionError("a closed decision is not kept open");
    }
    publish(decision);
    return cause;
  }

  // ---- before it is carried out

  private void openFor(Judgement judgement, Mode mode, Instant now, long nowNs) {
    Remedy remedy = judgement.remedy();
    Judgement.Anomaly anomaly = judgement.anomaly();
    boolean newRemedy = remedy != null && !remedy.id().equals(lastRemedy);
    boolean newAnomaly = anomaly != null && remedy == null && !anomaly.since().equals(answered);
    if (!newRemedy && !newAnomaly) {
      return;
    }
    Decision decision = new Decision(ids.next(unit.name(), now), unit, mode, judgement, now, nowNs);
    open = decision;
    refused = false;
    tell(decision, remedy == null ? "" : remedy.rationale().en(), AuditEvent.GATEWAY, now);
  }

  private void detected(
      Decision decision, @Nullable Judgement judgement, Mode mode, Instant now, long nowNs) {
    if (judgement == null) {
      return;
    }
    dirty |= decision.mode(mode);
    Remedy remedy = judgement.remedy();
    if (remedy != null && !remedy.id().equals(lastRemedy)) {
      decision.learn(judgement, now, nowNs);
      tell(decision, remedy.rationale().en(), AuditEvent.GATEWAY, now);
    } else if (judgement.anomaly() == null) {
      close(decision, Fate.ABANDONED, Reasons.PASSED, now, nowNs);
    } else if (remedy == null) {
      dirty |= decision.learn(judgement, now, nowNs);
    }
  }

  private void proposed(
      Decision decision,
      @Nullable Judgement judgement,
      Mode mode,
      Engagement engagement,
      Instant now,
      long nowNs) {
    if (judgement != null && !stands(decision, judgement)) {
      close(decision, Fate.ABANDONED, Reasons.WITHDRAWN, now, nowNs);
      return;
    }
    if (judgement != null) {
      dirty |= decision.learn(judgement, now, nowNs);
    }
    dirty |= decision.mode(mode);
    switch (mode) {
      case OBSERVE, ADVISE -> wait(decision, Stage.PROPOSED, now, nowNs);
      case SUPERVISED -> supervised(decision, engagement, now, nowNs);
      case AUTONOMOUS -> start(decision, engagement, now, nowNs);
    }
  }

  private static boolean stands(Decision decision, Judgement judgement) {
    Remedy was = decision.remedy();
    Remedy is = judgement.remedy();
    return was != null && is != null && was.id().equals(is.id());
  }

  private void wait(Decision decision, Stage stage, Instant now, long nowNs) {
    if (decision.stage() != stage) {
      decision.enter(stage, nowNs);
      tell(decision, "", AuditEvent.GATEWAY, now);
    }
  }

  private void supervised(Decision decision, Engagement engagement, Instant now, long nowNs) {
    if (!decision.approvedBy().isEmpty()) {
      start(decision, engagement, now, nowNs);
      return;
    }
    wait(decision, Stage.AWAITING_APPROVAL, now, nowNs);
    if (nowNs - decision.stageSinceNs() >= settings.moves().approvalExpires().toNanos()) {
      close(decision, Fate.ABANDONED, Reasons.EXPIRED, now, nowNs);
    }
  }

  /** A person approves the decision; null when he can, else why not. */
  @Nullable Label approve(String id, String who, Instant now, long nowNs) {
    Decision decision = open;
    if (decision == null || !decision.id().equals(id)) {
      return Reasons.NOT_OPEN;
    }
    if (decision.stage() != Stage.AWAITING_APPROVAL) {
      return Reasons.NOT_WAITING;
    }
    decision.approve(who, now, nowNs);
    tell(decision, "approved", who, now);
    publish(decision);
    return null;
  }

  /** A person rejects the decision; null when he can, else why not. */
  @Nullable Label reject(String id, String who, Instant now, long nowNs) {
    Decision decision = open;
    if (decision == null || !decision.id().equals(id)) {
      return Reasons.NOT_OPEN;
    }
    if (decision.stage() != Stage.AWAITING_APPROVAL && decision.stage() != Stage.PROPOSED) {
      return Reasons.NOT_WAITING;
    }
    decision.reject(who);
    close(decision, Fate.REFUSED, Reasons.rejected(who), now, nowNs);
    publish(decision);
    return null;
  }

  // ---- carrying it out

  private void start(Decision decision, Engagement engagement, Instant now, long nowNs) {
    if (engagement != Engagement.IN_FORCE) {
      return;
    }
    Ramp forward = new Ramp(Moves.forward(decision, actuator), actuator, this);
    Remedy remedy = decision.remedy();
    if (remedy == null || forward.legs().size() < remedy.moves().size()) {
      close(decision, Fate.REFUSED, Reasons.NO_UNIT, now, nowNs);
      return;
    }
    Verdict.Refused refusal = forward.look(now);
    if (refusal != null) {
      refusedStart(decision, refusal, now, nowNs);
      return;
    }
    Map<Tag, Double> present = new HashMap<>();
    forward.legs().forEach(leg -> present.put(leg.proposal().tag(), leg.proposal().home()));
    decision.begin(present, meter.measure(nowNs));
    conditions.remember();
    ramp = forward;
    refused = false;
    decision.enter(Stage.MOVING, nowNs);
    tell(decision, "", AuditEvent.GATEWAY, now);
    moving(decision, engagement, now, nowNs);
  }

  private void refusedStart(Decision decision, Verdict.Refused refusal, Instant now, long nowNs) {
    if (!refused) {
      refused = true;
      refusedSinceNs = nowNs;
    }
    if (nowNs - refusedSinceNs >= settings.moves().patience().toNanos()) {
      close(decision, Fate.REFUSED, refusal.reason().label(), now, nowNs);
    }
  }

  private void moving(Decision decision, Engagement engagement, Instant now, long nowNs) {
    Ramp moving = ramp;
    if (moving == null || conditionsChanged(decision, now, nowNs)) {
      return;
    }
    if (engagement == Engagement.IN_FORCE) {
      moving.advance(now, nowNs);
    }
    if (moving.arrived()) {
      arrived(decision, now, nowNs);
    } else if (nowNs - decision.stageSinceNs() >= settings.moves().timeout().toNanos()) {
      rollBack(Fate.ABANDONED, Reasons.TOO_LONG, now, nowNs);
    }
  }

  private void arrived(Decision decision, Instant now, long nowNs) {
    if (!decision.wroteAny()) {
      close(decision, Fate.REFUSED, Reasons.NO_ROOM, now, nowNs);
      return;
    }
    ramp = null;
    decision.pass(Milestone.ARRIVED, now, nowNs);
    decision.enter(Stage.SETTLING, nowNs);
    tell(decision, "", AuditEvent.GATEWAY, now);
  }

  private void settling(Decision decision, Instant now, long nowNs) {
    if (conditionsChanged(decision, now, nowNs)) {
      return;
    }
    if (nowNs - decision.stageSinceNs() >= settings.verification().settle().toNanos()) {
      decision.pass(Milestone.SETTLED, now, nowNs);
      decision.enter(Stage.VERIFYING, nowNs);
      tell(decision, "", AuditEvent.GATEWAY, now);
    }
  }

  private Demotion.@Nullable Cause verifying(Decision decision, Instant now, long nowNs) {
    long windowNs = settings.verification().window().toNanos();
    long waitedNs = nowNs - decision.stageSinceNs();
    if (conditionsChanged(decision, now, nowNs) || waitedNs < windowNs) {
      return null;
    }
    Measured after = meter.measure(nowNs);
    if (!after.known() && waitedNs < windowNs * settings.verification().patience()) {
      return null;
    }
    return verified(decision, after, now, nowNs);
  }

  private Demotion.@Nullable Cause verified(
      Decision decision, Measured after, Instant now, long nowNs) {
    Remedy remedy = decision.remedy();
    if (remedy == null) {
      throw new IllegalStateException("nothing to verify");
    }
    Verification rule = settings.verification();
    decision.verified(after, rule, now, nowNs);
    boolean helped =
        rule.helped(
            unit.objective().direction(),
            decision.before().value(),
            remedy.before(),
            remedy.after(),
            after.value());
    if (helped) {
      failures = 0;
      close(decision, Fate.KEPT, Reasons.HELPED, now, nowNs);
      return null;
    }
    failures++;
    rollBack(Fate.ROLLED_BACK, after.known() ? Reasons.NO_HELP : Reasons.NOT_MEASURED, now, nowNs);
    return failures >= settings.moves().rollbacks() ? Demotion.Cause.VERIFICATION_FAILED : null;
  }

  // ---- the way back

  /** Brings all setpoints back to where the decision found them, through the same guards. */
  void rollBack(Fate fate, Label reason, Instant now, long nowNs) {
    Decision decision = open;
    if (decision == null || !executing() || decision.stage() == Stage.ROLLING_BACK) {
      return;
    }
    rollbackReason = reason;
    fateAfterRollback = fate;
    ramp = new Ramp(Moves.back(decision, actuator), actuator, this);
    decision.enter(Stage.ROLLING_BACK, nowNs);
    tell(decision, reason.en(), AuditEvent.GATEWAY, now);
    publish(decision);
  }

  /** Brings setpoints back that are still on their way; once there, measuring goes on. */
  void undoMoves(Label reason, Instant now, long nowNs) {
    Decision decision = open;
    if (decision != null && decision.stage() == Stage.MOVING) {
      rollBack(Fate.ABANDONED, reason, now, nowNs);
    }
  }

  private void rollingBack(Decision decision, Engagement engagement, Instant now, long nowNs) {
    Ramp back = ramp;
    if (back == null) {
      return;
    }
    if (engagement == Engagement.IN_FORCE) {
      back.advance(now, nowNs);
    }
    if (back.arrived()) {
      close(decision, fateAfterRollback, rollbackReason, now, nowNs);
    } else if (nowNs - decision.stageSinceNs() >= settings.moves().timeout().toNanos()) {
      close(decision, Fate.ABANDONED, Reasons.NO_WAY_BACK, now, nowNs);
    }
  }

  /** Ends the decision where it is; its setpoints stay as they are. */
  void abandon(Label reason, Instant now, long nowNs) {
    Decision decision = open;
    if (decision != null && executing()) {
      close(decision, Fate.ABANDONED, reason, now, nowNs);
      publish(decision);
    }
  }

  // ---- comparing like with like

  private boolean conditionsChanged(Decision decision, Instant now, long nowNs) {
    Tag changed = conditions.changed();
    if (changed == null) {
      return false;
    }
    close(decision, Fate.ABANDONED, Reasons.conditions(changed), now, nowNs);
    return true;
  }

  // ---- records

  private void close(Decision decision, Fate fate, Label reason, Instant now, long nowNs) {
    decision.close(fate, reason, now, nowNs);
    ramp = null;
    open = null;
    Remedy remedy = decision.remedy();
    if (remedy != null) {
      lastRemedy = remedy.id();
    }
    Judgement.Anomaly anomaly = decision.anomaly();
    if (anomaly != null) {
      answered = anomaly.since();
    }
    tell(decision, fate + ": " + reason.en(), AuditEvent.GATEWAY, now);
    if (remedy != null) {
      effects.accept(decision.effect());
    }
  }

  private void tell(Decision decision, String detail, String who, Instant now) {
    records.decision(decision.id(), decision.stage().name(), detail, who, now);
    dirty = true;
  }

  private void publish(Decision decision) {
    if (dirty) {
      dirty = false;
      book.put(decision.record());
    }
  }

  @Override
  public void objected(Verdict verdict, Instant now) {
    Decision decision = open;
    if (decision != null && decision.note(verdict, now)) {
      records.verdict(decision.id(), verdict, now);
      dirty = true;
    }
  }

  @Override
  public void wrote(Setpoint setpoint, double requested, Instant now, long nowNs) {
    Decision decision = open;
    if (decision != null) {
      decision.wrote(setpoint, requested, now, nowNs);
      String who = decision.approvedBy().isEmpty() ? AuditEvent.GATEWAY : decision.approvedBy();
      records.wrote(decision.id(), who, setpoint, requested, now);
      dirty = true;
    }
  }

  @Override
  public void outcome(Outcome outcome, Instant now, long nowNs) {
    records.outcome(outcome, now);
    Decision decision = open;
    if (decision != null) {
      decision.outcome(outcome, now);
      dirty = true;
    }
  }
}
