package io.deungdae.collector.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.deungdae.collector.driver.Relay;
import io.deungdae.collector.driver.broker.BrokerSettings;
import io.deungdae.collector.driver.mqtt.Mosquitto;
import io.deungdae.collector.driver.sparkplug.SparkplugPeer;
import io.deungdae.collector.driver.tls.TlsFiles;
import io.deungdae.collector.settings.Secret;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Range;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.TagTable;
import io.deungdae.collector.signal.Unit;
import io.deungdae.collector.signal.Value;
import io.deungdae.collector.store.Await;
import io.deungdae.collector.store.Board;
import io.deungdae.collector.store.Historian;
import io.deungdae.collector.store.Intake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The gateway as an edge node, seen by a host application of other people's code. */
@Timeout(120)
final class EdgeNodeSenderIT {

  private static final Tag TEMP =
      new Tag(
          0,
          "furnace.zone1.pv",
          "plc",
          Kind.NUMBER,
          new Unit("°C"),
          new Range(0, 1200),
          Label.of(""),
          null);
  private static final Tag COUNT =
      new Tag(1, "line.count", "plc", Kind.WHOLE, Unit.NONE, Range.ALL, Label.of(""), null);
  private static final TagTable TAGS = new TagTable(List.of(TEMP, COUNT));
  private static final String DEVICE = "spBv1.0/plant/%s/gw1/plc";
  private static final String NODE = "spBv1.0/plant/%s/gw1";

  @TempDir Path folder;
  private final Clock clock = Clock.system();
  private Historian historian;
  private Board board;
  private Intake intake;

  @BeforeAll
  static void install() throws Exception {
    SparkplugPeer.install();
  }

  @BeforeEach
  void open() throws IOException {
    historian = Plc.historian(folder.resolve("history"));
    board = new Board(TAGS);
    intake = new Intake(board, historian);
  }

  @AfterEach
  void close() throws IOException {
    historian.close();
  }

  private Forwarder forwarder(int port, String hostId) throws IOException {
    return forwarder(port, hostId, false);
  }

  private Forwarder forwarder(int port, String hostId, boolean devices) throws IOException {
    ForwarderSettings settings =
        ForwarderSettings.of("edge", folder)
            .withBatch(200)
            .withWaits(Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(500));
    BrokerSettings link =
        new BrokerSettings(
            "tcp://127.0.0.1:" + port,
            3,
            "gw1",
            "",
            Secret.NONE,
            new TlsFiles(null, null, null),
            true,
            Duration.ofSeconds(20),
            1000,
            Duration.ofSeconds(5),
            null);
    Forwarder forwarder =
        new Forwarder(
            settings,
            historian,
            new EdgeNodeSender(
                new EdgeNodeSettings(settings, link, "plant", "gw1", devices, hostId),
                board,
                clock),
            clock,
            new Random(7)::nextDouble);
    forwarder.start();
    return forwarder;
  }

  private void put(double value) {
    Instant now = clock.now();
    long ticket = intake.accept(List.of(Sample.number(TEMP, value, now, now, clock.nanoTime())));
    Await.until("committed", () -> historian.committedTicket() >= ticket);
  }

  private static boolean is(JsonNode message, String type) {
    return message.path("topic").asText().equals(NODE.formatted(type));
  }

  private static JsonNode metric(JsonNode message, String name) {
    for (JsonNode metric : message.path("payload").path("metrics")) {
      if (metric.path("name").asText().equals(name)) {
        return metric;
      }
    }
    throw new AssertionError("no " + name + " in " + message);
  }

  private static List<Double> values(SparkplugPeer host, boolean historical) {
    List<Double> values = new ArrayList<>();
    for (JsonNode message : host.messages()) {
      if (is(message, "NDATA")) {
        for (JsonNode metric : message.path("payload").path("metrics")) {
          if (metric.path("alias").asLong() == 1
              && metric.path("isHistorical").asBoolean() == historical) {
            values.add(metric.path("value").asDouble());
          }
        }
      }
    }
    return values;
  }

  @Test
  void aHostSeesTheBirthTheDataAndTheDeath() throws Exception {
    Instant now = clock.now();
    long ticket =
        intake.accept(
            List.of(
                Sample.number(TEMP, 850.25, now, now, clock.nanoTime()),
                new Sample(
                    COUNT, Value.of(9007199254740993L), Quality.GOOD, now, now, clock.nanoTime())));
    Await.until("committed", () -> historian.committedTicket() >= ticket);
    try (Mosquitto broker = Mosquitto.start(folder);
        SparkplugPeer host = SparkplugPeer.host(broker.port(), "plant")) {
      try (Forwarder forwarder = forwarder(broker.port(), "")) {
        JsonNode birth = host.await(m -> is(m, "NBIRTH"));
        assertEquals(0, birth.path("payload").path("seq").asInt(-1));
        JsonNode temp = metric(birth, "furnace/zone1/pv");
        assertEquals(850.25, temp.path("value").asDouble());
        assertEquals("Double", temp.path("type").asText());
        assertEquals("°C", temp.path("properties").path("engUnit").path("value").asText());
        assertEquals(1200, temp.path("properties").path("engHigh").path("value").asInt());
        assertEquals("9007199254740993", metric(birth, "line/count").path("value").asText());
        put(851);
        host.await(m -> is(m, "NDATA") && values(host, false).contains(851.0));
        assertEquals(List.of(850.25), values(host, true)); // stored before the birth
        host.tell(
            "{\"topic\":\"spBv1.0/plant/NCMD/gw1\",\"payload\":{\"timestamp\":1,\"metrics\":["
                + "{\"name\":\"Node Control/Rebirth\",\"type\":\"Boolean\",\"value\":true}]}}");
        Await.until(
            "born again", () -> host.messages().stream().filter(m -> is(m, "NBIRTH")).count() == 2);
        for (int i = 0; i < 5; i++) {
          put(900 + i);
        }
        Await.until("sent", () -> values(host, false).contains(904.0));
        assertTrue(forwarder.status(clock.now()).isWell());
      }
      JsonNode death = host.await(m -> is(m, "NDEATH"));
      assertEquals(
          metric(host.await(m -> is(m, "NBIRTH")), "bdSeq").path("value").asText(),
          metric(death, "bdSeq").path("value").asText());
      assertSequence(host);
    }
  }

  @Test
  void tagsMayBeThoseOfDevicesAndNobodyWritesToThem() throws Exception {
    Files.writeString(folder.resolve("edge.bdseq"), ""); // as a power cut leaves it
    put(20);
    try (Mosquitto broker = Mosquitto.start(folder);
        SparkplugPeer host = SparkplugPeer.host(broker.port(), "plant");
        Forwarder forwarder = forwarder(broker.port(), "scada", true)) {
      Await.until("refused", () -> forwarder.status(clock.now()).error().contains("offline"));
      host.tell("{\"topic\":\"STATE/scada\",\"text\":\"ONLINE\"}"); // before version 3
      JsonNode node = host.await(m -> is(m, "NBIRTH"));
      assertEquals(2, node.path("payload").path("metrics").size(), node.toString());
      JsonNode device =
          host.await(m -> m.path("topic").asText().equals(DEVICE.formatted("DBIRTH")));
      assertEquals(1, device.path("payload").path("seq").asInt());
      assertEquals(20, metric(device, "furnace/zone1/pv").path("value").asDouble());
      host.tell(
          "{\"topic\":\"spBv1.0/plant/NCMD/gw1\",\"payload\":{\"timestamp\":1,\"metrics\":["
              + "{\"name\":\"furnace/zone1/pv\",\"type\":\"Double\",\"value\":99}]}}");
      put(21);
      JsonNode data =
          host.await(
              m ->
                  m.path("topic").asText().equals(DEVICE.formatted("DDATA"))
                      && m.at("/payload/metrics/0/value").asDouble() == 21);
      assertEquals(1, data.at("/payload/metrics/0/alias").asInt());
      assertEquals(1, host.messages().stream().filter(m -> is(m, "NBIRTH")).count());
      Sample latest = board.latest(TEMP);
      assertEquals(21, latest == null ? Double.NaN : latest.asDouble(), "nothing was written");
    }
  }

  private static void assertSequence(SparkplugPeer host) {
    int last = -1;
    for (JsonNode message : host.messages()) {
      int seq = message.path("payload").path("seq").asInt(-1);
      if (is(message, "NBIRTH")) {
        assertEquals(0, seq);
        last = 0;
      } else if (is(message, "NDATA")) {
        last = (last + 1) % 256;
        assertEquals(last, seq);
      }
    }
  }

  /** The sessions' numbers in the births that the host has seen. */
  private static Set<String> births(SparkplugPeer host) {
    return host.messages().stream()
        .filter(m -> is(m, "NBIRTH"))
        .map(m -> metric(m, "bdSeq").path("value").asText())
        .collect(Collectors.toSet());
  }

  @Test
  void aLinkThatBreaksAgainAndAgainLosesNothing() throws Exception {
    int rows = 3000;
    try (Mosquitto broker = Mosquitto.start(folder);
        SparkplugPeer host = SparkplugPeer.host(broker.port(), "plant");
        Relay relay = new Relay(broker.port());
        Forwarder forwarder = forwarder(relay.port(), "")) {
      for (int from = 0; from < rows; from += 100) {
        int first = from;
        Instant now = clock.now();
        long ticket =
            intake.accept(
                IntStream.range(first, first + 100)
                    .mapToObj(i -> Sample.number(TEMP, i, now, now, clock.nanoTime()))
                    .toList());
        Await.until("committed", () -> historian.committedTicket() >= ticket);
        if (from % 500 == 400) {
          int cuts = from / 500;
          Await.until("a session to cut", () -> births(host).size() > cuts);
          relay.cut();
        }
      }
      Await.until(
          "all is sent",
          Duration.ofSeconds(60),
          () -> forwarder.status(clock.now()).lagRows() == 0);
      Await.until(
          "all has come",
          () -> {
            Set<Double> seen = new HashSet<>(values(host, true));
            seen.addAll(values(host, false));
            return seen.size() == rows;
          });
      assertTrue(forwarder.status(clock.now()).failures() > 0);
      assertTrue(births(host).size() > 5, "every session has a number of its own");
    }
  }

  @Test
  void nothingIsSentWhileThePrimaryHostIsAway() throws Exception {
    try (Mosquitto broker = Mosquitto.start(folder);
        SparkplugPeer host = SparkplugPeer.host(broker.port(), "plant");
        Forwarder forwarder = forwarder(broker.port(), "scada")) {
      IntStream.range(0, 10).forEach(this::put);
      Await.until("refused", () -> forwarder.status(clock.now()).error().contains("offline"));
      assertTrue(host.messages().isEmpty());
      host.tell(
          "{\"topic\":\"spBv1.0/STATE/scada\",\"text\":\"{\\\"online\\\":true,\\\"timestamp\\\":1}\"}");
      host.await(m -> is(m, "NBIRTH"));
      Await.until("all is sent", () -> values(host, true).size() == 10);
      assertEquals(
          IntStream.range(0, 10).mapToObj(i -> (double) i).toList(),
          values(host, true).stream().sorted().toList());
      host.tell(
          "{\"topic\":\"spBv1.0/STATE/scada\",\"text\":\"{\\\"online\\\":false,\\\"timestamp\\\":2}\"}");
      host.await(m -> is(m, "NDEATH"));
    }
  }
}
