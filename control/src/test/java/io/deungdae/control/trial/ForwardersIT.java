package io.deungdae.control.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deungdae.collector.settings.Overrides;
import io.deungdae.collector.signal.Clock;
import io.deungdae.control.cli.RootCommand;
import io.deungdae.control.run.GatewayRun;
import io.deungdae.control.site.SiteSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.eclipse.paho.client.mqttv3.IMqttMessageListener;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Forwarders of a running gateway, as an operator deals with them. */
@Timeout(120)
class ForwardersIT {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Queue<Long> NOTHING = new ConcurrentLinkedQueue<>();

  @TempDir Path folder;

  private Path site() {
    return folder.resolve("site.yaml");
  }

  private void write(PlcPeer plc, String forwarders) throws Exception {
    Files.writeString(
        folder.resolve("tags.csv"), "tag,device,address,type,scan\na.number,a,hr:4,uint32,fast\n");
    Files.writeString(
        site(),
        """
        name: works
        data: data
        tags: [tags.csv]
        historian: {folder: data/history, keepFreeMb: 64}
        console: {port: 0}
        devices:
          - name: a
            protocol: modbus
            scan: {fast: 40ms}
            modbus: {host: 127.0.0.1, port: %d, wordOrder: low-first}
        """
                .formatted(plc.port())
            + forwarders);
  }

  private GatewayRun start() throws Exception {
    return GatewayRun.start(
        SiteSettings.read(site(), new Overrides(Map.of())), "test", Clock.system());
  }

  private Rest rest(GatewayRun gateway) throws Exception {
    Path token = folder.resolve("token");
    RootCommand.execute(
        "token", "create", "" + site(), "--name", "t", "--role", "admin", "--file", "" + token);
    return new Rest(gateway.consoleUrl().orElseThrow(), Files.readString(token).strip());
  }

  /** What the command line says; it has to end well. */
  private String command(String... words) {
    StringWriter out = new StringWriter();
    List<String> line = new ArrayList<>(List.of(words));
    line.addAll(List.of("--site", site().toString()));
    int code =
        RootCommand.execute(
            new PrintWriter(out), new PrintWriter(out), line.toArray(String[]::new));
    assertEquals(0, code, out.toString());
    return out.toString();
  }

  private static JsonNode forwarder(Rest rest, String name) throws Exception {
    for (JsonNode one : rest.get("/api/storage").path("forwarders")) {
      if (one.path("name").asText().equals(name)) {
        return one;
      }
    }
    throw new AssertionError("no forwarder " + name);
  }

  private static void awaitRefused(Rest rest, String name, int atLeast) throws Exception {
    Await.until(
        name + " has refused rows",
        SOON,
        () -> forwarder(rest, name).path("deadLetters").asInt() >= atLeast);
  }

  @Test
  void refusedRowsAreListedSentAgainAndDropped() throws Exception {
    try (PlcPeer plc = new PlcPeer();
        InfluxPeer influx = new InfluxPeer(folder.resolve("influx"))) {
      // Somebody else wrote whole numbers where ours are not: rows are refused from then on.
      String at = Instant.now().getEpochSecond() + "000000000";
      for (String database : new String[] {"one", "two"}) {
        influx.query("", "CREATE DATABASE " + database);
        influx.write(database, "samples,tag=other value=1i " + at);
      }
      String both =
          """
          influx:
            - {name: one, version: v1, url: "%1$s", database: one, pause: 50ms}
            - {name: two, version: v1, url: "%1$s", database: two, pause: 50ms}
          """;
      write(plc, both.formatted(influx.url()));
      try (GatewayRun gateway = start()) {
        Rest rest = rest(gateway);
        awaitRefused(rest, "one", 10);
        awaitRefused(rest, "two", 10);
        String list = command("forwarders", "refused", "one", "--most", "5");
        assertTrue(list.contains("a.number") && list.contains("field type conflict"), list);
        assertEquals(404, rest.ask("/api/forwarders/three/refused").status());
        JsonNode newest = rest.get("/api/forwarders/one/refused?most=3");
        assertEquals(3, newest.size());

        String dropped = command("forwarders", "drop", "two");
        assertTrue(dropped.matches("(?s)\\d{2,} rows dropped\\s*"), dropped);

        influx.query("one", "DROP MEASUREMENT samples");
        Await.until(
            "rows are taken",
            SOON,
            () -> influx.count("one", "SELECT count(value_i) FROM samples") > 5);
        String again = command("forwarders", "resend", "one");
        assertTrue(again.matches("(?s)\\d{2,} rows sent again\\s*"), again);
        Await.until(
            "every reading is there",
            SOON,
            () ->
                influx.count("one", "SELECT max(value_i) FROM samples") > plc.readings() - 20
                    && holes(influx) == 0);
        assertEquals(0, forwarder(rest, "one").path("deadLetters").asInt());
        String audit = Files.readString(GatewayTrials.newestAudit(folder.resolve("data/audit")));
        assertTrue(audit.contains("refused-rows-resend") && audit.contains("refused-rows-drop"));
      }
    }
  }

  /** The PLC numbers its readings, from the first one that was stored on. */
  private static long holes(InfluxPeer influx) throws Exception {
    long first = influx.count("one", "SELECT min(value_i) FROM samples");
    long last = influx.count("one", "SELECT max(value_i) FROM samples");
    long rows = influx.count("one", "SELECT count(distinct(value_i)) FROM samples");
    return first <= 3 ? last - first + 1 - rows : Long.MAX_VALUE;
  }

  @Test
  void aReloadTouchesOnlyTheForwardersThatChange() throws Exception {
    Map<String, Queue<Long>> heard = new ConcurrentHashMap<>();
    try (PlcPeer plc = new PlcPeer();
        MosquittoBroker broker = new MosquittoBroker(folder);
        MqttClient listener = new MqttClient(broker.url(), "listener", new MemoryPersistence())) {
      listener.connect();
      ObjectMapper json = new ObjectMapper();
      IMqttMessageListener hear =
          (topic, message) ->
              heard
                  .computeIfAbsent(topic, t -> new ConcurrentLinkedQueue<>())
                  .add(json.readTree(message.getPayload()).path("seq").asLong());
      listener.subscribe("#", 1, hear);
      String mqtt =
          """
          mqtt:
            - {name: one, broker: "%1$s", topic: one, pause: 50ms}
            - {name: two, broker: "%1$s", topic: %2$s, pause: 50ms}
          """;
      write(plc, mqtt.formatted(broker.url(), "two"));
      try (GatewayRun gateway = start()) {
        Rest rest = rest(gateway);
        Await.until(
            "both are heard", SOON, () -> heard.containsKey("one") && heard.containsKey("two"));
        String kafka = "kafka: [{name: three, brokers: [\"127.0.0.1:1\"], timeout: 1s}]\n";

        write(plc, mqtt.formatted(broker.url(), "other") + kafka);
        JsonNode first = rest.post("/api/reload", "{}").body();
        assertEquals("APPLIED", first.path("outcome").asText(), first.toString());
        assertEquals("[\"kafka.three\",\"mqtt.two\"]", first.path("forwarders").toString());
        Await.until("the new topic is heard", SOON, () -> heard.containsKey("other"));
        assertTrue(forwarder(rest, "three").path("lagRows").asLong() > 0);

        write(plc, mqtt.formatted(broker.url(), "other"));
        JsonNode second = rest.post("/api/reload", "{}").body();
        assertEquals("[\"kafka.three\"]", second.path("forwarders").toString());
        assertEquals(2, rest.get("/api/storage").path("forwarders").size());

        int so = heard.getOrDefault("one", NOTHING).size();
        Await.until("one goes on", SOON, () -> heard.getOrDefault("one", NOTHING).size() > so + 10);
        assertEachOnce(heard.getOrDefault("one", NOTHING));
        Collection<Long> two = new TreeSet<>(heard.getOrDefault("two", NOTHING));
        two.addAll(heard.getOrDefault("other", NOTHING));
        assertEachOnce(two);
      }
      String log = Files.readString(folder.resolve("mosquitto.log"));
      assertEquals(1, log.split("as deungdae-one ", -1).length - 1, log);
      assertEquals(2, log.split("as deungdae-two ", -1).length - 1, log);
      listener.disconnect();
    }
  }

  private static void assertEachOnce(Collection<Long> seqs) {
    TreeSet<Long> all = new TreeSet<>(seqs);
    assertEquals(all.size(), seqs.size(), "none came twice");
    assertEquals(all.last() - all.first() + 1, all.size(), "none is missing");
  }
}
