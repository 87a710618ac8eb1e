package io.deungdae.collector.driver.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Times in payloads. */
final class TimeFormatTest {

  private static Optional<Instant> text(String text, @Nullable ZoneId zone) {
    return TimeFormat.AUTO.read(new TextNode(text), zone);
  }

  @Test
  void aNumbersSizeTellsItsUnit() {
    Instant at = Instant.parse("2023-11-14T22:13:20.123456789Z");
    assertEquals(Optional.of(at), TimeFormat.AUTO.read(new LongNode(1700000000123456789L)));
    assertEquals(
        Optional.of(at.minusNanos(789)), TimeFormat.AUTO.read(new LongNode(1700000000123456L)));
    assertEquals(
        Optional.of(at.minusNanos(789)),
        TimeFormat.EPOCH_US.read(new TextNode("1700000000123456")));
    assertEquals(Optional.of(at), TimeFormat.EPOCH_NS.read(new TextNode("1700000000123456789")));
    assertEquals(
        Optional.of(at.minusNanos(789)),
        TimeFormat.AUTO.read(new DecimalNode(new BigDecimal("1700000000123.456"))));
    assertEquals(Optional.empty(), TimeFormat.AUTO.read(new TextNode("17000000001234567890")));
  }

  @Test
  void aTextWithoutAnOffsetIsATimeOnlyWhereTheZoneIsKnown() {
    ZoneId seoul = ZoneId.of("Asia/Seoul");
    Optional<Instant> at = Optional.of(Instant.parse("2023-11-14T22:13:20.5Z"));
    assertEquals(Optional.empty(), text("2023-11-15T07:13:20.5", null));
    assertEquals(at, text("2023-11-15T07:13:20.5", seoul));
    assertEquals(at, text("2023-11-15 07:13:20.500", seoul));
    assertEquals(at, text("2023/11/15 07:13:20,5", seoul));
    assertEquals(at, text("2023-11-14 22:13:20.5Z", seoul));
    assertEquals(at, text("2023-11-15T07:13:20.5+0900", null));
    assertEquals(at, text("2023-11-15T07:13:20.5 +09", null));
    assertEquals(Optional.empty(), text("2023-02-30T07:13:20", seoul));
    assertEquals(Optional.empty(), text("15.11.2023 07:13:20", seoul));
  }

  @Test
  void aLeapSecondIsATime() {
    Instant after = Instant.parse("2017-01-01T00:00:00.250Z");
    assertEquals(
        after, TimeFormat.AUTO.read(new TextNode("2016-12-31T23:59:60.250Z")).orElseThrow());
    assertEquals(
        after, TimeFormat.ISO.read(new TextNode("2017-01-01T08:59:60.25+09:00")).orElseThrow());
    assertTrue(TimeFormat.ISO.read(new TextNode("2016-12-31T23:59:61Z")).isEmpty());
  }
}
