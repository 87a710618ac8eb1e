package io.deungdae.collector.store;

import io.deungdae.collector.store.Rollup.End;
import org.jspecify.annotations.Nullable;

/**
 * Makes the roll-ups of one tag, from its samples by ascending time or from the roll-ups of shorter
 * periods. See {@link Rollup} for what counts. Used by one thread.
 */
final class RollupTally {

  /** How long a value stands when nothing more is heard. */
  static final long HOLD_US = 3_600_000_000L;

  private static final long NONE = -1;

  private final String tag;
  private final Period period;

  // What stands.
  private End end = End.NONE;
  private double value = Double.NaN;
  private long endUs = NONE;
  private long endSeq;

  // The period under way.
  private long us = NONE;
  private long coveredUs;
  private int samples;
  private int used;
  private double sum;
  private double weighted;
  private long heldUs;
  private double goodUs;
  private double first;
  private double low;
  private double high;
  private double last;
  private long firstUs;
  private long firstSeq;
  private long lowUs;
  private long highUs;
  private long lastUs;
  private long lastSeq;
  private long gapUs = NONE;

  RollupTally(String tag, Period period) {
    this.tag = tag;
    this.period = period;
  }

  /** A later sample, at or after all others. Returns the roll-up of a period that it ends. */
  @Nullable Rollup sample(long atUs, long seq, int quality, double number) {
    Rollup done = enter(atUs);
    cover(atUs);
    samples++;
    boolean usable = quality < 200 && Double.isFinite(number);
    if (usable) {
      use(atUs, seq, number);
    } else if (gapUs == NONE) {
      gapUs = atUs;
    }
    if (atUs != endUs || seq > endSeq) {
      End then = quality < 100 ? End.GOOD : End.UNCERTAIN;
      stand(usable ? then : End.NONE, atUs, seq, number);
    }
    return done;
  }

  private void use(long atUs, long seq, double number) {
    if (used == 0 || (atUs == firstUs && seq < firstSeq)) {
      first = number;
      firstUs = atUs;
      firstSeq = seq;
    }
    if (used == 0 || atUs != lastUs || seq > lastSeq) {
      last = number;
      lastUs = atUs;
      lastSeq = seq;
    }
    extremes(number, atUs, number, atUs);
    sum += number;
    used++;
  }

  private void extremes(double lower, long lowerUs, double upper, long upperUs) {
    if (used == 0 || lower < low) {
      low = lower;
      lowUs = lowerUs;
    }
    if (used == 0 || upper > high) {
      high = upper;
      highUs = upperUs;
    }
  }

  /** A later roll-up of a shorter period. Returns the roll-up of a period that it ends. */
  @Nullable Rollup merge(Rollup part, long partUs) {
    Rollup done = enter(part.us());
    cover(part.us());
    samples += part.samples();
    if (part.used() > 0) {
      if (used == 0) {
        first = part.first();
        firstUs = part.firstUs();
      }
      last = part.last();
      lastUs = part.lastUs();
      extremes(part.low(), part.lowUs(), part.high(), part.highUs());
      sum += part.mean() * part.used();
      used += part.used();
    }
    if (gapUs == NONE) {
      gapUs = part.gapUs();
    }
    weighted += part.heldUs() == 0 ? 0 : part.weightedMean() * part.heldUs();
    heldUs += part.heldUs();
    goodUs += part.good() * partUs;
    coveredUs = part.us() + partUs;
    stand(part);
    return done;
  }

  /** What stood at the end of a period before. */
  void stand(Rollup before) {
    stand(before.end(), before.lastUs(), 0, before.last());
  }

  private void stand(End what, long atUs, long seq, double number) {
    end = what;
    endUs = atUs;
    endSeq = seq;
    value = number;
  }

  private @Nullable Rollup enter(long atUs) {
    long start = period.floor(atUs);
    Rollup done = start == us ? null : close();
    if (us == NONE) {
      us = start;
      coveredUs = start;
    }
    return done;
  }

  private void cover(long toUs) {
    if (end != End.NONE) {
      long weight = Math.min(toUs, endUs + HOLD_US) - coveredUs;
      if (weight > 0) {
        weighted += value * weight;
        heldUs += weight;
        goodUs += end == End.GOOD ? weight : 0;
      }
    }
    coveredUs = Math.max(coveredUs, toUs);
  }

  /** Ends the period under way; null when there is none. What stands goes on standing. */
  @Nullable Rollup close() {
    if (us == NONE) {
      return null;
    }
    cover(us + period.us());
    boolean any = used > 0;
    Rollup done =
        new Rollup(
            tag,
            us,
            samples,
            used,
            any ? first : Double.NaN,
            any ? low : Double.NaN,
            any ? high : Double.NaN,
            any ? last : Double.NaN,
            any ? sum / used : Double.NaN,
            heldUs > 0 ? weighted / heldUs : Double.NaN,
            heldUs,
            goodUs / period.us(),
            any ? firstUs : NONE,
            any ? lowUs : NONE,
            any ? highUs : NONE,
            any ? lastUs : NONE,
            gapUs,
            end);
    clear();
    return done;
  }

  private void clear() {
    us = NONE;
    samples = 0;
    used = 0;
    sum = 0;
    weighted = 0;
    heldUs = 0;
    goodUs = 0;
    gapUs = NONE;
  }
}
