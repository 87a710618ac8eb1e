package io.deungdae.collector.driver.scan;

import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.Value;
import io.deungdae.collector.signal.WritePolicy;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * The way from bits on the wire to a sample in the tag's unit, and back.
 *
 * @param scale factor from raw to the tag's unit; never 0
 * @param offset added after scaling, in the tag's unit
 */
public record Scaling(double scale, double offset) {

  /** A sample of the bits of a value that was read at {@code now}. Not for strings. */
  public Sample sample(Tag tag, WireType type, long bits, Instant now, long nowNs) {
    return switch (tag.kind()) {
      case FLAG -> new Sample(tag, Value.of(bits != 0), Quality.GOOD, now, now, nowNs);
      case WHOLE -> whole(tag, type, bits, now, nowNs);
      case NUMBER, TEXT -> number(tag, type, bits, now, nowNs);
    };
  }

  private Sample whole(Tag tag, WireType type, long bits, Instant now, long nowNs) {
    OptionalLong raw = type.whole(bits);
    long more = (long) offset;
    long whole = raw.orElse(0) + more;
    boolean wrapped = more < 0 ? whole > raw.orElse(0) : whole < raw.orElse(0);
    if (raw.isEmpty() || wrapped) {
      return Sample.bad(tag, Quality.BAD_MALFORMED, now, nowNs);
    }
    Quality quality = tag.range().contains((double) whole) ? Quality.GOOD : Quality.UNCERTAIN_RANGE;
    return new Sample(tag, Value.of(whole), quality, now, now, nowNs);
  }

  private Sample number(Tag tag, WireType type, long bits, Instant now, long nowNs) {
    double raw = type.number(bits);
    boolean notDecimal = Double.isNaN(raw) && type.isWhole();
    return notDecimal
        ? Sample.bad(tag, Quality.BAD_MALFORMED, now, nowNs)
        : Sample.number(tag, raw * scale + offset, now, now, nowNs);
  }

  /** The value of the bits in the tag's unit; NaN when they are no number. */
  public double value(WireType type, long bits) {
    return type.number(bits) * scale + offset;
  }

  /**
   * The bits of a value in the tag's unit; empty when the type cannot hold it, or only something
   * further from it than the tag's tolerance.
   */
  public OptionalLong raw(Tag tag, WireType type, double value) {
    OptionalLong bits = type.bits((value - offset) / scale);
    if (bits.isEmpty()) {
      return bits;
    }
    double held = value(type, bits.getAsLong());
    WritePolicy policy = tag.write();
    boolean near = policy == null ? held == value : policy.isSame(value, held);
    return near ? bits : OptionalLong.empty();
  }
}
