package io.deungdae.collector.driver.modbus;

import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.Value;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One tag in the device's map.
 *
 * @param tag the tag
 * @param address where it begins
 * @param encoding how it lies there
 * @param scale factor from raw to the tag's unit
 * @param offset added after scaling
 * @param period how often it is read
 * @param charset of text
 */
record Point(
    Tag tag,
    Address address,
    Encoding encoding,
    double scale,
    double offset,
    Duration period,
    Charset charset) {

  /** Room for the last bit of a product when a difference is exactly the tolerance. */
  private static final double ROUNDING = 1e-9;

  Table table() {
    return address.table();
  }

  /** First cell it takes. */
  int start() {
    return address.start();
  }

  /** One after the last cell it takes. */
  int end() {
    return address.start() + cells();
  }

  /** How many cells it takes. */
  int cells() {
    return table().isBits() ? 1 : encoding.registers();
  }

  /** Reads its sample out of cells read from the device at {@code now}. */
  Sample sample(int[] cells, int from, Instant now, long nowNs) {
    if (encoding.type() == WireType.STRING) {
      Value text = Value.of(new String(encoding.bytes(cells, from), charset).strip());
      return new Sample(tag, text, Quality.GOOD, now, now, nowNs);
    }
    long bits = bits(cells, from);
    return switch (tag.kind()) {
      case FLAG -> new Sample(tag, Value.of(bits != 0), Quality.GOOD, now, now, nowNs);
      case WHOLE -> whole(bits, now, nowNs);
      case NUMBER, TEXT -> number(bits, now, nowNs);
    };
  }

  private long bits(int[] cells, int from) {
    if (table().isBits()) {
      return cells[from];
    }
    long bits = encoding.bits(cells, from);
    return address.isRegisterBit() ? (bits >>> address.bit()) & 1 : bits;
  }

  private Sample whole(long bits, Instant now, long nowNs) {
    OptionalLong raw = encoding.type().whole(bits);
    if (raw.isEmpty()) {
      return Sample.bad(tag, Quality.BAD_MALFORMED, now, nowNs);
    }
    long whole = raw.getAsLong() + (long) offset;
    Quality quality = tag.range().contains((double) whole) ? Quality.GOOD : Quality.UNCERTAIN_RANGE;
    return new Sample(tag, Value.of(whole), quality, now, now, nowNs);
  }

  private Sample number(long bits, Instant now, long nowNs) {
    double raw = encoding.type().number(bits);
    boolean notDecimal = Double.isNaN(raw) && encoding.type().isWhole();
    return notDecimal
        ? Sample.bad(tag, Quality.BAD_MALFORMED, now, nowNs)
        : Sample.number(tag, raw * scale + offset, now, now, nowNs);
  }

  /** The value in cells read back, in the tag's unit; NaN when it is no number. */
  double value(int[] cells, int from) {
    double raw =
        address.isRegisterBit() || table().isBits()
            ? bits(cells, from)
            : encoding.type().number(encoding.bits(cells, from));
    return raw * scale + offset;
  }

  /**
   * The raw bits of a value in the tag's unit; empty when the type cannot hold it, or only
   * something further from it than the tag's tolerance.
   */
  OptionalLong raw(double value) {
    OptionalLong bits = encoding.type().bits((value - offset) / scale);
    if (bits.isEmpty()) {
      return bits;
    }
    double held = encoding.type().number(bits.getAsLong()) * scale + offset;
    double tolerance = tag.write() == null ? 0 : tag.write().tolerance();
    return Math.abs(held - value) <= tolerance * (1 + ROUNDING) ? bits : OptionalLong.empty();
  }

  /** Why the point cannot be written at all, if it cannot. */
  Optional<String> whyReadOnly() {
    if (!table().isWritable()) {
      return Optional.of(table().prefix() + " cannot be written in Modbus");
    }
    return tag.kind() == Kind.TEXT ? Optional.of("text is not written") : Optional.empty();
  }
}
