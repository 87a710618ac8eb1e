package io.deungdae.collector.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deungdae.collector.driver.tls.Authority;
import io.deungdae.collector.driver.tls.TlsFiles;
import io.deungdae.collector.settings.Secret;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Value;
import io.deungdae.collector.store.Await;
import io.deungdae.collector.store.Historian;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.test.KafkaClusterTestKit;
import org.apache.kafka.common.test.TestKitNodes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against a real Kafka broker with its controller, in this process. */
@Timeout(120)
final class KafkaSenderIT {

  private static KafkaClusterTestKit kafka;

  private static final String SECURE = "listener.name.secure.";

  @TempDir static Path certificates;
  private static Authority authority;
  @TempDir Path folder;
  private Historian historian;

  @BeforeAll
  static void start() throws Exception {
    authority = Authority.in(certificates);
    TestKitNodes nodes =
        new TestKitNodes.Builder()
            .setCombined(true)
            .setNumBrokerNodes(1)
            .setNumControllerNodes(1)
            .build();
    kafka =
        new KafkaClusterTestKit.Builder(nodes)
            .setConfigProp("offsets.topic.replication.factor", "1")
            .setConfigProp("offsets.topic.num.partitions", "1")
            .setConfigProp("message.max.bytes", "100000")
            .setConfigProp("num.partitions", "2")
            .setConfigProp(
                "listeners", "EXTERNAL://localhost:0,SECURE://localhost:0,CONTROLLER://localhost:0")
            .setConfigProp(
                "listener.security.protocol.map",
                "EXTERNAL:PLAINTEXT,SECURE:SASL_SSL,CONTROLLER:PLAINTEXT")
            .setConfigProp(SECURE + "ssl.keystore.type", "PEM")
            .setConfigProp(SECURE + "ssl.keystore.location", file("server.both.pem"))
            .setConfigProp(SECURE + "ssl.truststore.type", "PEM")
            .setConfigProp(SECURE + "ssl.truststore.location", file("authority.pem"))
            .setConfigProp(SECURE + "ssl.client.auth", "required")
            .setConfigProp(SECURE + "sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-256")
            .setConfigProp(
                SECURE + "plain.sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required"
                    + " user_gw=\"right\";")
            .setConfigProp(
                SECURE + "scram-sha-256.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;")
            .build();
    kafka.format();
    kafka.startup();
    kafka.waitForReadyBrokers();
    try (Admin admin = kafka.admin()) {
      admin
          .alterUserScramCredentials(
              List.of(
                  new UserScramCredentialUpsertion(
                      "gw", new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 4096), "right")))
          .all()
          .get(30, TimeUnit.SECONDS);
    }
  }

  private static String file(String name) {
    return authority.file(name).toString();
  }

  @AfterAll
  static void stop() throws Exception {
    kafka.close();
  }

  @BeforeEach
  void open() throws IOException {
    historian = Plc.historian(folder.resolve("history"));
  }

  @AfterEach
  void close() throws IOException {
    historian.close();
  }

  private ForwarderSettings settings() {
    return ForwarderSettings.of("kafka", folder)
        .withWaits(Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofSeconds(1));
  }

  private Forwarder forwarder(KafkaSettings kafkaSettings) throws IOException {
    Forwarder forwarder =
        new Forwarder(
            kafkaSettings.forwarder(),
            historian,
            new KafkaSender(kafkaSettings, "works 1", () -> Plc.TAGS),
            Clock.system(),
            new Random(3)::nextDouble);
    forwarder.start();
    return forwarder;
  }

  private static List<ConsumerRecord<byte[], byte[]>> read(String topic, int rows) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "group.id",
                "reader of " + topic,
                "auto.offset.reset",
                "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(topic));
      Await.until(
          "records",
          () -> {
            consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            return records.size() >= rows;
          });
    }
    return records;
  }

  @Test
  void everyRowArrivesOnceWithItsTagAsKeyAndWhatIsTooLongIsRefused() throws Exception {
    Instant t0 = Clock.system().now();
    List<Sample> batch = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      batch.add(Plc.sample(Plc.SHOTS, Value.of((long) i), t0.plusMillis(i)));
    }
    batch.add(Plc.sample(Plc.LOT, Value.of("로트 \"7\"\n"), t0));
    byte[] noise = new byte[300_000];
    new Random(1).nextBytes(noise); // not to be compressed
    batch.add(Plc.sample(Plc.LOT, Value.of(new String(noise, StandardCharsets.ISO_8859_1)), t0));
    batch.add(Sample.bad(Plc.PRESSURE, Quality.BAD_TIMEOUT, t0, 0));
    long ticket = historian.append(batch);
    ForwarderSettings asStored = settings().withBacklog(SendOrder.AS_STORED, 0);
    try (Forwarder forwarder =
        forwarder(KafkaSettings.of(asStored, kafka.bootstrapServers(), "deungdae.{site}"))) {
      Await.until("committed", () -> historian.committedTicket() >= ticket);
      Await.until("sent", () -> forwarder.status(t0).lagRows() == 0);
      assertEquals(1, forwarder.status(t0).refused());
      assertEquals("line1.lot", forwarder.refusedRows(9).get(0).row().row().tag());
    }
    List<ConsumerRecord<byte[], byte[]>> records = read("deungdae.works_1", 3_002);
    assertEquals(3_002, records.size());
    Set<String> seqs = new HashSet<>();
    long last = -1;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      JsonNode value = new ObjectMapper().readTree(record.value());
      assertEquals(value.path("tag").asText(), new String(record.key(), StandardCharsets.UTF_8));
      seqs.add(new String(record.headers().lastHeader("seq").value(), StandardCharsets.UTF_8));
      switch (value.path("tag").asText()) {
        case "line1.shots" -> {
          assertTrue(value.path("value").asLong() == last + 1, "a tag's rows keep their order");
          last++;
        }
        case "line1.lot" -> assertEquals("로트 \"7\"\n", value.path("value").asText());
        default -> {
          assertTrue(value.path("value").isNull());
          assertEquals("BAD_TIMEOUT", value.path("quality").asText());
          assertEquals("kg/cm²", value.path("unit").asText());
        }
      }
    }
    assertEquals(3_002, seqs.size());
  }

  @ParameterizedTest
  @EnumSource(names = {"PLAIN", "SCRAM_SHA_256"})
  void whatIsWrongIsSaidAndNothingIsLostUntilItIsRight(KafkaSettings.Login login) throws Exception {
    Path ours = Files.createDirectories(folder.resolve("ours"));
    Path password = Files.writeString(ours.resolve("password"), "wrong\n");
    TlsFiles tls = authority.give(ours, "other", "stranger");
    int port = kafka.brokers().values().iterator().next().boundPort(new ListenerName("SECURE"));
    String topic = "secured." + login;
    KafkaSettings secured =
        new KafkaSettings(
            settings(),
            List.of("localhost:" + port),
            topic,
            "gw",
            KafkaSettings.Compression.LZ4,
            true,
            tls,
            login,
            "gw",
            new Secret(password),
            Duration.ofSeconds(3));
    Instant t0 = Clock.system().now();
    List<Sample> batch = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      batch.add(Plc.sample(Plc.SHOTS, Value.of((long) i), t0.plusMillis(i)));
    }
    long ticket = historian.append(batch);
    Await.until("committed", () -> historian.committedTicket() >= ticket);
    try (Forwarder forwarder = forwarder(secured)) {
      awaitError(forwarder, "the server's certificate is not trusted");
      authority.give(ours, "authority", "stranger");
      awaitError(forwarder, "the server does not accept our certificate");
      authority.give(ours, "authority", "gateway");
      awaitError(forwarder, "the broker does not accept user or password");
      assertEquals(300, forwarder.status(t0).lagRows());
      Files.writeString(password, "right\n");
      Await.until("sent", () -> forwarder.status(t0).lagRows() == 0);
      assertEquals("", forwarder.status(t0).error());
      assertEquals(0, forwarder.status(t0).refused());
    }
    assertEquals(300, read(topic, 300).size());
  }

  private static void awaitError(Forwarder forwarder, String words) {
    try {
      Await.until(words, () -> forwarder.status(Instant.EPOCH).error().contains(words));
    } catch (AssertionError e) {
      throw new AssertionError(words + " in " + forwarder.status(Instant.EPOCH), e);
    }
  }
}
