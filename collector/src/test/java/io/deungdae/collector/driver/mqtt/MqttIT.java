package io.deungdae.collector.driver.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.driver.DeviceAgent;
import io.deungdae.collector.driver.LinkState;
import io.deungdae.collector.driver.RecordingSink;
import io.deungdae.collector.driver.SampleSink;
import io.deungdae.collector.driver.TestSite;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateBuilder;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The driver against mosquitto. */
class MqttIT {

  private static final String TAGS =
      """
      tag,device,address,type,unit,scale
      power,dut,meters/furnace#power_kw,,kW,
      gas,dut,meters/furnace#gas.flow,,kW,0.5
      phase2,dut,meters/furnace#phases[1],,A,
      ambient,dut,ambient/temperature,,°C,
      door,dut,ambient/door,bool,,
      product,dut,line/product,string,,
      count,dut,line/count,int64,,
      """;

  @TempDir Path folder;

  private TestSite site(int port, String more) {
    String yaml =
        "reconnect:\n  first: 100ms\n  longest: 500ms\nmqtt:\n  broker: tcp://127.0.0.1:"
            + port
            + "\n"
            + more.indent(2);
    return new TestSite(folder, new MqttProtocol(), yaml, TAGS);
  }

  private static void awaitUp(DeviceAgent agent) {
    RecordingSink.await(
        () -> agent.status().state() == LinkState.UP, () -> "not up: " + agent.status());
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void valuesComeFromJsonAndPlainPayloads(int version) throws IOException {
    RecordingSink sink = new RecordingSink(true);
    try (Mosquitto broker = Mosquitto.start(folder);
        TestSite site = site(broker.port(), "time: ts\nversion: " + version)) {
      DeviceAgent agent = site.start(sink);
      awaitUp(agent);
      broker.publish(
          "meters/furnace",
          false,
          "{\"ts\":1700000000123,\"power_kw\":41.5,\"gas\":{\"flow\":200},\"phases\":[1,2,3]}");
      Sample power = sink.await(site.tag("power"), s -> s.quality() == Quality.GOOD);
      assertEquals(41.5, power.asDouble());
      assertEquals(Instant.ofEpochMilli(1700000000123L), power.sourceTime());
      assertEquals(100, sink.await(site.tag("gas"), s -> true).asDouble());
      assertEquals(2, sink.await(site.tag("phase2"), s -> true).asDouble());
      broker.publish("ambient/temperature", false, "21.25");
      assertEquals(21.25, sink.await(site.tag("ambient"), s -> true).asDouble());
      broker.publish("ambient/door", false, "on");
      assertEquals(new Value.Flag(true), sink.await(site.tag("door"), s -> true).value());
      broker.publish("line/product", false, "gear A/7");
      assertEquals(new Value.Text("gear A/7"), sink.await(site.tag("product"), s -> true).value());
      broker.publish("line/count", false, "9007199254740993");
      assertEquals(
          new Value.Whole(9007199254740993L), sink.await(site.tag("count"), s -> true).value());
    }
  }

  @Test
  void aMalformedPayloadMarksItsTagsAndNothingElse() throws IOException {
    RecordingSink sink = new RecordingSink(true);
    try (Mosquitto broker = Mosquitto.start(folder);
        TestSite site = site(broker.port(), "")) {
      DeviceAgent agent = site.start(sink);
      awaitUp(agent);
      broker.publish(
          "meters/furnace",
          false,
          "{\"power_kw\": 4",
          "{\"power_kw\":\"high\",\"gas\":{\"flow\":null}}",
          "{\"phases\":[1,7]}",
          "{\"power_kw\":5}");
      sink.await(site.tag("power"), s -> s.asDouble() == 5);
      assertEquals(
          List.of(Quality.BAD_MALFORMED, Quality.BAD_MALFORMED, Quality.GOOD),
          sink.of(site.tag("power")).stream().map(Sample::quality).toList());
      assertEquals(
          List.of(Quality.BAD_MALFORMED, Quality.BAD_DEVICE),
          sink.of(site.tag("gas")).stream().map(Sample::quality).toList());
      assertEquals(7, sink.await(site.tag("phase2"), s -> true).asDouble());
      assertEquals(0, agent.status().reconnects());
      assertEquals(0, agent.bugs());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void whatWasPublishedWhileWeWereAwayIsDelivered(int version) throws IOException {
    String[] payloads =
        IntStream.range(0, 60)
            .mapToObj(i -> "{\"ts\":" + (1700000000000L + i) + ",\"power_kw\":" + i + "}")
            .toArray(String[]::new);
    try (Mosquitto broker = Mosquitto.start(folder)) {
      try (TestSite site = site(broker.port(), "time: ts\nversion: " + version)) {
        awaitUp(site.start(new RecordingSink(false)));
      }
      broker.publish("meters/furnace", false, payloads);
      broker.stop();
      broker.startAgain();
      RecordingSink sink = new RecordingSink(true);
      try (TestSite site = site(broker.port(), "time: ts\nversion: " + version)) {
        site.start(sink);
        sink.await(site.tag("power"), s -> s.asDouble() == 59);
        assertEquals(
            IntStream.range(0, 60).mapToObj(i -> (double) i).toList(),
            sink.of(site.tag("power")).stream().map(Sample::asDouble).toList());
      }
    }
  }

  @Test
  void valuesFlowAgainAfterTheBrokerWasRestarted() throws IOException {
    RecordingSink sink = new RecordingSink(true);
    try (Mosquitto broker = Mosquitto.start(folder);
        TestSite site = site(broker.port(), "")) {
      DeviceAgent agent = site.start(sink);
      awaitUp(agent);
      broker.publish("ambient/temperature", false, "1");
      Tag ambient = site.tag("ambient");
      sink.await(ambient, s -> s.asDouble() == 1);
      broker.stop();
      sink.await(ambient, s -> s.quality() == Quality.BAD_NO_LINK);
      broker.startAgain();
      broker.publish("ambient/temperature", false, "2"); // perhaps before we are back
      sink.await(ambient, s -> s.asDouble() == 2);
      assertEquals(1, agent.status().reconnects());
    }
  }

  /** A sink whose disk can be held up. */
  private static final class SlowDisk implements SampleSink {
    private final RecordingSink seen = new RecordingSink(true);
    private final AtomicLong committed;

    SlowDisk(long committed) {
      this.committed = new AtomicLong(committed);
    }

    @Override
    public long accept(List<Sample> batch) {
      return seen.accept(batch);
    }

    @Override
    public long committed() {
      return committed.get();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void whatWasNotYetOnDiskIsDeliveredAgain(int version) throws IOException {
    String more = "time: ts\nversion: " + version;
    try (Mosquitto broker = Mosquitto.start(folder)) {
      SlowDisk held = new SlowDisk(0);
      try (TestSite site = site(broker.port(), more)) {
        awaitUp(site.start(held));
        broker.publish("meters/furnace", false, "{\"ts\":1700000000000,\"power_kw\":1}");
        broker.publish("meters/furnace", false, "{\"ts\":1700000000001,\"power_kw\":2}");
        held.seen.await(site.tag("power"), s -> s.asDouble() == 2);
      }
      SlowDisk quick = new SlowDisk(Long.MAX_VALUE);
      try (TestSite site = site(broker.port(), more)) {
        site.start(quick);
        quick.seen.await(site.tag("power"), s -> s.asDouble() == 2);
        assertEquals(
            List.of(1.0, 2.0),
            quick.seen.of(site.tag("power")).stream().map(Sample::asDouble).toList());
        broker.publish("ambient/temperature", false, "20");
        quick.seen.await(site.tag("ambient"), s -> s.asDouble() == 20);
      }
      SlowDisk last = new SlowDisk(Long.MAX_VALUE);
      try (TestSite site = site(broker.port(), more)) {
        awaitUp(site.start(last));
        broker.publish("ambient/door", false, "1");
        last.seen.await(site.tag("door"), s -> true);
        assertTrue(last.seen.of(site.tag("power")).stream().allMatch(s -> s.quality().isBad()));
      }
    }
  }

  @Test
  void noMoreIsTakenThanMayBeInFlight() throws IOException {
    SlowDisk disk = new SlowDisk(0);
    try (Mosquitto broker = Mosquitto.start(folder);
        TestSite site = site(broker.port(), "inFlight: 3")) {
      awaitUp(site.start(disk));
      String[] payloads = IntStream.range(0, 10).mapToObj(Integer::toString).toArray(String[]::new);
      broker.publish("line/count", false, payloads);
      Tag count = site.tag("count");
      RecordingSink.await(() -> disk.seen.of(count).size() == 3, () -> "not three");
      broker.publish("line/count", false, "10"); // gives a fourth time to slip through
      assertEquals(3, disk.seen.of(count).size());
      disk.committed.set(Long.MAX_VALUE);
      RecordingSink.await(() -> disk.seen.of(count).size() == 11, () -> "not all");
    }
  }

  @Test
  void oldValuesDoNotPassForFreshOnes() throws IOException {
    RecordingSink sink = new RecordingSink(true);
    try (Mosquitto broker = Mosquitto.start(folder)) {
      broker.publish("ambient/temperature", true, "19");
      try (TestSite site = site(broker.port(), "staleAfter: 1s")) {
        awaitUp(site.start(sink));
        Sample kept = sink.await(site.tag("ambient"), s -> s.asDouble() == 19);
        assertEquals(Quality.UNCERTAIN_STALE, kept.quality());
        broker.publish("line/count", false, "5");
        Sample live = sink.await(site.tag("count"), s -> s.quality() == Quality.GOOD);
        Sample stale = sink.await(site.tag("count"), s -> s.quality() == Quality.UNCERTAIN_STALE);
        assertEquals(new Value.Whole(5), stale.value());
        assertEquals(live.arrivalNs(), stale.arrivalNs());
        sink.await(site.tag("door"), s -> s.quality() == Quality.BAD_TIMEOUT);
        broker.publish("line/count", false, "6");
        sink.await(site.tag("count"), s -> s.quality() == Quality.GOOD && s.asDouble() == 6);
        assertEquals(1, sink.of(site.tag("door")).size());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void tlsChecksTheBrokerAndThePassword(int version) throws Exception {
    KeyPair keys = SelfSignedCertificateGenerator.generateRsaKeyPair(2048);
    byte[] certificate =
        new SelfSignedCertificateBuilder(keys)
            .setCommonName("localhost")
            .setApplicationUri("urn:test:broker")
            .addDnsName("localhost")
            .build()
            .getEncoded();
    pem("broker.pem", "CERTIFICATE", certificate);
    pem("key.pem", "PRIVATE KEY", keys.getPrivate().getEncoded());
    Files.writeString(folder.resolve("secret"), "tw0-doors\n");
    Files.writeString(folder.resolve("wrong"), "no\n");
    Files.writeString(folder.resolve("users"), "line:tw0-doors\n");
    run("mosquitto_passwd", "-U", folder.resolve("users").toString());
    String more =
        "allow_anonymous false\npassword_file %1$s/users\ncertfile %1$s/broker.pem\nkeyfile %1$s/key.pem"
            .formatted(folder);
    try (Mosquitto broker = Mosquitto.start(folder, more)) {
      assertTrue(error(broker, version, "user: line\npassword: secret").contains("CONNECT"));
      assertTrue(
          error(broker, version, "user: line\npassword: wrong\nca: broker.pem")
              .contains("REJECTED"));
      assertEquals("", error(broker, version, "user: line\npassword: secret\nca: broker.pem"));
    }
  }

  /** The error of the first attempt; empty when it comes up. */
  private String error(Mosquitto broker, int version, String more) {
    String yaml =
        "mqtt:\n  broker: ssl://localhost:"
            + broker.port()
            + "\n  version: "
            + version
            + "\n"
            + more.indent(2);
    try (TestSite site = new TestSite(folder, new MqttProtocol(), yaml, TAGS)) {
      DeviceAgent agent = site.start(new RecordingSink(false));
      RecordingSink.await(
          () -> agent.status().state() == LinkState.UP || agent.status().lastError() != null,
          () -> "neither up nor down");
      String error = agent.status().lastError();
      return error == null ? "" : error;
    }
  }

  private void pem(String name, String what, byte[] encoded) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
    Files.writeString(
        folder.resolve(name),
        "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n");
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    assertEquals(0, process.waitFor(), String.join(" ", command));
  }
}
