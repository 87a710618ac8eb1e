package io.deungdae.collector.driver.sparkplug;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.driver.Browser;
import io.deungdae.collector.driver.DeviceAgent;
import io.deungdae.collector.driver.DeviceCounters;
import io.deungdae.collector.driver.LinkState;
import io.deungdae.collector.driver.Outcome;
import io.deungdae.collector.driver.RecordingSink;
import io.deungdae.collector.driver.SampleSink;
import io.deungdae.collector.driver.TestSite;
import io.deungdae.collector.driver.mqtt.Mosquitto;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The driver against edge nodes of other people's code, through mosquitto. */
class SparkplugIT {

  private static final String TAGS =
      """
      tag,device,address,type,writable,write_low,write_high,tolerance
      n.count,dut,plant/line1#Counts/Total,int64,,,,
      n.big,dut,plant/line1#Big,float64,,,,
      n.table,dut,plant/line1#Recipes,,,,,
      d.temp,dut,plant/line1/press#Temp,,,,,
      d.small,dut,plant/line1/press#Small,int32,,,,
      d.on,dut,plant/line1/press#On,bool,,,,
      d.name,dut,plant/line1/press#Name,string,,,,
      d.sp,dut,plant/line1/press#SP,,true,0,100,0.01
      d.none,dut,plant/line1/press#Nothing,,,,,
      """;

  private static final String NODE_BIRTH =
      """
      {"type":"NBIRTH","payload":{"timestamp":1700000000000,"seq":0,"metrics":[
        {"name":"bdSeq","type":"Int64","value":7},
        {"name":"Node Control/Rebirth","type":"Boolean","value":false},
        {"name":"Counts/Total","alias":1,"type":"Int64","timestamp":1700000000001,
         "value":{"long":"-9007199254740993"}},
        {"name":"Big","alias":2,"type":"UInt64","value":{"long":"18446744073709551615","unsigned":true}}]}}
      """;

  private static final String DEVICE_BIRTH =
      """
      {"type":"DBIRTH","device":"press","payload":{"timestamp":1700000000000,"seq":1,"metrics":[
        {"name":"Temp","alias":11,"type":"Double","value":20.5,"properties":
          {"engUnit":{"type":"String","value":"°C"},"Quality":{"type":"Int32","value":192}}},
        {"name":"Small","alias":12,"type":"Int8","value":-5},
        {"name":"On","alias":13,"type":"Boolean","value":true},
        {"name":"Name","alias":14,"type":"String","value":"기어"},
        {"name":"SP","alias":15,"type":"Float","value":10}]}}
      """;

  @TempDir Path folder;

  @BeforeAll
  static void install() throws Exception {
    SparkplugPeer.install();
  }

  private TestSite site(int port) {
    return site(port, "v3");
  }

  private TestSite site(int port, String stateVersion) {
    String yaml =
        "reconnect:\n  first: 100ms\n  longest: 500ms\nsparkplug:\n  broker: tcp://127.0.0.1:"
            + port
            + "\n  hostId: deungdae\n  stateVersion: "
            + stateVersion
            + "\n  rebirthPause: 300ms\n  timeout: 2s\n";
    return new TestSite(folder, new SparkplugProtocol(), yaml, TAGS);
  }

  private static DeviceAgent up(TestSite site, RecordingSink sink) {
    DeviceAgent agent = site.start(sink);
    RecordingSink.await(
        () -> agent.status().state() == LinkState.UP, () -> "not up: " + agent.status());
    return agent;
  }

  private static void born(SparkplugPeer node) {
    node.await(m -> m.path("topic").asText().equals("spBv1.0/plant/NCMD/line1"));
    node.tell(NODE_BIRTH);
    node.tell(DEVICE_BIRTH);
  }

  private static void data(SparkplugPeer node, int seq, String metrics) {
    node.tell(
        "{\"type\":\"DDATA\",\"device\":\"press\",\"payload\":{\"timestamp\":1700000001000,\"seq\":"
            + seq
            + ",\"metrics\":["
            + metrics
            + "]}}");
  }

  @Test
  void birthsTellTypesAndDataGoByAlias() throws IOException {
    RecordingSink sink = new RecordingSink(true);
    try (Mosquitto broker = Mosquitto.start(folder);
        SparkplugPeer node = SparkplugPeer.edgeNode(broker.port(), "plant", "line1", 7);
        TestSite site = site(broker.port())) {
      DeviceAgent agent = up(site, sink);
      node.await(m -> m.path("payload").asText().contains("\"online\":true"));
      born(node);
      Sample count = sink.await(site.tag("n.count"), s -> s.quality() == Quality.GOOD);
      assertEquals(new Value.Whole(-9007199254740993L), count.value());
      assertEquals(Instant.ofEpochMilli(1700000000001L), count.sourceTime());
      assertEquals(Math.scalb(1.0, 64), sink.await(site.tag("n.big"), s -> true).asDouble());
      sink.await(site.tag("d.temp"), s -> s.asDouble() == 20.5);
      assertEquals(new Value.Whole(-5), sink.await(site.tag("d.small"), s -> true).value());
      assertEquals(new Value.Flag(true), sink.await(site.tag("d.on"), s -> true).value());
      assertEquals(new Value.Text("기어"), sink.await(site.tag("d.name"), s -> true).value());
      assertEquals(Quality.BAD_REJECTED, sink.await(site.tag("d.none"), s -> true).quality());
      data(
          node,
          2,
          "{\"alias\":11,\"type\":\"Double\",\"value\":21,\"timestamp\":1700000001500},"
              + "{\"alias\":12,\"type\":\"Int8\",\"value\":-128},"
              + "{\"alias\":13,\"type\":\"Boolean\",\"value\":null,\"isNull\":true}");
      Sample warm = sink.await(site.tag("d.temp"), s -> s.asDouble() == 21);
      assertEquals(Instant.ofEpochMilli(1700000001500L), warm.sourceTime());
      sink.await(site.tag("d.small"), s -> s.value().equals(new Value.Whole(-128)));
      sink.await(site.tag("d.on"), s -> s.quality() == Quality.BAD_DEVICE);
      data(
          node,
          3,
          "{\"alias\":11,\"type\":\"Double\",\"value\":22,\"properties\":"
              + "{\"Quality\":{\"type\":\"Int32\",\"value\":500}}}");
      sink.await(site.tag("d.temp"), s -> s.quality() == Quality.UNCERTAIN_STALE);
      assertEquals(0, agent.bugs());
    }
  }

  @Test
  void aRebirthBringsOtherTypesSignsAndAliases() throws IOException {
    RecordingSink sink = new RecordingSink(true);
    try (Mosquitto broker = Mosquitto.start(folder);
        SparkplugPeer node = SparkplugPeer.edgeNode(broker.port(), "plant", "line1", 7);
        TestSite site = site(broker.port())) {
      up(site, sink);
      born(node);
      sink.await(site.tag("d.small"), s -> s.value().equals(new Value.Whole(-5)));
      node.tell(NODE_BIRTH);
      node.tell(
          DEVICE_BIRTH
              .replace("\"Int8\",\"value\":-5", "\"UInt8\",\"value\":200")
              .replace("\"alias\":12", "\"alias\":99")
              .replace("\"alias\":11", "\"alias\":12"));
      sink.await(site.tag("d.small"), s -> s.value().equals(new Value.Whole(200)));
      data(
          node,
          2,
          "{\"alias\":99,\"type\":\"UInt8\",\"value\":255},{\"alias\":12,\"type\":\"Double\",\"value\":-3}");
      sink.await(site.tag("d.small"), s -> s.value().equals(new Value.Whole(255)));
      sink.await(site.tag("d.temp"), s -> s.asDouble() == -3);
    }
  }

  @Test
  void aMissingMessageIsNoticedAndARebirthAskedFor() throws IOException {
    RecordingSink sink = new RecordingSink(true);
    try (Mosquitto broker = Mosquitto.start(folder);
        SparkplugPeer node = SparkplugPeer.edgeNode(broker.port(), "plant", "line1", 7);
        TestSite site = site(broker.port())) {
      up(site, sink);
      born(node);
      sink.await(site.tag("d.sp"), s -> s.asDouble() == 10);
      long asked = commands(node);
      data(node, 3, "{\"alias\":11,\"type\":\"Double\",\"value\":30}"); // 2 is missing
      sink.await(site.tag("d.temp"), s -> s.asDouble() == 30);
      Sample doubtful = sink.await(site.tag("d.sp"), s -> s.quality() == Quality.UNCERTAIN_STALE);
      assertEquals(10, doubtful.asDouble());
      RecordingSink.await(() -> commands(node) > asked, () -> "no rebirth asked for");
      node.tell(NODE_BIRTH);
      node.tell(DEVICE_BIRTH);
      sink.await(site.tag("d.sp"), s -> s.quality() == Quality.GOOD);
      long answered = commands(node);
      data(node, 2, "{\"alias\":77,\"type\":\"Double\",\"value\":1}"); // no birth told it
      RecordingSink.await(() -> commands(node) > answered, () -> "no rebirth asked for");
    }
  }

  private static long commands(SparkplugPeer node) {
    return node.messages().stream()
        .filter(m -> m.path("topic").asText().contains("/NCMD/"))
        .count();
  }

  @Test
  void deathsMarkEveryTagAndOnlyTheRightOnes() throws IOException {
    RecordingSink sink = new RecordingSink(true);
    try (Mosquitto broker = Mosquitto.start(folder);
        TestSite site = site(broker.port())) {
      try (SparkplugPeer node = SparkplugPeer.edgeNode(broker.port(), "plant", "line1", 7)) {
        up(site, sink);
        born(node);
        sink.await(site.tag("d.temp"), s -> s.quality() == Quality.GOOD);
        node.tell(
            """
            {"type":"NDEATH","payload":{"timestamp":1,"metrics":[{"name":"bdSeq","type":"Int64","value":6}]}}
            """); // of the session before
        node.tell(
            "{\"type\":\"DDEATH\",\"device\":\"press\",\"payload\":{\"timestamp\":1,\"seq\":2}}");
        sink.await(site.tag("d.temp"), s -> s.quality() == Quality.BAD_NO_LINK);
        assertEquals(Quality.GOOD, sink.await(site.tag("n.count"), s -> true).quality());
      } // killed; the broker tells its death
      sink.await(site.tag("n.count"), s -> s.quality() == Quality.BAD_NO_LINK);
    }
  }

  @Test
  void pastValuesAreStoredAndAreNotLive() throws IOException {
    RecordingSink sink = new RecordingSink(true);
    try (Mosquitto broker = Mosquitto.start(folder);
        SparkplugPeer node = SparkplugPeer.edgeNode(broker.port(), "plant", "line1", 7);
        TestSite site = site(broker.port())) {
      up(site, sink);
      born(node);
      sink.await(site.tag("d.temp"), s -> s.asDouble() == 20.5);
      data(
          node,
          2,
          "{\"alias\":11,\"type\":\"Double\",\"value\":5,\"timestamp\":1600000000000,\"isHistorical\":true},"
              + "{\"alias\":12,\"type\":\"Int8\",\"value\":6}");
      sink.await(site.tag("d.small"), s -> s.value().equals(new Value.Whole(6)));
      assertEquals(List.of(5.0), sink.past().stream().map(Sample::asDouble).toList());
      assertEquals(20.5, sink.await(site.tag("d.temp"), s -> true).asDouble());
    }
  }

  @Test
  void aCommandIsConfirmedByTheDataThatFollows() throws Exception {
    RecordingSink sink = new RecordingSink(true);
    try (Mosquitto broker = Mosquitto.start(folder);
        SparkplugPeer node = SparkplugPeer.edgeNode(broker.port(), "plant", "line1", 7);
        TestSite site = site(broker.port())) {
      up(site, sink);
      born(node);
      sink.await(site.tag("d.sp"), s -> s.asDouble() == 10);
      Thread answer =
          new Thread(
              () -> {
                var command = node.await(m -> m.path("topic").asText().contains("/DCMD/"));
                double value =
                    command.path("payload").path("metrics").get(0).path("value").asDouble();
                data(node, 2, "{\"alias\":15,\"type\":\"Float\",\"value\":" + value + "}");
              });
      answer.start();
      Outcome outcome = site.write("d.sp", 42.5);
      answer.join(10_000);
      assertTrue(outcome.confirmed(), outcome.toString());
      assertTrue(site.write("d.sp", 50) instanceof Outcome.Mismatch); // nobody answers
    }
  }

  private static long said(SparkplugPeer node, String topic, String part) {
    return node.messages().stream()
        .filter(m -> m.path("topic").asText().equals(topic))
        .filter(m -> m.path("payload").asText().contains(part))
        .count();
  }

  @Test
  void edgeNodesLearnWhetherTheHostIsThere() throws IOException {
    try (Mosquitto broker = Mosquitto.start(folder);
        SparkplugPeer node = SparkplugPeer.edgeNode(broker.port(), "plant", "line1", 7)) {
      String topic = "spBv1.0/STATE/deungdae";
      try (TestSite site = site(broker.port())) {
        up(site, new RecordingSink(false));
        RecordingSink.await(() -> said(node, topic, "\"online\":true") > 0, () -> "not told");
        long before = said(node, topic, "\"online\":true");
        node.tell(
            "{\"topic\":\"" + topic + "\",\"raw\":\"{\\\"online\\\":false,\\\"timestamp\\\":1}\"}");
        RecordingSink.await(
            () -> said(node, topic, "\"online\":true") > before, () -> "not contradicted");
      }
      try (TestSite site = site(broker.port(), "v2")) {
        up(site, new RecordingSink(false));
        RecordingSink.await(() -> said(node, "STATE/deungdae", "ONLINE") > 0, () -> "not told");
      }
      RecordingSink.await(() -> said(node, "STATE/deungdae", "OFFLINE") > 0, () -> "not told");
    }
  }

  private static final String NO_TAGS =
      """
      {"name":"Recipes","alias":3,"type":"DataSet","value":{"numOfColumns":2,"types":["Int32","String"],
        "columns":["no","name"],"rows":[[1,"기어"],[2,"축"]]}},
      {"name":"Press","type":"Template","value":{"isDefinition":false,"templateRef":"Machine","version":"1",
        "metrics":[{"name":"Counts/Total","alias":1,"type":"Int32","value":-1}],
        "parameters":[{"name":"maker","type":"String","value":"x"}]}},
      {"name":"Nested","type":"Int32","value":1,"properties":{"more":{"type":"PropertySet",
        "value":{"engUnit":{"type":"String","value":"bar"}}}}},
      {"name":"Counts/Total\
      """;

  @Test
  void bytesThatAreNoMessageHarmNothing() throws IOException {
    RecordingSink sink = new RecordingSink(true);
    try (Mosquitto broker = Mosquitto.start(folder);
        SparkplugPeer node = SparkplugPeer.edgeNode(broker.port(), "plant", "line1", 7);
        TestSite site = site(broker.port())) {
      DeviceAgent agent = up(site, sink);
      node.await(m -> m.path("topic").asText().equals("spBv1.0/plant/NCMD/line1"));
      node.tell(NODE_BIRTH.replace("{\"name\":\"Counts/Total", NO_TAGS));
      node.tell(DEVICE_BIRTH);
      sink.await(site.tag("d.temp"), s -> s.asDouble() == 20.5);
      assertEquals(
          new Value.Whole(-9007199254740993L), sink.await(site.tag("n.count"), s -> true).value());
      assertEquals(Quality.BAD_MALFORMED, sink.await(site.tag("n.table"), s -> true).quality());
      assertEquals("data type 16 cannot be a tag", sink.reason(site.tag("n.table")));
      node.tell("{\"topic\":\"spBv1.0/plant/DDATA/line1/press\",\"raw\":\"no protobuf at all\"}");
      data(node, 2, "{\"alias\":11,\"type\":\"Double\",\"value\":23}");
      sink.await(site.tag("d.temp"), s -> s.asDouble() == 23);
      assertEquals(1, agent.counters().failures(DeviceCounters.Failure.MALFORMED));
      String told = String.valueOf(agent.status().lastError());
      assertTrue(told.contains("DDATA/line1/press") && told.contains("6e6f2070"), told);
      assertEquals(0, agent.bugs());
      assertEquals(0, agent.status().reconnects());
    }
  }

  /** A board that goes on while the disk takes nothing. */
  private static final class FullDisk implements SampleSink {
    private final RecordingSink seen = new RecordingSink(false);

    @Override
    public long accept(List<Sample> batch) {
      return seen.accept(batch) < 0 ? 0 : REFUSED;
    }

    @Override
    public long committed() {
      return 0;
    }
  }

  @Test
  void aFullDiskDoesNotMakeUsDeaf() throws IOException {
    FullDisk disk = new FullDisk();
    try (Mosquitto broker = Mosquitto.start(folder);
        TestSite site = site(broker.port())) {
      DeviceAgent agent = site.start(disk);
      RecordingSink.await(() -> agent.status().state() == LinkState.UP, () -> "not up");
      List<byte[]> births = new ArrayList<>();
      for (int i = 1; i <= 50; i++) { // with QoS 1, of which mosquitto has 20 under way
        Metric count = Metric.named("Counts/Total", DataType.INT64, i, (long) i);
        births.add(new SparkplugPayload(i, 0, List.of(count)).toBytes());
      }
      broker.publishBytes("spBv1.0/plant/NBIRTH/line1", births);
      disk.seen.await(site.tag("n.count"), s -> s.value().equals(new Value.Whole(50)));
      assertEquals(0, agent.status().reconnects());
    }
  }

  @Test
  void aPersonCanSeeWhatANodeHas() throws Exception {
    try (Mosquitto broker = Mosquitto.start(folder);
        SparkplugPeer node = SparkplugPeer.edgeNode(broker.port(), "plant", "line1", 7);
        TestSite site = site(broker.port());
        Browser browser = site.spec().browser(Clock.system()).orElseThrow()) {
      Thread births = new Thread(() -> born(node));
      births.start();
      List<String> found = new ArrayList<>();
      browser.browse(
          "plant/line1", 100, f -> found.add(f.address() + " " + f.type() + " " + f.unit()));
      births.join(10_000);
      assertEquals(
          List.of(
              "plant/line1#Counts/Total int64 ",
              "plant/line1#Big int64 ",
              "plant/line1/press#Temp float64 °C",
              "plant/line1/press#Small int32 ",
              "plant/line1/press#On bool ",
              "plant/line1/press#Name string ",
              "plant/line1/press#SP float32 "),
          found);
    }
  }
}
