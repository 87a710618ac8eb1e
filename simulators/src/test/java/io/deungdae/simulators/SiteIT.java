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
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SiteIT {

  @TempDir private static Path folder;
  private static Site site;

  @BeforeAll
  static void start() throws IOException {
    site = new Site(new SiteSettings(folder, 600, 0, 0, 0, 0, 0, 0, 1, Double.POSITIVE_INFINITY));
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
    assertEquals("simulators: no fault no-such\n", err.toString());
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
    SiteSettings same =
        new SiteSettings(
            folder.resolve("other"), 60, taken, 0, 0, 0, 0, 0, 1, Double.POSITIVE_INFINITY);
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

  @Test
  void troubleOnModbusIsMadeOnDemand() throws IOException {
    JsonNode answer =
        new ControlClient(folder).post("/misbehave", Map.of("how", "wrong-transaction"));
    assertEquals("WRONG_TRANSACTION", answer.path("modbus").asText());
  }
}
