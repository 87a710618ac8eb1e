package io.deungdae.collector.driver.modbus;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.driver.Tags;
import io.deungdae.collector.driver.scan.Scaling;
import io.deungdae.collector.driver.scan.WireType;
import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.Range;
import io.deungdae.collector.signal.Tag;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Points for tests; all writable, tolerance 0.5. */
final class Points {

  private Points() {}

  static Point point(int index, String address, String type, double scale, double offset) {
    return point(index, address, type, scale, offset, 100);
  }

  static Point point(
      int index, String address, String type, double scale, double offset, long periodMs) {
    Encoding encoding = present(Encoding.parse(type, Order.ABCD));
    Kind kind = kind(encoding.type(), scale);
    Tag tag = Tags.tag(index, "t" + index, kind, Tags.policy(new Range(-1e30, 1e30), Double.NaN));
    return new Point(
        tag,
        present(Address.parse(address, 0)),
        encoding,
        new Scaling(scale, offset),
        Duration.ofMillis(periodMs),
        StandardCharsets.UTF_8);
  }

  private static Kind kind(WireType type, double scale) {
    if (type == WireType.BOOL) {
      return Kind.FLAG;
    }
    if (type == WireType.STRING) {
      return Kind.TEXT;
    }
    return type.isWhole() && scale == 1 ? Kind.WHOLE : Kind.NUMBER;
  }

  static <T> T present(Optional<T> optional) {
    assertTrue(optional.isPresent());
    return optional.orElseThrow();
  }
}
