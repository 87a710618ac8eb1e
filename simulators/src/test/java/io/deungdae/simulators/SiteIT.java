package io.deungdae.simulators;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SiteIT {

  @TempDir private static Path folder;
  private static Site site;

  @BeforeAll
  static void start() throws Exception {
    site = new Site(demo(folder, 600, 0));
  }

  @AfterAll
  static void stop() {
    site.close();
  }

  @Test
  void plantTimePassesAndACommandStartsAFaultThatTheTruthShows() throws Exception {
    assertEquals(0, run("fault", "start", "heater-zone2-degraded", "--size", "0.5"));
    assertEquals(0, run("operator", "remote", "--plant", "furnace"));
    ControlClient client = new ControlClient(folder);
    Instant limit = Instant.now().plus(Duration.ofSeconds(20));
    JsonNode furnace = client.get("/truth").path("furnace");
    while (furnace.path("time_s").asDouble() < 300 && Instant.now().isBefore(limit)) {
      furnace = client.get("/truth").path("furnace");
    }
    assertTrue(furnace.path("time_s").asDouble() >= 300, "plant time stands still");
    assertEquals(0.5, furnace.path("faults").path("heater-zone2-degraded").asDouble());
    assertTrue(furnace.path("values").path("objective").asDouble() > 50);
    assertEquals(0, run("fault", "stop-all"));
    assertTrue(client.get("/truth").path("furnace").path("faults").isEmpty());
  }

  @Test
  void unknownFaultsAreAnErrorForPeople() {
    StringWriter err = new StringWriter();
    CommandLine line = SimulatorsMain.commandLine().setErr(new PrintWriter(err));
    int code = line.execute("fault", "start", "no-such", "--folder", folder.toString());
    assertEquals(1, code);
    assertEquals(
        "simulators: no plant asked knows a fault no-such; see simulators fault list\n",
        err.toString());
  }

  @Test
  void strangersAreTurnedAway() throws Exception {
    Object port = site.ready().get("control");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/truth")).build();
    int status = HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
    assertEquals(401, status);
  }

  @Test
  void takenPortIsAnErrorAndLeavesNothingRunning() {
    int taken = Integer.parseInt(String.valueOf(site.ready().get("modbus")));
    SiteSettings same = demo(folder.resolve("other"), 60, taken);
    assertThrows(IOException.class, () -> new Site(same));
  }

  @Test
  void readyFileNamesEveryServer() throws IOException {
    JsonNode ready =
        new com.fasterxml.jackson.databind.ObjectMapper()
            .readTree(folder.resolve("ready.json").toFile());
    for (String server : new String[] {"modbus", "xgt", "opcua", "mqtt", "s3", "control"}) {
      assertTrue(ready.path(server).asInt() > 0, server);
    }
    assertTrue(Files.exists(Path.of(ready.path("s3_secret_key_file").asText())));
  }

  private int run(String... command) {
    String[] all = java.util.Arrays.copyOf(command, command.length + 2);
    all[command.length] = "--folder";
    all[command.length + 1] = folder.toString();
    return SimulatorsMain.commandLine().setOut(new PrintWriter(new StringWriter())).execute(all);
  }

  private static SiteSettings demo(Path folder, double speed, int modbus) {
    return SiteSettings.demo(
        folder,
        speed,
        1,
        Double.POSITIVE_INFINITY,
        new SiteSettings.DemoPorts(modbus, 0, 0, 0, 0, 0));
  }

  @Test
  void serversMisbehaveOnDemandAndSayWhatTheyCannotDo() throws IOException {
    assertEquals(0, run("trouble", "start", "modbus", "wrong-id"));
    assertEquals(1, run("trouble", "start", "modbus", "reorder"));
    JsonNode modbus = new ControlClient(folder).get("/servers").get(0);
    assertEquals("{\"wrong-id\":0.0}", modbus.path("troubles").toString());
    assertEquals(0, run("trouble", "stop", "modbus"));
  }

  @Test
  void aSensorOfARunningPlantIsFrozenAndRepaired() throws IOException {
    assertEquals(0, run("sensor", "furnace", "zone2.pv", "frozen"));
    JsonNode furnace = new ControlClient(folder).get("/truth").path("furnace");
    assertTrue(furnace.path("sensors").has("zone2.pv"));
    assertEquals(0, run("sensor", "furnace", "zone2.pv", "sound"));
  }
}
