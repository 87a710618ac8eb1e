package io.deungdae.collector.history;

import io.deungdae.collector.signal.Value;
import java.time.Instant;

/**
 * The value of a tag at a time, or why there is none.
 *
 * @param tag its name
 * @param at the time asked for
 * @param value the value; missing when {@code how} says why not
 * @param how where it comes from
 */
public record ValueAt(String tag, Instant at, Value value, How how) {

  /** Where a value comes from, or why there is none. */
  public enum How {
    /** There is a good sample of this very time. */
    MEASURED,
    /** On the straight line between the good samples before and after. */
    LINEAR,
    /** What the good sample before said; for whole numbers, flags and text. */
    STEP,
    /** No sample before, within the limit. */
    NOTHING_BEFORE,
    /** No sample after, within the limit. */
    NOTHING_AFTER,
    /** The sample before is not good. */
    NOT_GOOD_BEFORE,
    /** The sample after is not good. */
    NOT_GOOD_AFTER,
    /** The samples before and after are further apart than the limit. */
    TOO_FAR_APART;

    /** True when there is a value. */
    public boolean isKnown() {
      return this == MEASURED || this == LINEAR || this == STEP;
    }
  }

  /** No value. */
  static ValueAt unknown(String tag, Instant at, How why) {
    return new ValueAt(tag, at, Value.missing(), why);
  }
}
