package io.deungdae.collector.driver.xgt;

import io.deungdae.collector.driver.scan.Placed;
import io.deungdae.collector.driver.scan.Scaling;
import io.deungdae.collector.driver.scan.WireType;
import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.Value;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One tag in the PLC's memory.
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

  private static final int CONTACTS = 0x100; // apart from the current values of the same letter

  @Override
  public int area() {
    return address.contact() ? address.area() + CONTACTS : address.area();
  }

  @Override
  public int start() {
    return address.start();
  }

  @Override
  public int end() {
    return address.start() + encoding.bytes();
  }

  /** Reads its sample out of bytes read from the PLC at {@code now}. */
  Sample sample(ByteBuffer memory, int from, Instant now, long nowNs) {
    if (encoding.type() == WireType.STRING) {
      Value text = Value.of(new String(encoding.text(memory, from), charset).strip());
      return new Sample(tag, text, Quality.GOOD, now, now, nowNs);
    }
    return scaling.sample(tag, encoding.type(), bits(memory, from), now, nowNs);
  }

  private long bits(ByteBuffer memory, int from) {
    long bits = encoding.bits(memory, from);
    return address.bit() == Address.WHOLE ? bits : (bits >>> address.bit()) & 1;
  }

  /** The value in bytes read back, in the tag's unit; NaN when it is no number. */
  double value(ByteBuffer memory, int from) {
    return scaling.value(encoding.type(), bits(memory, from));
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
    if (address.contact()) {
      return Optional.of("the contact of a timer or counter belongs to the PLC");
    }
    if (address.area() == 'F') {
      return Optional.of("area F holds the PLC's own flags");
    }
    if (address.area() == 'U') {
      return Optional.of("area U holds the modules' own memory");
    }
    return tag.kind() == Kind.TEXT ? Optional.of("text is not written") : Optional.empty();
  }
}
