package io.deungdae.collector.store;

import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Decides which time a sample is stored under. A source time too far from the arrival is that of a
 * broken clock; the arrival time takes its place and a good sample becomes uncertain.
 */
final class SourceTimes {

  private static final long MICROS = 1_000_000;
  private static final long NANOS = 1_000;

  private final long behindUs;
  private final long aheadUs;
  private final AtomicLong retimed = new AtomicLong();

  SourceTimes(Duration behind, Duration ahead) {
    this.behindUs = behind.toNanos() / 1_000;
    this.aheadUs = ahead.toNanos() / 1_000;
  }

  /** True when the source time can be the sample's time. */
  boolean believes(Sample sample) {
    if (outsideCentury(sample.sourceTime())) {
      return false;
    }
    if (sample.quality() == Quality.GOOD_IMPORTED) {
      return true; // a person has said that it is of the past; no device can
    }
    long offUs = micros(sample.sourceTime()) - micros(sample.arrivalTime());
    return offUs <= aheadUs && offUs >= -behindUs;
  }

  /** The time to store under, microseconds since 1970. */
  long micros(Sample sample, boolean believed) {
    if (!believed) {
      retimed.incrementAndGet();
    }
    return Math.max(0, micros(believed ? sample.sourceTime() : sample.arrivalTime()));
  }

  /** The quality to store. */
  static Quality quality(Sample sample, boolean believed) {
    return !believed && sample.quality().isGood() ? Quality.UNCERTAIN_TIME : sample.quality();
  }

  long retimed() {
    return retimed.get();
  }

  private static boolean outsideCentury(Instant time) {
    // Also keeps the arithmetic inside 64 bits, whatever a device sends.
    return time.getEpochSecond() < 0 || time.getEpochSecond() > 4_102_444_800L; // 2100-01-01
  }

  /** Microseconds since 1970, of a time outside the years 1970 to 2100 the nearer end. */
  static long bounded(Instant time) {
    return outsideCentury(time)
        ? (time.getEpochSecond() < 0 ? 0 : 4_102_444_800_000_000L)
        : micros(time);
  }

  static long micros(Instant time) {
    return time.getEpochSecond() * MICROS + time.getNano() / NANOS;
  }

  static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * NANOS);
  }
}
