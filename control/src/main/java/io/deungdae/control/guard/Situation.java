package io.deungdae.control.guard;

import io.deungdae.analytics.Judgement;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The plant and one unit's loop in one control cycle, as the guards see them. One object serves all
 * cycles; the loop fills it anew at the start of each. Used by the control thread.
 */
public final class Situation {

  private final @Nullable Sample[] samples;
  private final @Nullable TagMemory[] memories;
  private long nowNs;
  private Mode mode = Mode.OBSERVE;
  private Engagement engagement = Engagement.STANDBY;
  private Judgement.@Nullable State model;

  /**
   * Of a process image and the setpoints of a unit.
   *
   * @param samples the loop's copy of the board, by tag index; filled by the loop each cycle
   * @param memories of each of the unit's setpoints
   */
  // The array is the process image itself; copying it each cycle would be the opposite of its use.
  public Situation(@Nullable Sample[] samples, Collection<TagMemory> memories) {
    this.samples = samples;
    this.memories = new @Nullable TagMemory[samples.length];
    for (TagMemory memory : memories) {
      this.memories[memory.tag().index()] = memory;
    }
  }

  /** Begins a cycle at {@code nowNs}; {@code model} is null while there is no judgement. */
  public void begin(long nowNs, Mode mode, Engagement engagement, Judgement.@Nullable State model) {
    this.nowNs = nowNs;
    this.mode = mode;
    this.engagement = engagement;
    this.model = model;
  }

  /** Monotonic time of the cycle. */
  public long nowNs() {
    return nowNs;
  }

  /** The mode in force. */
  public Mode mode() {
    return mode;
  }

  /** How far the unit is in our hands. */
  public Engagement engagement() {
    return engagement;
  }

  /** What the unit's model is worth, or null while there is no judgement. */
  public Judgement.@Nullable State model() {
    return model;
  }

  /** The cycle's sample of a tag, or null when there is none yet. */
  public @Nullable Sample sample(Tag tag) {
    return samples[tag.index()];
  }

  /** What the loop remembers of a setpoint, or null when it is none of the unit's. */
  public @Nullable TagMemory memory(Tag tag) {
    return memories[tag.index()];
  }

  /** What the plant has the setpoint at, in the tag's unit; NaN when it is not known. */
  public double present(Tag tag) {
    TagMemory memory = memory(tag);
    return memory == null ? Double.NaN : memory.present(sample(tag));
  }

  /** True when the tag has a good value that is at most {@code maxAgeNs} old. */
  public boolean usable(Tag tag, long maxAgeNs) {
    Sample sample = sample(tag);
    return sample != null && sample.quality().isGood() && sample.ageNs(nowNs) <= maxAgeNs;
  }

  /** True when the tag has a usable value that is not zero. */
  public boolean on(Tag tag, long maxAgeNs) {
    Sample sample = sample(tag);
    return sample != null && usable(tag, maxAgeNs) && sample.asDouble() != 0;
  }

  /**
   * Why we believe that somebody else has set this setpoint of ours, or null when nobody has.
   *
   * @param share share of the setpoint's range by which the plant may differ from what we wrote,
   *     beyond the tag's own tolerance
   */
  public @Nullable Reason override(Tag tag, double share) {
    TagMemory memory = memory(tag);
    Sample sample = sample(tag);
    if (memory == null || sample == null || !memory.tellsMore(sample)) {
      return null;
    }
    double found = sample.asDouble();
    double allowed = tag.writePolicy().tolerance() + share * tag.writePolicy().range().width();
    return memory.ours(found, allowed)
        ? null
        : new Reason(Grounds.OVERRIDDEN, tag, found, memory.standing());
  }
}
