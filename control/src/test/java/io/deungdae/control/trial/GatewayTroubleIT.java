package io.deungdae.control.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.deungdae.control.cli.RootCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everyday trouble: what is broken is named, and everything else works. */
class GatewayTroubleIT {

  private static final Duration START = Duration.ofSeconds(90);
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String POWER = "trial/power";

  @TempDir Path folder;

  @Test
  void worksAroundWhatIsBrokenAndStopsInOrder() throws Exception {
    try (PlcPeer plc = new PlcPeer();
        NumberedMeter meter = new NumberedMeter(folder)) {
      TrialSite site =
          TrialSite.write(folder, plc.port(), meter.broker())
              .withDeadDevice(MosquittoBroker.freePort());
      plc.turnKey(false);
      String token = site.token();
      try (GatewayProcess gateway = run(site, "gateway.log")) {
        Rest rest = new Rest(gateway.consoleUrl(START), token);
        oneDeadDeviceHarmsNobody(rest);
        brokenValuesAreBadAndTheirNeighboursGood(rest);
        statusSaysWhatIsWrongAndForWhom(site);
        prometheusIsToldOfDevicesAndGroups(rest);
        aReadByHandShowsEveryOrderOfWords(plc);
        aWriteGoesThroughTheGuardsOrNotAtAll(site, plc);
        payloadsThatCannotBeReadAreBadUntilTheNextGoodOne(rest, meter);
        strangersGetNothing(rest);
        setpointsAreRefusedWhileThePlcIsInLocal(rest, plc);
        plc.turnKey(true);
        setpointsStayInsideTheLimits(rest, plc);
        aWriteByHandIsReadBack(site, plc);
        aSecondGatewayOnTheSameDataIsTurnedAway(site);
        assertEquals(200, rest.ask("/api/site").status(), "the first one does not mind");

        gateway.terminate();
        int code = gateway.exitCode(SOON);
        assertTrue(code == 0 || code == 143, "exit code " + code);
        Await.until("the PLC sheds", SOON, () -> !plc.heartbeatAlive());
      }
      assertEquals(0, GatewayTrials.verifyAudit(site));
      Path audit = GatewayTrials.newestAudit(folder.resolve("data/audit"));
      Files.writeString(audit, Files.readString(audit).replaceFirst("kind", "find"));
      assertEquals(1, GatewayTrials.verifyAudit(site));
    }
  }

  private GatewayProcess run(TrialSite site, String log) throws Exception {
    return GatewayProcess.start(folder.resolve(log), "run", site.file());
  }

  private static JsonNode latest(Rest rest, String tag) throws Exception {
    return rest.get("/api/tags/" + tag).path("latest");
  }

  private static void awaitQuality(Rest rest, String tag, String quality) throws Exception {
    Await.until(
        tag + " is " + quality,
        SOON,
        () -> latest(rest, tag).path("quality").asText().startsWith(quality));
  }

  private static void oneDeadDeviceHarmsNobody(Rest rest) throws Exception {
    awaitQuality(rest, "line.pv", "GOOD");
    awaitQuality(rest, "dead.value", "BAD_NO_LINK");
    long rows = rest.rows();
    Await.until("rows grow", SOON, () -> rest.rows() > rows + 200);
    for (JsonNode device : rest.get("/api/devices")) {
      boolean up = device.path("state").asText().equals("UP");
      assertEquals(!device.path("name").asText().equals("dead"), up, device.toString());
      assertTrue(up || device.path("lastError").asText().contains("CONNECT"), device.toString());
    }
    long number = latest(rest, "line.number").path("value").asLong();
    Await.until(
        "the PLC is read at its pace",
        SOON,
        () -> latest(rest, "line.number").path("value").asLong() > number + 20);
  }

  private static void brokenValuesAreBadAndTheirNeighboursGood(Rest rest) throws Exception {
    JsonNode broken = latest(rest, "line.broken");
    assertTrue(broken.path("quality").asText().startsWith("BAD"), broken.toString());
    assertTrue(broken.path("value").isNull(), broken.toString());
    assertEquals("GOOD", latest(rest, "line.number").path("quality").asText());
  }

  private static void statusSaysWhatIsWrongAndForWhom(TrialSite site) {
    Said status = command("status", "--site", site.file());
    assertEquals(1, status.code(), status.text());
    assertTrue(status.text().contains("device dead is"), status.text());
    assertFalse(status.text().contains("device plc is"), status.text());
    assertTrue(status.text().contains("connect "), "errors by kind: " + status.text());
  }

  /** The PLC is in LOCAL, so the guards let nothing pass. */
  private static void aWriteGoesThroughTheGuardsOrNotAtAll(TrialSite site, PlcPeer plc) {
    Said asked = command("write", "line.sp", "52", "--site", site.file());
    assertEquals(0, asked.code(), asked.text());
    assertTrue(asked.text().contains("nothing was proposed"), asked.text());
    Said refused = command("write", "line.sp", "52", "--confirm", "--site", site.file());
    assertEquals(1, refused.code(), refused.text());
    assertTrue(refused.text().contains("refused"), refused.text());
    assertTrue(plc.writes().isEmpty(), "nothing went out");
  }

  private static void aReadByHandShowsEveryOrderOfWords(PlcPeer plc) {
    Said read =
        command(
            "read",
            "--protocol",
            "modbus",
            "--set",
            "host=127.0.0.1",
            "--set",
            "port=" + plc.port(),
            "--set",
            "wordOrder=low-first",
            "hr:0",
            "--type",
            "float32");
    assertEquals(0, read.code(), read.text());
    for (String part : new String[] {"ABCD", "CDAB *", "BADC", "DCBA", "" + plc.setpoint()}) {
      assertTrue(read.text().contains(part), part + " in " + read.text());
    }
  }

  private static void aWriteByHandIsReadBack(TrialSite site, PlcPeer plc) {
    float before = plc.setpoint();
    Said done =
        command("write", "line.sp", "55", "--confirm", "--reason", "trial", "--site", site.file());
    assertEquals(0, done.code(), done.text());
    assertTrue(done.text().contains("the device holds"), done.text());
    assertNotEquals(before, plc.setpoint(), done.text());
  }

  private record Said(int code, String text) {}

  private static Said command(String... arguments) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    return new Said(RootCommand.execute(out, out, arguments), text.toString());
  }

  private static void prometheusIsToldOfDevicesAndGroups(Rest rest) throws Exception {
    String text = rest.text("/metrics");
    assertTrue(metric(text, "deungdae_device_up{device=\"plc\",protocol=\"modbus\"}") == 1, text);
    assertTrue(metric(text, "deungdae_device_up{device=\"dead\",protocol=\"modbus\"}") == 0, text);
    String dead = "{device=\"dead\",kind=\"connect\",protocol=\"modbus\"}";
    assertTrue(metric(text, "deungdae_device_failures_total" + dead) >= 1, text);
    String line = "{device=\"plc\",group=\"line\",protocol=\"modbus\"}";
    assertTrue(metric(text, "deungdae_group_samples_total" + line) > 100, text);
    assertTrue(metric(text, "deungdae_group_samples_bad_total" + line) >= 1, text);
    assertEquals(8, metric(text, "deungdae_group_tags" + line));
    String good = "{device=\"plc\",group=\"line\",protocol=\"modbus\",quality=\"good\"}";
    assertTrue(metric(text, "deungdae_group_quality_total" + good) > 100, text);
    assertFalse(Double.isNaN(metric(text, "deungdae_group_delay_seconds_count" + line)), text);
    assertTrue(metric(text, "deungdae_group_oldest_seconds" + line) < 30, text);
    String plc = "{device=\"plc\",protocol=\"modbus\"";
    assertTrue(metric(text, "deungdae_device_samples_per_second" + plc + "}") > 50, text);
    assertTrue(metric(text, "deungdae_device_exchange_seconds_count" + plc + "}") > 10, text);
    assertTrue(
        metric(text, "deungdae_device_exchange_seconds_bucket" + plc + ",le=\"+Inf\"}")
            == metric(text, "deungdae_device_exchange_seconds_count" + plc + "}"),
        text);
  }

  private static double metric(String text, String name) {
    return text.lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElse(Double.NaN);
  }

  private static void payloadsThatCannotBeReadAreBadUntilTheNextGoodOne(
      Rest rest, NumberedMeter meter) throws Exception {
    awaitQuality(rest, "meter.power", "");
    for (String payload : new String[] {"{\"kw\":", "", "{\"kw\":\"much\"}", "{\"kw\":{}}"}) {
      meter.say(POWER, "{\"kw\":12.5}");
      awaitQuality(rest, "meter.power", "GOOD");
      meter.say(POWER, payload);
      awaitQuality(rest, "meter.power", "BAD");
    }
    meter.say(POWER, "{\"kw\":12.5}");
    awaitQuality(rest, "meter.power", "GOOD");
    assertEquals(12.5, latest(rest, "meter.power").path("value").asDouble());
    Await.until(
        "every one of them is stored",
        SOON,
        () -> rest.get("/api/samples/count?tag=meter.power").path("rows").asLong() >= 9);
  }

  private static void strangersGetNothing(Rest rest) throws Exception {
    Rest stranger = new Rest(rest.url(), "dgd_guessed");
    assertEquals(401, stranger.ask("/api/units").status());
    assertEquals(
        401, stranger.post("/api/setpoints", "{\"tag\":\"line.sp\",\"value\":51}").status());
    assertEquals(404, rest.ask("/api/tags/line.nothing").status());
    assertEquals(400, rest.post("/api/setpoints", "{\"tag\":\"line.sp\",\"value\":\"x\"").status());
    assertEquals(404, rest.post("/api/setpoints", "{\"tag\":\"no.such\",\"value\":1}").status());
  }

  private static void setpointsAreRefusedWhileThePlcIsInLocal(Rest rest, PlcPeer plc)
      throws Exception {
    for (double value : new double[] {51, 5000}) {
      JsonNode answer = rest.propose("line.sp", value);
      assertEquals("REFUSED", answer.path("verdict").asText(), answer.toString());
      assertFalse(answer.at("/reason/en").asText().isBlank(), answer.toString());
      assertFalse(answer.at("/reason/ko").asText().isBlank(), answer.toString());
    }
    assertTrue(plc.writes().isEmpty(), "nothing went out");
  }

  private static void setpointsStayInsideTheLimits(Rest rest, PlcPeer plc) throws Exception {
    GatewayTrials.awaitInForce(rest, SOON);
    JsonNode inside = rest.propose("line.sp", 52);
    assertEquals("ALLOWED", inside.path("verdict").asText(), inside.toString());
    assertEquals(52, inside.path("readBack").asDouble(), 1e-3);
    assertEquals(52, plc.setpoint(), 1e-3);

    assertEquals("REFUSED", rest.propose("line.pv", 52).path("verdict").asText());
    rest.post("/api/setpoints", "{\"tag\":\"line.sp\",\"value\":1e999}");
    rest.post("/api/setpoints", "{\"tag\":\"line.sp\",\"value\":\"NaN\"}");
    assertEquals(52, plc.setpoint(), 1e-3, "what is no number moves nothing");

    JsonNode outside = rest.propose("line.sp", 500);
    assertNotEquals("ALLOWED", outside.path("verdict").asText(), outside.toString());
    assertFalse(outside.at("/reason/en").asText().isBlank(), outside.toString());
    plc.writes().forEach(write -> assertTrue(write.value() <= 90 + 1e-3, write.toString()));
  }

  private void aSecondGatewayOnTheSameDataIsTurnedAway(TrialSite site) throws Exception {
    try (GatewayProcess second = run(site, "second.log")) {
      assertEquals(1, second.exitCode(START), second.said());
      assertTrue(second.said().contains(folder.resolve("data").toString()), second.said());
      assertFalse(second.said().contains("\tat "), second.said());
    }
  }

  @Test
  void aTakenPortEndsTheStartWithOneClearLine() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Path site = Files.writeString(folder.resolve("site.yaml"), "name: alone\n");
      String port = "" + taken.getLocalPort();
      try (GatewayProcess gateway =
          GatewayProcess.start(
              folder.resolve("port.log"),
              "run",
              site.toString(),
              "--set",
              "console.port=" + port,
              "--set",
              "historian.keepFreeMb=64")) {
        assertEquals(1, gateway.exitCode(START), gateway.said());
        assertTrue(gateway.said().contains("cannot listen on 127.0.0.1:" + port), gateway.said());
        assertFalse(gateway.said().contains("\tat "), gateway.said());
      }
    }
  }

  @Test
  void wrongSettingsEndWithCodeTwoAndEveryMistake() throws Exception {
    TrialSite site = TrialSite.write(folder, 70_000, "nonsense");
    try (GatewayProcess gateway = run(site, "wrong.log")) {
      assertEquals(2, gateway.exitCode(START), gateway.said());
      assertTrue(gateway.said().contains("70000"), gateway.said());
      assertTrue(gateway.said().contains("nonsense"), gateway.said());
      assertFalse(gateway.said().contains("\tat "), gateway.said());
    }
    assertFalse(Files.exists(folder.resolve("data")), "nothing was made");
  }
}
