package io.deungdae.control.loop;

import io.deungdae.collector.signal.Tag;
import io.deungdae.control.guard.Proposal;

/**
 * A setpoint that a person or a program asks for. It goes through the same guards as those of the
 * models. Whether he may ask is settled before.
 *
 * @param source {@link Proposal.Source#OPERATOR} or {@link Proposal.Source#API}
 * @param who the person's or the program's name
 * @param tag the setpoint
 * @param value where it should go, in the tag's unit
 * @param reason why, in his own words; may be empty
 */
public record OperatorProposal(
    Proposal.Source source, String who, Tag tag, double value, String reason) {

  public OperatorProposal {
    if (source != Proposal.Source.OPERATOR && source != Proposal.Source.API) {
      throw new IllegalArgumentException("not somebody who asks: " + source);
    }
  }
}
