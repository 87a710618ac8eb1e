package io.deungdae.analytics;

import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.Tag;
import java.util.List;

/**
 * A proposal to move setpoints, and what it is expected to bring. Stays the same object, with the
 * same id, while it stands.
 *
 * @param id unique; a new one for each new proposal
 * @param fault the cause it answers, or {@code optimise} when the plant is sound and could do
 *     better
 * @param rationale why, in words for people
 * @param moves target setpoints; at least one
 * @param before objective expected if nothing is done
 * @param after objective expected with the moves
 * @param sigma standard deviation of {@code after - before}
 * @param activeConstraints names of the limits that stopped the optimiser from going further
 * @param insideTrainingRange true when all of it lies where the model was trained, or no farther
 *     outside than the site's {@code optimise.beyond} allows
 */
public record Remedy(
    String id,
    String fault,
    Label rationale,
    List<Move> moves,
    double before,
    double after,
    double sigma,
    List<String> activeConstraints,
    boolean insideTrainingRange) {

  public Remedy {
    moves = List.copyOf(moves);
    activeConstraints = List.copyOf(activeConstraints);
    if (moves.isEmpty()) {
      throw new IllegalArgumentException("a remedy moves something");
    }
  }

  /**
   * One setpoint to move.
   *
   * @param tag a writable tag
   * @param from where it is
   * @param to where it should go, in the tag's unit
   */
  public record Move(Tag tag, double from, double to) {}
}
