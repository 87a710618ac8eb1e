package io.deungdae.collector.driver.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.junit.jupiter.api.Test;

/** Payloads as nobody should send them. */
class PayloadTest {

  private static final Charset CP949 = Charset.forName("x-windows-949");

  private static List<JsonNode> find(String place, byte[] payload, Charset charset)
      throws Payload.Malformed {
    return new Payload(payload, charset, CSVFormat.DEFAULT).find(Place.parse(place).orElseThrow());
  }

  private static JsonNode first(String place, String payload) throws Payload.Malformed {
    return find(place, payload.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).get(0);
  }

  private static String trouble(String place, String payload) {
    return String.valueOf(
        assertThrows(Payload.Malformed.class, () -> first(place, payload)).getMessage());
  }

  @Test
  void depthWithoutEndIsRefusedAndTakesNoStack() {
    assertTrue(trouble("a", "[".repeat(1_000_000)).startsWith("not JSON"));
    assertTrue(trouble("a", "{\"a\":".repeat(100_000) + "1").startsWith("not JSON"));
  }

  @Test
  void aLargeDocumentIsRead() throws Payload.Malformed {
    String many = "{\"r\":[" + "{\"v\":1.25},".repeat(300_000) + "{\"v\":7}],\"w\":3}";
    assertEquals(7, first("$.r[-1].v", many).asInt());
    assertEquals(3, first("w", many).asInt());
  }

  @Test
  void numbersBeyondAnyRangeAreNoFiniteOnes() throws Payload.Malformed {
    assertEquals(Double.POSITIVE_INFINITY, first("v", "{\"v\":1e400}").doubleValue());
    assertEquals(
        Double.POSITIVE_INFINITY,
        first("v", "{\"v\":" + "9".repeat(400) + "}").numberValue().doubleValue());
    assertTrue(trouble("v", "{\"v\":" + "9".repeat(100_000) + "}").startsWith("not JSON"));
    assertTrue(trouble("v", "{\"v\":NaN}").startsWith("not JSON"));
    assertTrue(trouble("v", "{\"v\":1} {\"v\":2}").startsWith("not JSON"), "two documents");
  }

  @Test
  void ofAKeyThatComesTwiceTheLastCounts() throws Payload.Malformed {
    assertEquals(2, first("v", "{\"v\":1,\"v\":2}").asInt());
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheValue() throws Payload.Malformed {
    assertEquals("5", first("csv:power", "\uFEFFpower,at\n5,1\n").asText());
    assertEquals(5, first("v", "\uFEFF{\"v\":5}").asInt());
    assertEquals("기어 A", first("", "\uFEFF기어 A").asText());
  }

  @Test
  void jsonThatIsNotUtf8IsReadInTheDevicesOwnCharset() throws Payload.Malformed {
    byte[] korean = "{\"품목\":\"기어 A\",\"v\":1}".getBytes(CP949);
    assertEquals("기어 A", find("품목", korean, CP949).get(0).asText());
    assertThrows(Payload.Malformed.class, () -> find("v", korean, StandardCharsets.UTF_8));
    byte[] utf8 = "{\"v\":\"기어\"}".getBytes(StandardCharsets.UTF_8);
    assertEquals("기어", find("v", utf8, CP949).get(0).asText());
  }
}
