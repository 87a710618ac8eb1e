package io.deungdae.control.guard;

import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.Tag;

/**
 * A wish to bring one setpoint to a value. The same object may be judged in many cycles, until the
 * plant is there. Nothing about it is checked here: that is what the guards are for.
 *
 * @param source what kind of proposer it is
 * @param by the model set's id or the person's name
 * @param approvedBy the person who approved it, empty when nobody did
 * @param tag the setpoint
 * @param target where it should end, in the tag's unit
 * @param home where the decision found it, in the tag's unit, so that the way back stays within the
 *     hourly budget; NaN when there is no way back to keep open
 * @param evidence whether a model vouches for it
 * @param decision id of the decision it belongs to, empty when it belongs to none
 * @param reason why, for people
 */
public record Proposal(
    Source source,
    String by,
    String approvedBy,
    Tag tag,
    double target,
    double home,
    Evidence evidence,
    String decision,
    Label reason) {

  /** What kind of proposer it is. */
  public enum Source {
    /** The remedy of a diagnosed fault. */
    MODEL,
    /** A better working point of a sound plant. */
    OPTIMISER,
    /** A person at the console. */
    OPERATOR,
    /** A program. */
    API,
    /** The first write when the unit is taken over; it changes nothing. */
    HANDSHAKE,
    /** Going back to what was there before a decision. */
    ROLLBACK;

    /** True when a model is behind it. */
    public boolean fromModel() {
      return this == MODEL || this == OPTIMISER;
    }
  }

  /** Whether a model vouches for it. */
  public enum Evidence {
    /** It lies where the model was trained. */
    INSIDE_TRAINING,
    /** It lies outside. */
    OUTSIDE_TRAINING,
    /** No model is behind it. */
    NONE
  }
}
