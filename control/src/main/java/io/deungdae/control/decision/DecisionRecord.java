package io.deungdae.control.decision;

import io.deungdae.analytics.Effect.Fate;
import io.deungdae.collector.signal.Label;
import io.deungdae.control.guard.Mode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything about one decision, as it stands at one moment. Tags are named, not referred to, so
 * that a record outlives a change of the settings. Numbers that are not known are NaN.
 *
 * @param id unique, also across restarts
 * @param unit the process unit
 * @param mode the mode in force when it last was carried on
 * @param modelId the model set behind it
 * @param stage how far it has come
 * @param fate what became of it, or null while it is open
 * @param closing why it ended as it did, empty while it is open
 * @param openedAt when it was opened
 * @param closedAt when it was closed, or null
 * @param evidence what was seen, or null when it answers no anomaly
 * @param plan what is to be done, or null while there is no remedy
 * @param approvedBy the person who approved or rejected it, empty for none
 * @param verdicts objections of the guards, the first of each kind, with counts
 * @param writes setpoints written: the first ones and the last ones
 * @param writesTotal how many were written
 * @param timeline the milestones passed, in the order in which they were
 * @param effect what it changed, or null before it was measured
 */
public record DecisionRecord(
    String id,
    String unit,
    Mode mode,
    String modelId,
    Stage stage,
    @Nullable Fate fate,
    Label closing,
    Instant openedAt,
    @Nullable Instant closedAt,
    @Nullable Evidence evidence,
    @Nullable Plan plan,
    String approvedBy,
    List<VerdictNote> verdicts,
    List<WriteNote> writes,
    int writesTotal,
    List<Passed> timeline,
    @Nullable EffectNote effect) {

  public DecisionRecord {
    verdicts = List.copyOf(verdicts);
    writes = List.copyOf(writes);
    timeline = List.copyOf(timeline);
  }

  /** True when it does not change any more. */
  public boolean closed() {
    return stage == Stage.CLOSED;
  }

  /**
   * What was seen.
   *
   * @param since first moment above the threshold
   * @param detectedAt when the anomaly was declared
   * @param score the score then; 1 is the threshold
   * @param contributions what the anomaly consists of, largest share first
   * @param causes candidate causes, most likely first
   */
  public record Evidence(
      Instant since,
      Instant detectedAt,
      double score,
      List<Contribution> contributions,
      List<Cause> causes) {
    public Evidence {
      contributions = List.copyOf(contributions);
      causes = List.copyOf(causes);
    }
  }

  /**
   * One tag's part in the anomaly.
   *
   * @param tag the tag
   * @param unit its unit
   * @param share share of the score, 0 to 1
   * @param deviation from what the model expects, in standard deviations
   * @param value what is
   * @param expected what the model expects
   */
  public record Contribution(
      String tag, String unit, double share, double deviation, double value, double expected) {}

  /**
   * A candidate cause.
   *
   * @param fault id in the fault library
   * @param title name for people
   * @param confidence 0 to 1
   * @param evidence what speaks for it
   */
  public record Cause(String fault, Label title, double confidence, List<Label> evidence) {
    public Cause {
      evidence = List.copyOf(evidence);
    }
  }

  /**
   * What is to be done.
   *
   * @param remedyId id of the remedy
   * @param fault the cause it answers, or {@code optimise}
   * @param rationale why
   * @param moves which setpoints go where
   * @param noAction objective forecast if nothing is done
   * @param after objective forecast with the moves
   * @param sigma standard deviation of the difference
   * @param activeConstraints limits that stopped the optimiser
   * @param insideTrainingRange true when all of it lies where the model was trained
   */
  public record Plan(
      String remedyId,
      String fault,
      Label rationale,
      List<Move> moves,
      double noAction,
      double after,
      double sigma,
      List<String> activeConstraints,
      boolean insideTrainingRange) {
    public Plan {
      moves = List.copyOf(moves);
      activeConstraints = List.copyOf(activeConstraints);
    }
  }

  /**
   * One setpoint's way.
   *
   * @param tag the setpoint
   * @param unit its unit
   * @param from where the decision found it
   * @param to where the remedy wants it
   * @param reached where it was brought; NaN while nothing was written
   */
  public record Move(String tag, String unit, double from, double to, double reached) {}

  /**
   * An objection of a guard.
   *
   * @param guard the guard
   * @param grounds what it has against it
   * @param refused true for a refusal, false for a limit
   * @param text the first one in words
   * @param first when it first came
   * @param count how often it came
   */
  public record VerdictNote(
      String guard, String grounds, boolean refused, Label text, Instant first, int count) {}

  /**
   * One setpoint written.
   *
   * @param tag where to
   * @param requested what the proposal wanted
   * @param written what the guards let through
   * @param readBack what the device read back; NaN while not known
   * @param outcome what became of it; {@code waiting} while not known
   * @param at when it left the guards
   * @param latencyMicros from the guards to the outcome, microseconds; -1 while not known
   */
  public record WriteNote(
      String tag,
      double requested,
      double written,
      double readBack,
      String outcome,
      Instant at,
      long latencyMicros) {}

  /**
   * A milestone passed.
   *
   * @param milestone which
   * @param at when, wall clock
   * @param sinceDetectedMicros time since detection by the monotonic clock, microseconds
   */
  public record Passed(Milestone milestone, Instant at, long sinceDetectedMicros) {}

  /**
   * What it changed, in the objective's unit.
   *
   * @param unit the objective's unit
   * @param before measured before the first move
   * @param noAction forecast if nothing was done
   * @param predicted forecast with the moves
   * @param after measured after
   * @param standardError of {@code after}
   * @param gain against the reference of the verification; positive is better
   */
  public record EffectNote(
      String unit,
      double before,
      double noAction,
      double predicted,
      double after,
      double standardError,
      double gain) {}
}
