package io.deungdae.control.guard;

import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import org.jspecify.annotations.Nullable;

/**
 * A condition of the plant without which nothing may be moved.
 *
 * @param tag where it is read
 * @param equals the value it has while moving is permitted; a flag is 0 or 1
 */
public record Interlock(Tag tag, double equals) {

  /** Why moving is not permitted in this situation, or null when it is. */
  public @Nullable Reason standing(Situation situation, long maxAgeNs) {
    Sample sample = situation.sample(tag);
    if (sample == null || !situation.usable(tag, maxAgeNs)) {
      return Reason.of(Grounds.INTERLOCK_UNKNOWN, tag);
    }
    return sample.asDouble() == equals
        ? null
        : new Reason(Grounds.INTERLOCK, tag, sample.asDouble(), equals);
  }
}
