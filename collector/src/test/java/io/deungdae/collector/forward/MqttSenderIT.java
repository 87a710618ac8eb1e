package io.deungdae.collector.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deungdae.collector.driver.broker.BrokerSettings;
import io.deungdae.collector.driver.mqtt.Mosquitto;
import io.deungdae.collector.driver.tls.TlsFiles;
import io.deungdae.collector.settings.Secret;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Value;
import io.deungdae.collector.store.Await;
import io.deungdae.collector.store.Historian;
import io.deungdae.collector.store.StoredSample;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against mosquitto, which goes away in the middle. */
@Timeout(120)
final class MqttSenderIT {

  private record Heard(String topic, String payload) {}

  @TempDir Path folder;
  private final ObjectMapper json = new ObjectMapper();
  private final ConcurrentLinkedQueue<Heard> heard = new ConcurrentLinkedQueue<>();
  private Historian historian;

  @BeforeEach
  void open() throws IOException {
    historian = Plc.historian(folder.resolve("history"));
  }

  @AfterEach
  void close() throws IOException {
    historian.close();
  }

  private Forwarder forwarder(int port, int version, MqttPayload payload, String topic)
      throws IOException {
    ForwarderSettings settings = settings();
    Forwarder forwarder =
        new Forwarder(
            settings,
            historian,
            sender(settings, port, version, payload, topic),
            Clock.system(),
            new Random(3)::nextDouble);
    forwarder.start();
    return forwarder;
  }

  private ForwarderSettings settings() {
    return ForwarderSettings.of("mqtt", folder)
        .withWaits(Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(500));
  }

  private static MqttSender sender(
      ForwarderSettings settings, int port, int version, MqttPayload payload, String topic) {
    BrokerSettings link =
        new BrokerSettings(
            "tcp://127.0.0.1:" + port,
            version,
            "gw",
            "",
            Secret.NONE,
            new TlsFiles(null, null, null),
            false,
            Duration.ofSeconds(20),
            1000,
            Duration.ofSeconds(5),
            null);
    MqttSenderSettings mqtt =
        new MqttSenderSettings(settings, link, topic, payload, 64 * 1024, 1, true);
    return new MqttSender(mqtt, "works", () -> Plc.TAGS, Clock.system());
  }

  @Test
  void oneThatWasStoppedMakesNoConnectionForABatchThatWasStillToCome() throws Exception {
    try (ServerSocketChannel broker = ServerSocketChannel.open()) {
      broker
          .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
          .configureBlocking(false);
      int port = broker.socket().getLocalPort();
      MqttSender sender = sender(settings(), port, 3, MqttPayload.SAMPLE, "works/line");
      sender.close();
      Instant now = Instant.now();
      StoredSample row = new StoredSample(1, "t", Value.of(1), Quality.GOOD, now, now);

      SendException failure =
          assertThrows(
              SendException.class, () -> sender.send(List.of(new Outgoing(row, 0, Lane.LIVE))));

      assertEquals(SendException.Kind.UNREACHABLE, failure.kind());
      assertNull(broker.accept(), "nobody has connected");
    }
  }

  private MqttClient listen(int port) throws Exception {
    MqttClient client =
        new MqttClient("tcp://127.0.0.1:" + port, "listener", new MemoryPersistence());
    MqttConnectOptions options = new MqttConnectOptions();
    options.setCleanSession(false);
    client.setCallback(
        new MqttCallback() {
          @Override
          public void messageArrived(String topic, MqttMessage message) {
            heard.add(new Heard(topic, new String(message.getPayload(), StandardCharsets.UTF_8)));
          }

          @Override
          public void connectionLost(Throwable cause) {}

          @Override
          public void deliveryComplete(IMqttDeliveryToken token) {}
        }); // before connecting: what the broker kept comes at once
    client.connect(options);
    client.subscribe("plant/#", 1);
    return client;
  }

  private void store(int from, int rows) {
    List<Sample> batch = new ArrayList<>();
    for (int i = from; i < from + rows; i++) {
      batch.add(Plc.sample(Plc.SHOTS, Value.of((long) i), Clock.system().now()));
    }
    batch.add(Plc.sample(Plc.LOT, Value.of("로트 " + from), Clock.system().now().plusMillis(1)));
    long ticket = historian.append(batch);
    Await.until("committed", () -> historian.committedTicket() >= ticket);
  }

  @ParameterizedTest
  @CsvSource({"3,SAMPLE,plant/{site}/{levels}", "5,ARRAY,plant/{site}/{device}/rows"})
  void everyRowIsConfirmedThroughARestartOfTheBroker(int version, MqttPayload payload, String topic)
      throws Exception {
    try (Mosquitto broker = Mosquitto.start(folder, "allow_anonymous true\nmax_queued_messages 0");
        Forwarder forwarder = forwarder(broker.port(), version, payload, topic)) {
      MqttClient listener = listen(broker.port());
      store(0, 1_500);
      Await.until("sent", () -> forwarder.status(Instant.EPOCH).lagRows() == 0);
      Await.until("heard", () -> rows().size() == 1_501);
      listener.disconnect();
      broker.stop();
      store(1_500, 700);
      Await.until("noticed", () -> !forwarder.status(Instant.EPOCH).isWell());
      broker.startAgain();
      MqttClient again = listen(broker.port());
      Await.until("sent", () -> forwarder.status(Instant.EPOCH).lagRows() == 0);
      Await.until("heard", () -> rows().size() == 2_202);
      again.disconnect();
      listener.close();
      again.close();
      assertEquals(0, forwarder.status(Instant.EPOCH).refused());
    }
    JsonNode rows = json.valueToTree(rows());
    assertEquals(1_499, rows.path("1500").path("value").asLong());
    assertEquals("로트 0", rows.path("1501").path("value").asText());
    assertEquals("GOOD", rows.path("1").path("quality").asText());
    String expected =
        payload == MqttPayload.SAMPLE ? "plant/works/line1/shots" : "plant/works/plc=1/rows";
    assertEquals(expected, heard.peek().topic());
  }

  private Map<Long, JsonNode> rows() {
    Map<Long, JsonNode> bySeq = new TreeMap<>();
    for (Heard message : heard) {
      try {
        JsonNode node = json.readTree(message.payload());
        for (JsonNode row : node.isArray() ? node : json.createArrayNode().add(node)) {
          bySeq.put(row.path("seq").asLong(), row);
        }
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
    return bySeq;
  }
}
