package io.deungdae.control.decision;

import io.deungdae.collector.settings.Section;
import io.deungdae.collector.signal.PlantUnit.Objective.Direction;
import java.time.Duration;

/**
 * How the effect of a decision is judged.
 *
 * @param settle how long the plant is given to follow before measuring begins
 * @param window over how long the objective is measured, before and after
 * @param reference what the measured objective is held against
 * @param minimumGain share of the predicted gain that has to be there, 0 to 1
 * @param maximumLoss greatest loss against what was measured before, as a share of it; beyond, the
 *     decision is undone whatever was forecast
 * @param patience how many windows are waited for when the objective cannot be measured
 */
public record Verification(
    Duration settle,
    Duration window,
    Reference reference,
    double minimumGain,
    double maximumLoss,
    int patience) {

  /** What the measured objective is held against. */
  public enum Reference {
    /** What the plant model expected without the decision; where it gave none, as below. */
    NO_ACTION,
    /** What was measured before the first move. */
    BEFORE
  }

  /** Reads the section {@code verification} of a unit. */
  public static Verification read(Section section) {
    Duration hours = Duration.ofHours(12);
    Duration second = Duration.ofSeconds(1);
    Verification verification =
        new Verification(
            section.duration("settle", Duration.ofMinutes(10), Duration.ZERO, hours),
            section.duration("window", Duration.ofMinutes(10), second, hours),
            section.choice("reference", Reference.NO_ACTION),
            section.number("minimumGain", 0.3, 0, 1),
            section.number("maximumLoss", 0.25, 0, 10),
            section.integer("patience", 3, 1, 20));
    section.done();
    return verification;
  }

  /** What a gain would be measured against, in the objective's unit; NaN when there is nothing. */
  public double referenceOf(double before, double noAction) {
    boolean forecast = reference == Reference.NO_ACTION && Double.isFinite(noAction);
    return forecast ? noAction : before;
  }

  /** By how much {@code after} is better than {@code than}; negative when it is worse. */
  public static double gain(Direction direction, double than, double after) {
    return switch (direction) {
      case MINIMISE -> than - after;
      case MAXIMISE -> after - than;
    };
  }

  /**
   * Whether the decision helped.
   *
   * @param direction which way is better
   * @param before measured before
   * @param noAction forecast without the decision, NaN for none
   * @param predicted forecast with it
   * @param after measured after
   */
  public boolean helped(
      Direction direction, double before, double noAction, double predicted, double after) {
    double reference = referenceOf(before, noAction);
    double gain = gain(direction, reference, after);
    double promised = gain(direction, noAction, predicted);
    double needed = Double.isFinite(promised) ? Math.max(0, promised * minimumGain) : 0;
    boolean tooBad = gain(direction, before, after) < -maximumLoss * Math.abs(before);
    return gain >= needed && !tooBad;
  }
}
