package io.deungdae.collector.driver.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Times in payloads. */
final class TimeFormatTest {

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
