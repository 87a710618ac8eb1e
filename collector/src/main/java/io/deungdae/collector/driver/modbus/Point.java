package io.deungdae.collector.driver.modbus;

import io.deungdae.collector.driver.scan.Placed;
import io.deungdae.collector.driver.scan.Scaling;
import io.deungdae.collector.driver.scan.WireType;
import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.Value;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One tag in the device's map.
 *
 * @param tag the tag
 * @param address where it begins
 * @param encoding how it lies there
 * @param scaling from raw to the tag's unit
 * @param period how often it is read
 * @param charset of text
 */
record Point(
    Tag tag, Address address, Encoding encoding, Scaling scaling, Duration period, Charset charset)
    implements Placed {

  Table table() {
    return address.table();
  }

  @Override
  public int area() {
    return table().prefix().charAt(0);
  }

  @Override
  public int start() {
    return address.start();
  }

  @Override
  public int end() {
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
    return scaling.sample(tag, encoding.type(), bits(cells, from), now, nowNs);
  }

  private long bits(int[] cells, int from) {
    if (table().isBits()) {
      return cells[from];
    }
    long bits = encoding.bits(cells, from);
    return address.isRegisterBit() ? (bits >>> address.bit()) & 1 : bits;
  }

  /** Why a sample that was read is not good, in words that help to mend it. */
  String why(Quality quality) {
    String type = encoding.type().name().toLowerCase(Locale.ROOT);
    if (quality == Quality.BAD_NOT_FINITE) {
      return "no finite number as " + type + "; look at the order of words";
    }
    if (quality == Quality.BAD_MALFORMED) {
      return type.startsWith("bcd") ? "a digit above 9 in " + type : "beyond 63 bits as " + type;
    }
    return quality == Quality.UNCERTAIN_RANGE
        ? "outside " + tag.range().low() + " to " + tag.range().high()
        : quality.name();
  }

  /** The value in cells read back, in the tag's unit; NaN when it is no number. */
  double value(int[] cells, int from) {
    return scaling.value(encoding.type(), bits(cells, from));
  }

  /**
   * The raw bits of a value in the tag's unit; empty when the type cannot hold it, or only
   * something further from it than the tag's tolerance.
   */
  OptionalLong raw(double value) {
    return scaling.raw(tag, encoding.type(), value);
  }

  /** Why the point cannot be written at all, if it cannot. */
  Optional<String> whyReadOnly() {
    if (!table().isWritable()) {
      return Optional.of(table().prefix() + " cannot be written in Modbus");
    }
    return tag.kind() == Kind.TEXT ? Optional.of("text is not written") : Optional.empty();
  }
}
