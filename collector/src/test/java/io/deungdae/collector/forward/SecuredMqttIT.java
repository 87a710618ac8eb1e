package io.deungdae.collector.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deungdae.collector.driver.broker.BrokerSettings;
import io.deungdae.collector.driver.mqtt.Mosquitto;
import io.deungdae.collector.driver.sparkplug.Metric;
import io.deungdae.collector.driver.sparkplug.SparkplugPayload;
import io.deungdae.collector.driver.tls.Authority;
import io.deungdae.collector.driver.tls.TlsFiles;
import io.deungdae.collector.settings.Secret;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Value;
import io.deungdae.collector.store.Await;
import io.deungdae.collector.store.Board;
import io.deungdae.collector.store.Historian;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.eclipse.paho.client.mqttv3.IMqttMessageListener;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against mosquitto that wants TLS, a certificate of its own authority, a user and a password. */
@Timeout(120)
final class SecuredMqttIT {

  private static final int ROWS = 200;
  private static Authority authority;

  @TempDir static Path certificates;
  @TempDir Path folder;
  private final Set<Long> heard = new ConcurrentSkipListSet<>();
  private Historian historian;

  @BeforeAll
  static void certify() throws Exception {
    authority = Authority.in(certificates);
  }

  @BeforeEach
  void open() throws IOException {
    historian = Plc.historian(folder.resolve("history"));
  }

  @AfterEach
  void close() throws IOException {
    historian.close();
  }

  private Mosquitto broker() throws Exception {
    Path users = folder.resolve("users");
    Process made =
        new ProcessBuilder("mosquitto_passwd", "-c", "-b", users.toString(), "gw", "right").start();
    assertEquals(0, made.waitFor());
    return Mosquitto.start(
        folder,
        "cafile %s\ncertfile %s\nkeyfile %s\nrequire_certificate true\npassword_file %s\nmax_queued_messages 0"
            .formatted(
                authority.file("authority.pem"),
                authority.file("server.pem"),
                authority.file("server.key"),
                users));
  }

  private BrokerSettings link(int port, int version, TlsFiles tls, Path password) {
    return new BrokerSettings(
        "ssl://localhost:" + port,
        version,
        "gw",
        "gw",
        new Secret(password),
        tls,
        true,
        Duration.ofSeconds(20),
        1000,
        Duration.ofSeconds(5),
        null);
  }

  private Forwarder forwarder(String kind, BrokerSettings link) throws IOException {
    ForwarderSettings settings =
        ForwarderSettings.of("out", folder)
            .withWaits(Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(300));
    Clock clock = Clock.system();
    Sender sender =
        kind.equals("json")
            ? new MqttSender(
                new MqttSenderSettings(
                    settings, link, "plant/{levels}", MqttPayload.SAMPLE, 64 * 1024, 1, false),
                "works",
                () -> Plc.TAGS,
                clock)
            : new EdgeNodeSender(
                new EdgeNodeSettings(settings, link, "plant", "gw", false, ""),
                new Board(Plc.TAGS),
                clock);
    Forwarder forwarder =
        new Forwarder(settings, historian, sender, clock, new Random(3)::nextDouble);
    forwarder.start();
    return forwarder;
  }

  private MqttClient listen(int port) throws Exception {
    Path ours = Files.createDirectories(folder.resolve("listener"));
    MqttClient client =
        new MqttClient("ssl://localhost:" + port, "listener", new MemoryPersistence());
    MqttConnectOptions options = new MqttConnectOptions();
    options.setSocketFactory(authority.give(ours, "authority", "gateway").sockets());
    options.setUserName("gw");
    options.setPassword("right".toCharArray());
    client.connect(options);
    IMqttMessageListener json = (topic, message) -> heardJson(message.getPayload());
    IMqttMessageListener born = (topic, message) -> heardData(message.getPayload());
    client.subscribe("plant/#", 1, json);
    client.subscribe("spBv1.0/plant/NDATA/#", 1, born);
    return client;
  }

  private void heardJson(byte[] payload) throws IOException {
    JsonNode row = new ObjectMapper().readTree(payload);
    heard.add(row.path("value").asLong());
  }

  private void heardData(byte[] payload) throws Exception {
    for (Metric metric : SparkplugPayload.read(payload).metrics()) {
      if (metric.value() instanceof Long number) {
        heard.add(number);
      }
    }
  }

  private static void awaitError(Forwarder forwarder, String words) {
    try {
      Await.until(words, () -> forwarder.status(Instant.EPOCH).error().contains(words));
    } catch (AssertionError e) {
      throw new AssertionError(words + " in " + forwarder.status(Instant.EPOCH), e);
    }
  }

  @ParameterizedTest
  @CsvSource({"json,3", "json,5", "sparkplug,3"})
  void whatIsWrongIsSaidAndNothingIsLostUntilItIsRight(String kind, int version) throws Exception {
    Path ours = Files.createDirectories(folder.resolve("ours"));
    Path password = Files.writeString(ours.resolve("password"), "wrong\n");
    TlsFiles tls = authority.give(ours, "other", "stranger");
    Instant t0 = Clock.system().now();
    long ticket =
        historian.append(
            IntStream.range(0, ROWS)
                .mapToObj(i -> Plc.sample(Plc.SHOTS, Value.of((long) i), t0.plusMillis(i)))
                .toList());
    Await.until("committed", () -> historian.committedTicket() >= ticket);
    try (Mosquitto broker = broker();
        Forwarder forwarder = forwarder(kind, link(broker.port(), version, tls, password))) {
      MqttClient listener = listen(broker.port());
      awaitError(forwarder, "the server's certificate is not trusted");
      authority.give(ours, "authority", "stranger");
      awaitError(forwarder, "the server does not accept our certificate");
      authority.give(ours, "authority", "gateway");
      awaitError(forwarder, "the broker does not accept user or password");
      assertEquals(ROWS, forwarder.status(t0).lagRows());
      Files.writeString(password, "right\n");
      Await.until("sent", () -> forwarder.status(t0).lagRows() == 0);
      Await.until("heard", () -> heard.size() == ROWS);
      assertEquals("", forwarder.status(t0).error());
      assertEquals(0, forwarder.status(t0).refused());
      listener.disconnect(0);
      listener.close();
    }
    assertEquals(LongStream.range(0, ROWS).boxed().collect(Collectors.toSet()), heard);
  }
}
