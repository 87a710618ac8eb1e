package io.deungdae.collector.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deungdae.collector.settings.Secret;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Value;
import io.deungdae.collector.store.Await;
import io.deungdae.collector.store.Historian;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The interface of InfluxDB 2.x as a server of other people has it: VictoriaMetrics, which keeps
 * numbers alone, by the millisecond.
 */
@Timeout(120)
final class VictoriaMetricsIT {

  private static final Path PROGRAM = Path.of("/usr/bin/victoria-metrics");

  @TempDir Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private Historian historian;
  private int port;
  private @Nullable Process server;

  @BeforeEach
  void open() throws Exception {
    assumeTrue(Files.isExecutable(PROGRAM), "victoria-metrics is not installed");
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = probe.getLocalPort();
    }
    historian = Plc.historian(folder.resolve("history"));
  }

  @AfterEach
  void close() throws IOException {
    if (historian != null) {
      historian.close();
      stop();
    }
  }

  private void start() throws IOException {
    server =
        new ProcessBuilder(
                PROGRAM.toString(),
                "-storageDataPath=" + folder.resolve("metrics"),
                "-httpListenAddr=127.0.0.1:" + port,
                "-memory.allowedBytes=64MB")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    Await.until("victoria-metrics answers", this::answers);
  }

  private boolean answers() {
    try {
      return get("/health").equals("OK");
    } catch (IOException e) {
      return false;
    }
  }

  private void stop() {
    Process running = server;
    if (running != null) {
      running.destroy();
      Await.until("victoria-metrics ends", () -> !running.isAlive());
    }
  }

  private String get(String path) throws IOException {
    try {
      return http.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private Forwarder forwarder(InfluxVersion version, boolean gzip, InfluxMapping mapping)
      throws IOException {
    Path token = Files.writeString(folder.resolve("token"), "secret");
    ForwarderSettings settings =
        ForwarderSettings.of("metrics", folder)
            .withBatch(500)
            .withWaits(Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(500));
    boolean two = version == InfluxVersion.V2;
    InfluxSettings influx =
        new InfluxSettings(
            settings,
            "http://127.0.0.1:" + port,
            version,
            two ? "works" : "",
            two ? "plant" : "",
            two ? "" : "plant",
            "",
            new Secret(token),
            "",
            Secret.NONE,
            mapping,
            Duration.ofSeconds(5),
            gzip,
            3);
    Forwarder forwarder =
        new Forwarder(
            settings,
            historian,
            new InfluxSender(influx, () -> Plc.TAGS),
            Clock.system(),
            new Random(3)::nextDouble);
    forwarder.start();
    return forwarder;
  }

  private void store(Instant from, int first, int rows) {
    List<Sample> batch = new ArrayList<>();
    for (int i = first; i < first + rows; i++) {
      batch.add(Plc.sample(Plc.SHOTS, Value.of((long) i), from.plusMillis(i)));
    }
    long ticket = historian.append(batch);
    Await.until("committed", () -> historian.committedTicket() >= ticket);
  }

  @ParameterizedTest
  @CsvSource({"V2,true,VALUE,samples_value_i", "V3,false,TAG,samples_line1.shots_i"})
  void everyRowArrivesOnceThroughARestartOfTheServer(
      InfluxVersion version, boolean gzip, InfluxFields fields, String series) throws Exception {
    Instant from = Clock.system().now().minusSeconds(60).truncatedTo(ChronoUnit.SECONDS);
    start();
    InfluxMapping mapping = fields == InfluxFields.TAG ? InfluxMapping.WIDE : InfluxMapping.USUAL;
    try (Forwarder forwarder = forwarder(version, gzip, mapping)) {
      store(from, 0, 2_000);
      Await.until("sent", () -> forwarder.status(from).lagRows() == 0);
      stop();
      store(from, 2_000, 2_000);
      Await.until("noticed", () -> !forwarder.status(from).isWell());
      start();
      Await.until("sent", () -> forwarder.status(from).lagRows() == 0);
      assertEquals(0, forwarder.status(from).refused());
    }
    String unused = get("/internal/force_flush");
    String query = URLEncoder.encode("{__name__=\"" + series + "\"}", StandardCharsets.UTF_8);
    Set<Long> values = new TreeSet<>();
    long number = 0;
    for (String line : get("/api/v1/export?match%5B%5D=" + query).lines().toList()) {
      JsonNode answer = new ObjectMapper().readTree(line);
      assertEquals("plc=1", answer.at("/metric/device").asText());
      for (int i = 0; i < answer.path("values").size(); i++) {
        long value = answer.path("values").get(i).asLong();
        assertEquals(
            from.plusMillis(value).toEpochMilli(), answer.path("timestamps").get(i).asLong());
        values.add(value);
        number++;
      }
    }
    assertEquals(4_000, values.size());
    assertEquals(4_000, number, "none twice");
  }
}
