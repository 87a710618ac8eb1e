package io.deungdae.analytics;

import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What analytics thinks of one process unit at one moment. Immutable; handed to control through a
 * {@link Slot}.
 *
 * @param unit the process unit's name
 * @param at when it was made, wall clock
 * @param atNs the same, monotonic; control judges its age by this
 * @param state what the models are worth at the moment
 * @param modelId id of the model set in force, empty while learning
 * @param progress share of the data needed for the first training that is there, 0 to 1
 * @param score anomaly score now: 1 is the alarm threshold; NaN while learning
 * @param anomaly the anomaly that is open, or null
 * @param objective the objective measured over the objective's window; NaN when it cannot be
 * @param expectedObjective what the plant model expects it to be with the plant sound; NaN while
 *     learning
 * @param remedy what to do, or null for nothing
 */
public record Judgement(
    String unit,
    Instant at,
    long atNs,
    State state,
    String modelId,
    double progress,
    double score,
    @Nullable Anomaly anomaly,
    double objective,
    double expectedObjective,
    @Nullable Remedy remedy) {

  /** What the models are worth. */
  public enum State {
    /** Not enough data for the first training, or the first training is under way. */
    LEARNING,
    /** Trained, and the plant is inside the training range. */
    READY,
    /** Trained, but inputs are outside the training range: advice only. */
    OUT_OF_RANGE,
    /**
     * Trained, but the prediction error has grown beyond what it was on held-out data: advice only.
     */
    DRIFTED,
    /** Inputs are bad or stale: no judgement. */
    BLIND
  }

  /**
   * An anomaly that is open.
   *
   * @param since first moment above the threshold
   * @param detectedAt when it was declared
   * @param contributions what it consists of, largest share first
   * @param causes candidate causes, most likely first; confidences sum to at most 1
   */
  public record Anomaly(
      Instant since, Instant detectedAt, List<Contribution> contributions, List<Cause> causes) {
    public Anomaly {
      contributions = List.copyOf(contributions);
      causes = List.copyOf(causes);
    }
  }

  /**
   * One tag's part in an anomaly.
   *
   * @param tag the tag
   * @param share share of the score, 0 to 1
   * @param deviation signed difference between what is and what the model expects, in standard
   *     deviations of normal operation
   * @param value what is, in the tag's unit
   * @param expected what the model expects, in the tag's unit
   */
  public record Contribution(
      Tag tag, double share, double deviation, double value, double expected) {}

  /**
   * A candidate cause.
   *
   * @param fault id of the fault in the fault library; {@code unknown} when none fits
   * @param title name for people
   * @param confidence 0 to 1
   * @param evidence what speaks for it, in words for people, strongest first
   */
  public record Cause(String fault, Label title, double confidence, List<Label> evidence) {
    public Cause {
      evidence = List.copyOf(evidence);
    }
  }
}
