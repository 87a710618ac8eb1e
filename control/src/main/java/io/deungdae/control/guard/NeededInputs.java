package io.deungdae.control.guard;

import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The inputs without which a unit is not moved: each must be there, young, good and, where it is
 * known to be never quite still, not frozen. Used by the control thread; {@link #observe} comes
 * first in each cycle.
 */
public final class NeededInputs {

  private final Tag[] tags;
  private final boolean[] restless;
  private final double[] lastValue;
  private final long[] changedNs;
  private final long maxAgeNs;
  private final long frozenAfterNs;

  /**
   * The inputs.
   *
   * @param tags all that are needed
   * @param restless those of them that a living sensor never reports twice the same for long
   * @param maxAgeNs greatest age
   * @param frozenAfterNs how long a restless one may stay the same
   */
  public NeededInputs(List<Tag> tags, Collection<Tag> restless, long maxAgeNs, long frozenAfterNs) {
    this.tags = tags.toArray(Tag[]::new);
    this.restless = new boolean[this.tags.length];
    this.lastValue = new double[this.tags.length];
    this.changedNs = new long[this.tags.length];
    this.maxAgeNs = maxAgeNs;
    this.frozenAfterNs = frozenAfterNs;
    for (int i = 0; i < this.tags.length; i++) {
      this.restless[i] = restless.contains(this.tags[i]);
      lastValue[i] = Double.NaN;
    }
  }

  /** Greatest age of an input, in nanoseconds. */
  public long maxAgeNs() {
    return maxAgeNs;
  }

  /** Looks at this cycle's values. */
  public void observe(Situation situation) {
    for (int i = 0; i < tags.length; i++) {
      Sample sample = situation.sample(tags[i]);
      double value = sample == null ? Double.NaN : sample.asDouble();
      if (value != lastValue[i]) {
        lastValue[i] = value;
        changedNs[i] = situation.nowNs();
      }
    }
  }

  /** The first input that is missing or too old, or null. */
  public @Nullable Reason stale(Situation situation) {
    for (Tag tag : tags) {
      Reason reason = stale(tag, situation);
      if (reason != null) {
        return reason;
      }
    }
    return null;
  }

  /** Why this tag is missing or too old, or null. */
  public @Nullable Reason stale(Tag tag, Situation situation) {
    Sample sample = situation.sample(tag);
    if (sample == null) {
      return Reason.of(Grounds.INPUT_MISSING, tag);
    }
    long ageNs = sample.ageNs(situation.nowNs());
    return ageNs > maxAgeNs
        ? new Reason(Grounds.INPUT_STALE, tag, ageNs / 1e9, maxAgeNs / 1e9)
        : null;
  }

  /** The first input that is not good or frozen, or null. */
  public @Nullable Reason poor(Situation situation) {
    for (int i = 0; i < tags.length; i++) {
      Sample sample = situation.sample(tags[i]);
      if (sample != null && !sample.quality().isGood()) {
        return new Reason(Grounds.INPUT_NOT_GOOD, tags[i], sample.quality().code(), 0);
      }
      long stillNs = situation.nowNs() - changedNs[i];
      if (restless[i] && stillNs > frozenAfterNs) {
        return new Reason(Grounds.INPUT_FROZEN, tags[i], stillNs / 1e9, frozenAfterNs / 1e9);
      }
    }
    return null;
  }

  /** The first thing wrong with the inputs, or null when all are well. */
  public @Nullable Reason trouble(Situation situation) {
    Reason stale = stale(situation);
    return stale != null ? stale : poor(situation);
  }
}
