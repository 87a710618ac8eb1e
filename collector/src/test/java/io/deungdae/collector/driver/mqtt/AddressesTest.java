package io.deungdae.collector.driver.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AddressesTest {

  private static final String DOCUMENT =
      "{\"a\":{\"b\":[10,{\"c\":20}]},\"key.with.dots\":{\"x\":30},\"한글\":40}";

  private static String at(String path) throws IOException {
    JsonNode document = new ObjectMapper().readTree(DOCUMENT);
    return JsonPath.parse(path).orElseThrow().in(document).toString();
  }

  @Test
  void pathsReachKeysIndexesAndQuotedKeys() throws IOException {
    assertEquals("10", at("a.b[0]"));
    assertEquals("20", at("a.b[1].c"));
    assertEquals("30", at("\"key.with.dots\".x"));
    assertEquals("40", at("한글"));
    assertEquals("", at("a.nothing.here"));
    assertEquals("", at("a.b[7]"));
  }

  private static List<String> all(String path, String json) throws IOException {
    JsonNode document = new ObjectMapper().readTree(json);
    return JsonPath.parse(path).orElseThrow().all(document).stream()
        .map(JsonNode::toString)
        .toList();
  }

  @Test
  void pathsMayBeWrittenAsJsonPath() throws IOException {
    assertEquals("10", at("$.a.b[0]"));
    assertEquals("20", at("$['a']['b'][-1].c"));
    assertEquals("30", at("$[\"key.with.dots\"].x"));
    assertEquals(DOCUMENT, at("$"));
    assertEquals("", at("a.b[-3]"));
  }

  @Test
  void pathsMayLeadToManyNodes() throws IOException {
    String readings = "{\"r\":[{\"v\":1},{\"v\":2},{\"w\":3}]}";
    assertEquals(List.of("1", "2"), all("$.r[*].v", readings));
    assertEquals(List.of("1", "2", "3"), all("r[*].*", readings));
    String pairs =
        "{\"metrics\":[{\"name\":\"a b\",\"value\":1,\"id\":7,\"ok\":true},"
            + "{\"name\":\"p(kW)\",\"value\":2,\"id\":8.0,\"ok\":false,\"d\":{\"x y\":\"z\"}}]}";
    assertEquals(List.of("2"), all("$.metrics[?(@.name=='p(kW)')].value", pairs));
    assertEquals(List.of("1"), all("metrics[?( @.name != \"p(kW)\" )].value", pairs));
    assertEquals(List.of("2"), all("metrics[?(@.id==8)].value", pairs));
    assertEquals(List.of("2"), all("metrics[?(@.ok==false)].value", pairs));
    assertEquals(List.of("2"), all("metrics[?(@.d['x y']=='z')].value", pairs));
    assertEquals(List.of(), all("metrics[?(@.nothing=='x')].value", pairs));
  }

  @Test
  void brokenPathsAreNoPaths() {
    for (String wrong :
        List.of(".a", "a..b", "a[", "a[x]", "a.", "a\"b", "$..a", "a[?(@.b)]", "a[1:2]")) {
      assertTrue(JsonPath.parse(wrong).isEmpty(), wrong);
    }
  }

  @Test
  void anAddressIsATopicAndAPath() {
    TopicAddress address = TopicAddress.parse("plant/meters/furnace#power_kw").orElseThrow();
    assertEquals("plant/meters/furnace", address.topic());
    assertEquals(new JsonPath(List.of(new JsonPath.Key("power_kw"))), address.value());
    assertTrue(TopicAddress.parse("plant/temperature").orElseThrow().value().isWhole());
    assertTrue(TopicAddress.parse("plant/temperature#").orElseThrow().value().isWhole());
    TopicAddress timed = TopicAddress.parse("line/log#csv:2 @ csv:when").orElseThrow();
    assertEquals(new Column(2, ""), timed.value());
    assertEquals(new Column(-1, "when"), timed.time());
    assertTrue(TopicAddress.parse("line/log#a @ b[").isEmpty());
    assertTrue(TopicAddress.parse("plant/+/x#y").isEmpty());
    assertTrue(TopicAddress.parse("#x").isEmpty());
  }

  private static Optional<Instant> time(TimeFormat format, JsonNode node) {
    return format.read(node);
  }

  @Test
  void timesAreReadAsTheyAreWritten() {
    JsonNodeFactory json = JsonNodeFactory.instance;
    Instant expected = Instant.parse("2023-11-14T22:13:20.5Z");
    JsonNode milliseconds = json.numberNode(1700000000500L);
    JsonNode seconds = json.numberNode(new java.math.BigDecimal("1700000000.5"));
    JsonNode text = json.textNode("2023-11-15T07:13:20.5+09:00");
    assertEquals(Optional.of(expected), time(TimeFormat.AUTO, milliseconds));
    assertEquals(Optional.of(expected), time(TimeFormat.AUTO, seconds));
    assertEquals(Optional.of(expected), time(TimeFormat.AUTO, text));
    assertEquals(Optional.of(expected), time(TimeFormat.AUTO, json.textNode("1700000000500")));
    assertEquals(Optional.of(expected), time(TimeFormat.EPOCH_S, seconds));
    assertEquals(Optional.of(expected), time(TimeFormat.EPOCH_MS, milliseconds));
    assertEquals(Optional.of(expected), time(TimeFormat.ISO, text));
    assertEquals(Optional.empty(), time(TimeFormat.ISO, milliseconds));
    assertEquals(Optional.empty(), time(TimeFormat.AUTO, json.textNode("yesterday")));
    assertEquals(Optional.empty(), time(TimeFormat.AUTO, json.booleanNode(true)));
    assertEquals(Optional.empty(), time(TimeFormat.EPOCH_S, json.textNode("1e999999999")));
  }
}
