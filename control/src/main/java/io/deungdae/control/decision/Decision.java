package io.deungdae.control.decision;

import io.deungdae.analytics.Effect;
import io.deungdae.analytics.Effect.Fate;
import io.deungdae.analytics.Judgement;
import io.deungdae.analytics.Remedy;
import io.deungdae.collector.driver.Outcome;
import io.deungdae.collector.driver.Setpoint;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.PlantUnit;
import io.deungdae.collector.signal.Tag;
import io.deungdae.control.guard.Mode;
import io.deungdae.control.guard.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A decision while it is being made and carried out: what is known of it so far. It keeps the book
 * and leaves the acting to the loop. Used by the control thread; {@link #record} makes the snapshot
 * that others see.
 */
public final class Decision {

  private static final Label NOTHING = new Label("", "");

  private final String id;
  private final PlantUnit unit;
  private final Instant openedAt;
  private final Timeline timeline;
  private final VerdictTally verdicts = new VerdictTally();
  private final WriteList writes = new WriteList();
  private final Map<Tag, Double> from = new HashMap<>();
  private final Map<Tag, Double> reached = new HashMap<>();
  private Mode mode;
  private String modelId;
  private Stage stage = Stage.DETECTED;
  private long stageSinceNs;
  private long learntNs = Long.MIN_VALUE;
  private DecisionRecord.@Nullable Evidence evidence;
  private Judgement.@Nullable Anomaly anomaly;
  private @Nullable Remedy remedy;
  private String approvedBy = "";
  private Measured before = Measured.NOTHING;
  private DecisionRecord.@Nullable EffectNote effect;
  private @Nullable Fate fate;
  private Label closing = NOTHING;
  private @Nullable Instant closedAt;

  /** Opened by a judgement that has an anomaly, a remedy or both. */
  public Decision(
      String id, PlantUnit unit, Mode mode, Judgement judgement, Instant now, long nowNs) {
    this.id = id;
    this.unit = unit;
    this.mode = mode;
    this.modelId = judgement.modelId();
    this.openedAt = now;
    this.stageSinceNs = nowNs;
    Judgement.Anomaly seen = judgement.anomaly();
    this.timeline =
        new Timeline(seen == null ? judgement.at() : seen.detectedAt(), judgement.atNs());
    learn(judgement, now, nowNs);
  }

  /** Its id. */
  public String id() {
    return id;
  }

  /** How far it has come. */
  public Stage stage() {
    return stage;
  }

  /** When its stage began, monotonic. */
  public long stageSinceNs() {
    return stageSinceNs;
  }

  /** Its remedy, or null while there is none. */
  public @Nullable Remedy remedy() {
    return remedy;
  }

  /** The anomaly it answers, or null when it answers none. */
  public Judgement.@Nullable Anomaly anomaly() {
    return anomaly;
  }

  /** The id of its model set. */
  public String modelId() {
    return modelId;
  }

  /** The person who approved it, empty for none. */
  public String approvedBy() {
    return approvedBy;
  }

  /** True once a setpoint was written for it. */
  public boolean wroteAny() {
    return writes.total() > 0;
  }

  /**
   * Takes what a newer judgement knows about the anomaly and the remedy. True when something is
   * new.
   */
  public boolean learn(Judgement judgement, Instant now, long nowNs) {
    if (judgement.atNs() == learntNs) {
      return false;
    }
    learntNs = judgement.atNs();
    boolean news = learnAnomaly(judgement, now, nowNs);
    Remedy proposed = judgement.remedy();
    if (remedy == null && proposed != null) {
      remedy = proposed;
      modelId = judgement.modelId();
      timeline.pass(Milestone.PROPOSED, now, nowNs);
      enter(Stage.PROPOSED, nowNs);
      return true;
    }
    return news;
  }

  private boolean learnAnomaly(Judgement judgement, Instant now, long nowNs) {
    Judgement.Anomaly newest = judgement.anomaly();
    if (newest == null) {
      return false;
    }
    anomaly = newest;
    if (!newest.causes().isEmpty()) {
      timeline.pass(Milestone.CAUSE, now, nowNs);
    }
    DecisionRecord.Evidence seen = Notes.evidence(newest, judgement.score());
    boolean news =
        evidence == null
            || !seen.causes().stream()
                .map(DecisionRecord.Cause::fault)
                .toList()
                .equals(evidence.causes().stream().map(DecisionRecord.Cause::fault).toList());
    evidence = seen;
    return news;
  }

  /** Enters a stage. */
  public void enter(Stage next, long nowNs) {
    if (stage == Stage.CLOSED) {
      throw new IllegalStateException("decision " + id + " is closed");
    }
    stage = next;
    stageSinceNs = nowNs;
  }

  /** Notes the mode in force. True when it is another one. */
  public boolean mode(Mode inForce) {
    boolean news = inForce != mode;
    mode = inForce;
    return news;
  }

  /** A person approved it. */
  public void approve(String who, Instant now, long nowNs) {
    approvedBy = who;
    timeline.pass(Milestone.APPROVED, now, nowNs);
  }

  /** A person rejected it. */
  public void reject(String who) {
    approvedBy = who;
  }

  /** Notes where the plant is before the first move. */
  public void begin(Map<Tag, Double> present, Measured measured) {
    from.putAll(present);
    before = measured;
  }

  /** Where the decision found a setpoint, in the tag's unit; NaN before it began. */
  public double from(Tag tag) {
    return from.getOrDefault(tag, Double.NaN);
  }

  /** The objective measured before. */
  public Measured before() {
    return before;
  }

  /** Counts a guard's objection. True when it is the first of its kind. */
  public boolean note(Verdict verdict, Instant now) {
    return verdicts.note(verdict, now);
  }

  /** Notes a milestone, the first time it is passed. */
  public void pass(Milestone milestone, Instant now, long nowNs) {
    timeline.pass(milestone, now, nowNs);
  }

  /** A setpoint left the guards for it. */
  public void wrote(Setpoint setpoint, double requested, Instant now, long nowNs) {
    writes.add(setpoint, requested, now);
    timeline.pass(Milestone.FIRST_WRITE, now, nowNs);
  }

  /** What became of it. */
  public void outcome(Outcome outcome, Instant now) {
    writes.outcome(outcome);
    double readBack = WriteList.readBackOf(outcome);
    if (!Double.isNaN(readBack)) {
      reached.put(outcome.setpoint().tag(), readBack);
    }
    if (outcome.confirmed()) {
      timeline.pass(Milestone.FIRST_CONFIRMED, now, outcome.atNs());
    }
  }

  /** The effect was measured. */
  public void verified(Measured after, Verification rule, Instant now, long nowNs) {
    timeline.pass(Milestone.VERIFIED, now, nowNs);
    effect = Notes.effect(unit, remedyOrThrow(), before, after, rule);
  }

  /** It is over. */
  public void close(Fate became, Label why, Instant now, long nowNs) {
    enter(Stage.CLOSED, nowNs);
    timeline.pass(Milestone.CLOSED, now, nowNs);
    fate = became;
    closing = why;
    closedAt = now;
  }

  /**
   * What is handed back to analytics.
   *
   * @throws IllegalStateException when it is open or never had a remedy
   */
  public Effect effect() {
    if (fate == null || closedAt == null) {
      throw new IllegalStateException("decision " + id + " is open");
    }
    double after = effect == null ? Double.NaN : effect.after();
    return new Effect(remedyOrThrow().id(), fate, closedAt, before.value(), after);
  }

  private Remedy remedyOrThrow() {
    if (remedy == null) {
      throw new IllegalStateException("decision " + id + " has no remedy");
    }
    return remedy;
  }

  /** Everything as it stands. */
  public DecisionRecord record() {
    return new DecisionRecord(
        id,
        unit.name(),
        mode,
        modelId,
        stage,
        fate,
        closing,
        openedAt,
        closedAt,
        evidence,
        remedy == null ? null : Notes.plan(remedy, moves(remedy)),
        approvedBy,
        verdicts.notes(),
        writes.notes(),
        writes.total(),
        timeline.passed(),
        effect);
  }

  private List<DecisionRecord.Move> moves(Remedy of) {
    List<DecisionRecord.Move> moves = new ArrayList<>();
    for (Remedy.Move move : of.moves()) {
      moves.add(
          new DecisionRecord.Move(
              move.tag().name(),
              move.tag().unit().symbol(),
              from.getOrDefault(move.tag(), move.from()),
              move.to(),
              reached.getOrDefault(move.tag(), Double.NaN)));
    }
    return moves;
  }
}
