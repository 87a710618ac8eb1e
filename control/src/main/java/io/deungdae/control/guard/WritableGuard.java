package io.deungdae.control.guard;

import io.deungdae.collector.signal.Tag;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Refuses what is not a writable manipulated variable of the unit, the heartbeat included. */
record WritableGuard(Set<Tag> manipulated) implements Guard {

  @Override
  public String name() {
    return "writable";
  }

  @Override
  public @Nullable Verdict judge(Proposal proposal, double value, Situation situation) {
    Tag tag = proposal.tag();
    if (!tag.writable()) {
      return new Verdict.Refused(value, Reason.of(Grounds.NOT_WRITABLE, tag));
    }
    return manipulated.contains(tag)
        ? null
        : new Verdict.Refused(value, Reason.of(Grounds.NOT_MANIPULATED, tag));
  }
}
