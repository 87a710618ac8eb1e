package io.deungdae.control.guard;

import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import org.jspecify.annotations.Nullable;

/**
 * What the loop remembers of one setpoint: whether it holds it, what it wrote last and how much of
 * the hourly budget is spent. Written by the loop, read by the guards, both on the control thread.
 */
public final class TagMemory {

  private final Tag tag;
  private final MoveBudget budget = new MoveBudget();
  private boolean held;
  private double standing = Double.NaN;
  private double attempted = Double.NaN;
  private long confirmedNs;
  private long writtenNs;
  private boolean everWritten;

  /** Of a writable tag, not held. */
  public TagMemory(Tag tag) {
    this.tag = tag;
  }

  /** The setpoint. */
  public Tag tag() {
    return tag;
  }

  /** A value goes out: the rate counts from now, and the budget is charged with the distance. */
  public void wrote(double value, double present, long nowNs) {
    writtenNs = nowNs;
    everWritten = true;
    budget.spend(Math.abs(value - present), nowNs);
  }

  /** The device holds {@code readBack}. From now on the setpoint is ours. */
  public void confirmed(double readBack, long atNs) {
    held = true;
    standing = readBack;
    attempted = Double.NaN;
    confirmedNs = atNs;
  }

  /** The link failed while {@code value} was on its way: the plant may have it or not. */
  public void doubt(double value) {
    attempted = value;
  }

  /** The setpoint is not ours any more. The budget stays. */
  public void release() {
    held = false;
    standing = Double.NaN;
    attempted = Double.NaN;
  }

  /** True while the setpoint is ours. */
  public boolean held() {
    return held;
  }

  /** What the device read back last; NaN when the setpoint is not ours. */
  public double standing() {
    return standing;
  }

  /** True when a plant that shows {@code value} has what we wrote, within {@code allowed}. */
  public boolean ours(double value, double allowed) {
    return Math.abs(value - standing) <= allowed || Math.abs(value - attempted) <= allowed;
  }

  /** When a value last went out, monotonic; meaningless before the first. */
  public long writtenNs() {
    return writtenNs;
  }

  /** True when a value went out less than {@code intervalNs} ago. */
  public boolean writtenWithin(long intervalNs, long nowNs) {
    return everWritten && nowNs - writtenNs < intervalNs;
  }

  /** How far it was moved within the last hour. */
  public double spent(long nowNs) {
    return budget.spent(nowNs);
  }

  /**
   * What the plant has: what it says itself when that is younger than our last confirmed write,
   * else that write; NaN when neither is known.
   */
  public double present(@Nullable Sample sample) {
    if (held && !tellsMore(sample)) {
      return standing;
    }
    return sample == null || sample.quality().isBad() ? Double.NaN : sample.asDouble();
  }

  /** True when the setpoint is ours and the sample is younger than our last confirmed write. */
  public boolean tellsMore(@Nullable Sample sample) {
    return held
        && sample != null
        && !sample.quality().isBad()
        && sample.arrivalNs() - confirmedNs > 0;
  }
}
