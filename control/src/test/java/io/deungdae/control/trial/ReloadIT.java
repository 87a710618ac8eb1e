package io.deungdae.control.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.deungdae.collector.settings.Overrides;
import io.deungdae.collector.signal.Clock;
import io.deungdae.control.cli.RootCommand;
import io.deungdae.control.run.GatewayRun;
import io.deungdae.control.site.SiteSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings are changed while the gateway runs; whoever is not meant does not notice. */
class ReloadIT {

  private static final Duration SOON = Duration.ofSeconds(20);

  private static final String TAGS =
      """
      tag,device,address,type,scan
      a.number,a,hr:4,uint32,fast
      b.number,b,hr:4,uint32,fast
      """;

  @TempDir Path folder;

  private static String device(String name, PlcPeer plc) {
    return """
      - name: %s
        protocol: modbus
        scan: {fast: 40ms}
        reconnect: {first: 100ms, longest: 500ms}
        modbus: {host: 127.0.0.1, port: %d, wordOrder: low-first}
    """
        .formatted(name, plc.port());
  }

  private void write(String devices, String tags) throws Exception {
    Files.writeString(
        folder.resolve("site.yaml"),
        """
        name: reload
        data: data
        tags: [tags.csv]
        historian: {folder: data/history, keepFreeMb: 64}
        console: {port: 0}
        devices:
        """
            + devices);
    Files.writeString(folder.resolve("tags.csv"), tags);
  }

  private GatewayRun start() throws Exception {
    SiteSettings settings = SiteSettings.read(folder.resolve("site.yaml"), new Overrides(Map.of()));
    return GatewayRun.start(settings, "test", Clock.system());
  }

  private Rest rest(GatewayRun gateway) throws Exception {
    Path token = folder.resolve("token");
    String site = folder.resolve("site.yaml").toString();
    RootCommand.execute(
        "token", "create", site, "--name", "t", "--role", "admin", "--file", token.toString());
    return new Rest(gateway.consoleUrl().orElseThrow(), Files.readString(token).strip());
  }

  private static JsonNode reload(Rest rest, String request) throws Exception {
    Rest.Reply reply = rest.post("/api/reload", request);
    assertEquals(200, reply.status(), reply.toString());
    return reply.body();
  }

  private static void awaitGood(Rest rest, String tag) throws Exception {
    Await.until(
        tag + " is good",
        SOON,
        () -> {
          Rest.Reply reply = rest.ask("/api/tags/" + tag);
          return reply.status() == 200
              && reply.body().at("/latest/quality").asText().equals("GOOD");
        });
  }

  @Test
  void aDeviceThatIsNotMeantDoesNotMissAPoll() throws Exception {
    try (PlcPeer a = new PlcPeer();
        PlcPeer b = new PlcPeer();
        PlcPeer c = new PlcPeer()) {
      write(device("a", a) + device("b", b), TAGS);
      try (GatewayRun gateway = start()) {
        Rest rest = rest(gateway);
        awaitGood(rest, "a.number");
        awaitGood(rest, "b.number");

        assertEquals("UNCHANGED", reload(rest, "{}").path("outcome").asText());
        mistakesChangeNothing(rest, a, b);
        aPreviewChangesNothing(rest, a, b, c);
        otherDevicesAndTagsComeAndGo(rest, a, b);
        forwardersComeAndGo(rest, a, b);
        whatNeedsARestartIsNamed(rest, a, b);

        long readings = a.readings();
        Await.until("a is read on", SOON, () -> a.readings() > readings + 20);
        assertEquals(1, a.connections(), "nobody has connected to it again");
        assertEquals(0, status(rest, "a").path("reconnects").asLong());
        everyReadingIsInTheHistory(rest, a);
      }
    }
  }

  private void mistakesChangeNothing(Rest rest, PlcPeer a, PlcPeer b) throws Exception {
    write(
        device("a", a) + device("b", b).replace("40ms", "40 parsecs"), TAGS + "x,nobody,hr:1,,\n");
    JsonNode answer = reload(rest, "{\"partial\":true}");
    assertEquals("MISTAKES", answer.path("outcome").asText());
    assertEquals(2, answer.path("mistakes").size(), answer.toString());
    assertEquals(1, b.connections());
  }

  private void aPreviewChangesNothing(Rest rest, PlcPeer a, PlcPeer b, PlcPeer c) throws Exception {
    write(
        device("a", a) + device("b", b).replace("40ms", "80ms") + device("c", c),
        TAGS + "b.setpoint,b,hr:0,float32,fast\nc.number,c,hr:4,uint32,fast\n");
    JsonNode answer = reload(rest, "{\"dryRun\":true}");
    assertEquals("PREVIEW", answer.path("outcome").asText(), answer.toString());
    assertEquals(
        "[{\"device\":\"b\",\"change\":\"CHANGED\",\"settings\":true,\"tagsAdded\":1,"
            + "\"tagsRemoved\":0,\"tagsChanged\":0},"
            + "{\"device\":\"c\",\"change\":\"ADDED\",\"settings\":true,\"tagsAdded\":1,"
            + "\"tagsRemoved\":0,\"tagsChanged\":0}]",
        answer.path("devices").toString());
    assertEquals(0, c.connections());
    assertEquals(404, rest.ask("/api/tags/c.number").status());
  }

  private void otherDevicesAndTagsComeAndGo(Rest rest, PlcPeer a, PlcPeer b) throws Exception {
    assertEquals("APPLIED", reload(rest, "{}").path("outcome").asText());
    awaitGood(rest, "b.setpoint");
    awaitGood(rest, "b.number");
    awaitGood(rest, "c.number");
    assertEquals(2, b.connections(), "once before and once after");
    assertEquals(50, rest.get("/api/tags/b.setpoint").at("/latest/value").asDouble());
    assertTrue(rest.text("/metrics").contains("deungdae_device_up{device=\"c\""));

    // Gone again, and another tag in its place.
    write(device("a", a) + device("b", b), TAGS + "b.pv,b,hr:2,float32,fast\n");
    assertEquals("APPLIED", reload(rest, "{}").path("outcome").asText());
    awaitGood(rest, "b.pv");
    assertEquals(404, rest.ask("/api/tags/c.number").status());
    assertEquals(404, rest.ask("/api/tags/b.setpoint").status());
    assertFalse(rest.text("/metrics").contains("device=\"c\""));
    Await.until(
        "its history is still there, and goes on",
        SOON,
        () -> rest.since("b.number", startedMs(rest)).size() > 30);
  }

  private void forwardersComeAndGo(Rest rest, PlcPeer a, PlcPeer b) throws Exception {
    String tags = TAGS + "b.pv,b,hr:2,float32,fast\n";
    write(device("a", a) + device("b", b), tags);
    Path file = folder.resolve("site.yaml");
    String without = Files.readString(file);
    Files.writeString(
        file,
        without
            + "influx: [{name: out, version: v1, url: \"http://127.0.0.1:1\", database: plant}]\n");
    JsonNode added = reload(rest, "{}");
    assertEquals("APPLIED", added.path("outcome").asText(), added.toString());
    assertEquals("[\"influx.out\"]", added.path("forwarders").toString());
    assertEquals("out", rest.get("/api/storage").at("/forwarders/0/name").asText());
    assertTrue(rest.text("/metrics").contains("deungdae_forwarder_lag_rows{forwarder=\"out\"}"));
    Files.writeString(file, without);
    assertEquals("APPLIED", reload(rest, "{}").path("outcome").asText());
    assertEquals(0, rest.get("/api/storage").path("forwarders").size());
  }

  private void whatNeedsARestartIsNamed(Rest rest, PlcPeer a, PlcPeer b) throws Exception {
    write(device("a", a) + device("b", b), TAGS + "b.setpoint,b,hr:0,float32,fast\n");
    Path file = folder.resolve("site.yaml");
    Files.writeString(file, Files.readString(file).replace("data/history", "data/elsewhere"));
    JsonNode refused = reload(rest, "{}");
    assertEquals("REFUSED", refused.path("outcome").asText(), refused.toString());
    assertEquals("historian", refused.at("/refused/0/what").asText());
    assertEquals(404, rest.ask("/api/tags/b.setpoint").status(), "nothing was changed");

    JsonNode applied = reload(rest, "{\"partial\":true}");
    assertEquals("APPLIED", applied.path("outcome").asText(), applied.toString());
    assertEquals(1, applied.path("refused").size());
    awaitGood(rest, "b.setpoint");
    Await.until(
        "the audit log says what and who",
        SOON,
        () -> {
          String audit = Files.readString(GatewayTrials.newestAudit(folder.resolve("data/audit")));
          return audit.contains("CHANGED b") && audit.contains("token:t");
        });
  }

  /** The PLC numbers its readings; so the history tells whether one is missing. */
  private static void everyReadingIsInTheHistory(Rest rest, PlcPeer a) throws Exception {
    long read = a.readings();
    Await.until(
        "the last reading is stored",
        SOON,
        () -> {
          List<Rest.Point> points = rest.since("a.number", startedMs(rest));
          return !points.isEmpty() && points.get(points.size() - 1).value() >= read;
        });
    List<Rest.Point> points = rest.since("a.number", startedMs(rest));
    long longestMs = 0;
    for (int i = 1; i < points.size(); i++) {
      assertEquals(points.get(i - 1).value() + 1, points.get(i).value(), "reading " + i);
      longestMs = Math.max(longestMs, points.get(i).atMs() - points.get(i - 1).atMs());
    }
    assertTrue(longestMs < 1_000, "longest time between two polls: " + longestMs + " ms");
  }

  private static long startedMs(Rest rest) throws Exception {
    return rest.get("/api/site").path("startedMs").asLong() - 10_000;
  }

  private static JsonNode status(Rest rest, String device) throws Exception {
    for (JsonNode one : rest.get("/api/devices")) {
      if (one.path("name").asText().equals(device)) {
        return one;
      }
    }
    throw new AssertionError("no device " + device);
  }

  @Test
  void aControlledUnitKeepsItsDeviceUntilItIsLetGoAndIsControlledAfterIt() throws Exception {
    try (PlcPeer plc = new PlcPeer()) {
      TrialSite site = TrialSite.write(folder, plc.port(), "tcp://127.0.0.1:1");
      Path file = Path.of(site.file());
      try (GatewayRun gateway = start()) {
        Rest rest = rest(gateway);
        GatewayTrials.awaitInForce(rest, SOON);
        assertEquals("ALLOWED", rest.propose("line.sp", 52).path("verdict").asText());

        Files.writeString(file, Files.readString(file).replace("normal: 100ms", "normal: 90ms"));
        JsonNode refused = reload(rest, "{}");
        assertEquals("REFUSED", refused.path("outcome").asText(), refused.toString());
        assertTrue(refused.at("/refused/0/why/en").asText().contains("line"), refused.toString());
        assertEquals(1, plc.connections());

        rest.post("/api/units/line/mode", "{\"mode\":\"OBSERVE\"}");
        Await.until(
            "the unit is let go",
            SOON,
            () -> rest.get("/api/units/line").path("modeInForce").asText().equals("OBSERVE"));
        JsonNode applied = reload(rest, "{}");
        assertEquals("APPLIED", applied.path("outcome").asText(), applied.toString());
        Await.until("connected again", SOON, () -> plc.connections() == 2);
        rest.post("/api/units/line/mode", "{\"mode\":\"SUPERVISED\"}");
        GatewayTrials.awaitInForce(rest, SOON);
        JsonNode answer = rest.propose("line.sp", 53);
        assertEquals("ALLOWED", answer.path("verdict").asText(), answer.toString());
        assertEquals(53, plc.setpoint(), 1e-3, "the way to the device is the same as before");

        rest.post("/api/units/line/mode", "{\"mode\":\"OBSERVE\"}");
        Path tags = folder.resolve("tags.csv");
        Files.writeString(tags, Files.readString(tags).replace("°C,fast,0,100", "°C,fast,0,99"));
        JsonNode used = reload(rest, "{\"partial\":true}");
        assertTrue(used.at("/refused/0/what").asText().contains("line.sp"), used.toString());
        assertEquals(2, plc.connections(), "left alone");
      }
    }
  }
}
