package io.deungdae.collector.store;

import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Recording;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides which samples of one tag are kept.
 *
 * <p>With a deadband, the last kept value is never further from the present one than the deadband.
 * With a swinging door (E. H. Bristol, "Swinging door trending: adaptive trend recording?", ISA
 * National Conference 1990, pp. 749–754), a straight line between two kept samples passes each one
 * left out between them at no more than the door's width. Bristol's doors turn on points above and
 * below the last kept value and so promise twice the width; here both turn on that value itself,
 * and a sample may end a line only when the line to it passes all others: what is kept are samples
 * that were, with their own times.
 *
 * <p>The first sample and every change of quality are kept in any case. A sample that comes out of
 * turn is kept unless it lies where it changes nothing. Guarded by itself: the device's thread
 * offers, the intake's thread looks for what is overdue.
 */
final class Sieve {

  private final Tag tag;
  private final Recording recording;
  private final long maxIntervalUs;
  private @Nullable Sample last;
  private long lastUs;
  private long newestUs;

  /** The newest sample inside the door's reach, not kept yet; null when there is none. */
  private @Nullable Sample held;

  private long heldUs;

  // Slopes of the lines from the last kept sample that pass all since, units per microsecond.
  private double lowest;
  private double highest;

  Sieve(Tag tag) {
    this.tag = tag;
    this.recording = tag.recording();
    this.maxIntervalUs = recording.maxInterval().toNanos() / 1_000;
  }

  Tag tag() {
    return tag;
  }

  /** The sample that is held back, or null. */
  synchronized @Nullable Sample held() {
    return held;
  }

  /**
   * Takes a sample and hands on what is to be kept now, in the order of time.
   *
   * @return true when a sample is held back for now
   */
  synchronized boolean offer(Sample sample, List<Sample> kept) {
    long us = SourceTimes.bounded(sample.sourceTime());
    Sample before = last;
    if (before == null) {
      keep(sample, us, kept);
    } else if (us < newestUs) {
      late(before, sample, us, kept);
    } else if (!alike(sample.quality(), before.quality())) {
      release(kept);
      keep(sample, us, kept);
    } else {
      judge(before, sample, us, kept);
    }
    newestUs = Math.max(newestUs, us);
    return held != null;
  }

  /** A sample that came out of turn is left out only when it changes nothing. */
  private void late(Sample before, Sample sample, long us, List<Sample> kept) {
    double far = sample.asDouble() - before.asDouble();
    boolean covered = us > lastUs && alike(sample.quality(), before.quality());
    Sample end = held;
    if (covered && recording.swings()) {
      double low = Math.max(lowest, (far - recording.swing()) / (us - lastUs));
      double high = Math.min(highest, (far + recording.swing()) / (us - lastUs));
      double slope = end == null ? 0 : (end.asDouble() - before.asDouble()) / (heldUs - lastUs);
      covered = end != null && us < heldUs && slope >= low && slope <= high;
      if (covered) {
        lowest = low;
        highest = high;
      }
    } else {
      covered &= Math.abs(far) <= recording.deadband();
    }
    if (!covered) {
      kept.add(sample);
    }
  }

  private static boolean alike(Quality one, Quality other) {
    return one == other || (one.isGood() && other.isGood());
  }

  private void judge(Sample before, Sample sample, long us, List<Sample> kept) {
    double number = sample.asDouble();
    if (!Double.isFinite(number) || !Double.isFinite(before.asDouble())) {
      if (!sample.value().equals(before.value()) || us - lastUs >= maxIntervalUs) {
        keep(sample, us, kept);
      }
    } else if (recording.swings()) {
      swing(before, sample, number, us, kept);
    } else if (Math.abs(number - before.asDouble()) > recording.deadband()
        || us - lastUs >= maxIntervalUs) {
      keep(sample, us, kept);
    }
  }

  private void swing(Sample before, Sample sample, double number, long us, List<Sample> kept) {
    Sample newest = held == null ? before : held;
    if (us == newestUs && number == newest.asDouble()) {
      return; // given twice
    }
    if (us <= lastUs || (held != null && us == heldUs)) {
      release(kept); // two values at one time: no line goes through both
      keep(sample, us, kept);
      return;
    }
    double slope = (number - before.asDouble()) / (us - lastUs);
    boolean reached = slope >= lowest && slope <= highest && us - lastUs <= maxIntervalUs;
    Sample corner = before;
    if (!reached && held != null) {
      corner = held;
      release(kept);
    }
    if (us - lastUs >= maxIntervalUs) {
      keep(sample, us, kept);
      return;
    }
    narrow(corner, sample, us);
    held = sample;
    heldUs = us;
  }

  private void narrow(Sample corner, Sample sample, long us) {
    double rise = sample.asDouble() - corner.asDouble();
    double run = us - lastUs;
    lowest = Math.max(lowest, (rise - recording.swing()) / run);
    highest = Math.min(highest, (rise + recording.swing()) / run);
  }

  /** Keeps what is held back when its time has come. */
  synchronized void overdue(long nowNs, List<Sample> kept) {
    Sample before = last;
    if (held != null
        && before != null
        && nowNs - before.arrivalNs() >= recording.maxInterval().toNanos()) {
      release(kept);
    }
  }

  /** Keeps what is held back. */
  synchronized void release(List<Sample> kept) {
    Sample waiting = held;
    if (waiting != null) {
      keep(waiting, heldUs, kept);
    }
  }

  private void keep(Sample sample, long us, List<Sample> kept) {
    kept.add(sample);
    last = sample;
    lastUs = us;
    held = null;
    lowest = Double.NEGATIVE_INFINITY;
    highest = Double.POSITIVE_INFINITY;
  }
}
