package io.deungdae.collector.driver.sparkplug;

import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Value;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A tag and what was last heard of it. Used by the device's thread. */
final class Source {

  private static final int GOOD = 192;
  private static final int STALE = 500; // Sparkplug 3.0 §6.4.13
  private static final int UNCERTAIN = 64; // OPC DA's codes, which senders use

  private final SparkplugTag tag;
  private @Nullable Sample last;
  private long heard;

  Source(SparkplugTag tag) {
    this.tag = tag;
  }

  SparkplugTag tag() {
    return tag;
  }

  /** The last sample; null when there was none on this link. */
  @Nullable Sample last() {
    return last;
  }

  /** How many live values came. */
  long heard() {
    return heard;
  }

  void forget() {
    last = null;
  }

  /** A sample of a metric. */
  Sample sample(Metric metric, Optional<DataType> type, long payloadMs, Instant now, long nowNs) {
    long ms = metric.timestampMs() >= 0 ? metric.timestampMs() : payloadMs;
    Instant source = metric.timestampMs() >= 0 ? Instant.ofEpochMilli(metric.timestampMs()) : null;
    Instant server = payloadMs >= 0 ? Instant.ofEpochMilli(payloadMs) : null;
    Instant at =
        metric.historical()
            ? (ms >= 0 ? Instant.ofEpochMilli(ms) : now)
            : tag.conversion().time().choose(source == null ? server : source, server, now);
    boolean none = metric.isNull() || (metric.value() == null && type.isPresent());
    Quality told = none ? Quality.BAD_DEVICE : quality(metric.quality());
    Object raw = type.isPresent() ? type.get().read(metric.value()) : null;
    Sample sample = tag.conversion().sample(raw, told, at, now, nowNs);
    if (!metric.historical()) {
      last = sample;
      heard++;
    }
    return sample;
  }

  private static Quality quality(int code) {
    if (code == STALE) {
      return Quality.UNCERTAIN_STALE;
    }
    if (code < 0 || code >= GOOD) {
      return Quality.GOOD;
    }
    return code >= UNCERTAIN ? Quality.UNCERTAIN_DEVICE : Quality.BAD_DEVICE;
  }

  /** A sample that says there is no value; empty when that was the last word already. */
  Optional<Sample> bad(Quality why, Instant now, long nowNs) {
    if (last != null && last.quality() == why) {
      return Optional.empty();
    }
    Sample sample = Sample.bad(tag.tag(), why, now, nowNs);
    last = sample;
    return Optional.of(sample);
  }

  /** The last value as one that may be out of date; empty when there is none to speak of. */
  Optional<Sample> stale(Instant now, long nowNs) {
    Sample old = last;
    if (old == null || !old.quality().isGood() || old.value() == Value.missing()) {
      return Optional.empty();
    }
    Sample sample =
        new Sample(old.tag(), old.value(), Quality.UNCERTAIN_STALE, now, now, old.arrivalNs());
    last = sample;
    return Optional.of(sample);
  }
}
