package io.deungdae.collector.driver.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.driver.Browser;
import io.deungdae.collector.driver.DeviceAgent;
import io.deungdae.collector.driver.DeviceCounters;
import io.deungdae.collector.driver.LinkState;
import io.deungdae.collector.driver.Probe;
import io.deungdae.collector.driver.RecordingSink;
import io.deungdae.collector.driver.Relay;
import io.deungdae.collector.driver.SampleSink;
import io.deungdae.collector.driver.TestSite;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.Value;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateBuilder;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The driver against mosquitto. */
class MqttIT {

  private static final String TAGS =
      """
      tag,device,address,type,unit,scale
      온도,dut,회사/1라인/온도#$.값,,°C,
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
  @CsvSource({"5, 1", "3, 2"})
  void aMessageThatIsTooLongIsCountedAndEndsNothing(int version, int qos) throws IOException {
    RecordingSink sink = new RecordingSink(true);
    String more = "maxMessageKb: 64\nversion: " + version + "\nqos: " + qos;
    try (Mosquitto broker = Mosquitto.start(folder);
        TestSite site = site(broker.port(), more)) {
      DeviceAgent agent = site.start(sink);
      awaitUp(agent);
      String small = "{\"값\":%d,\"rest\":\"" + "x".repeat(60_000) + "\"}";
      String large = "{\"값\":7,\"rest\":\"" + "x".repeat(3_000_000) + "\"}";
      broker.publish(qos, "회사/1라인/온도", small.formatted(1), large, small.formatted(2));
      Tag tag = site.tag("온도");
      sink.await(tag, s -> s.asDouble() == 2);
      assertEquals(
          List.of(Quality.GOOD, Quality.BAD_MALFORMED, Quality.GOOD),
          sink.of(tag).stream().map(Sample::quality).toList());
      RecordingSink.await(
          () -> agent.counters().failures(DeviceCounters.Failure.MALFORMED) == 1,
          () -> "not counted");
      String told = String.valueOf(agent.status().lastError());
      assertTrue(told.contains("회사/1라인/온도: 30000"), told); // 3,0000xx bytes
      assertTrue(told.contains("maxMessageKb"), told);
      assertEquals(0, agent.status().reconnects());
      assertEquals(0, agent.bugs());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void anotherClientWithOurNameIsTold(int version) throws Exception {
    try (Mosquitto broker = Mosquitto.start(folder);
        TestSite one = site(broker.port(), "clientId: gate\nversion: " + version);
        TestSite two = site(broker.port(), "clientId: gate\nversion: " + version)) {
      DeviceAgent first = one.start(new RecordingSink(false));
      awaitUp(first);
      DeviceAgent second = two.start(new RecordingSink(false));
      awaitUp(second);
      RecordingSink.await(() -> first.status().lastError() != null, () -> "not told");
      String told = String.valueOf(first.status().lastError());
      assertTrue(told.contains("our client id gate"), told);
    }
  }

  @Test
  void aBrokerThatHangsUpAtOnceIsNotHammeredAndSaidToBeSo() throws Exception {
    AtomicLong calls = new AtomicLong();
    try (ServerSocket rude = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread hangUp =
          new Thread(
              () -> {
                try {
                  while (!rude.isClosed()) {
                    try (Socket caller = rude.accept()) {
                      calls.incrementAndGet();
                      assertTrue(caller.getInputStream().read() >= 0);
                    }
                  }
                } catch (IOException e) {
                  // closed
                }
              });
      hangUp.start();
      try (TestSite site = site(rude.getLocalPort(), "")) {
        DeviceAgent agent = site.start(new RecordingSink(false));
        RecordingSink.await(() -> calls.get() == 3, () -> calls + " attempts");
        String told = String.valueOf(agent.status().lastError());
        assertTrue(told.contains("closes the connection at once"), told);
        assertEquals(0, agent.bugs());
      }
    }
  }

  @Test
  void aSubscriptionOfEarlierSettingsCostsOneRequestATopic() throws IOException {
    String clientId = "clientId: gate";
    try (Mosquitto broker = Mosquitto.start(folder, "allow_anonymous true\nlog_type all")) {
      try (TestSite wide = site(broker.port(), clientId + "\ntopics: [{topic: old/#}]")) {
        awaitUp(wide.start(new RecordingSink(false)));
      }
      RecordingSink sink = new RecordingSink(false);
      try (TestSite narrow = site(broker.port(), clientId)) {
        awaitUp(narrow.start(sink));
        String[] many = IntStream.range(0, 50).mapToObj(Integer::toString).toArray(String[]::new);
        broker.publish("old/x", false, many);
        broker.publish("ambient/door", false, "1");
        sink.await(narrow.tag("door"), s -> s.quality() == Quality.GOOD);
      }
      String log = Files.readString(folder.resolve("mosquitto.log"));
      assertEquals(1, log.split("Received UNSUBSCRIBE from gate", -1).length - 1, log);
    }
  }

  @Test
  void aBrokerThatHasForgottenEverythingIsSubscribedToAgain() throws Exception {
    SlowDisk disk = new SlowDisk(0);
    try (Mosquitto broker = Mosquitto.start(folder);
        TestSite site = site(broker.port(), "version: 5")) {
      DeviceAgent agent = site.start(disk);
      awaitUp(agent);
      broker.publish("line/count", false, "1", "2"); // not on disk, so not acknowledged
      Tag count = site.tag("count");
      disk.seen.await(count, s -> s.asDouble() == 2);
      broker.stop();
      disk.seen.await(count, s -> s.quality() == Quality.BAD_NO_LINK);
      broker.startAnew();
      RecordingSink.await(() -> agent.status().reconnects() == 1, () -> "not back");
      broker.publish("line/count", false, "1", "2"); // with the numbers of before
      disk.seen.await(count, s -> s.asDouble() == 2);
      assertEquals(
          List.of(1.0, 2.0, 1.0, 2.0),
          disk.seen.of(count).stream()
              .filter(s -> s.quality() == Quality.GOOD)
              .map(Sample::asDouble)
              .toList());
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
      awaitUp(agent); // what waited at the broker comes before the link counts as up
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

  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void withQos2EachMessageComesOnceAndNoneIsLost(int version) throws IOException {
    String more = "time: ts\nqos: 2\nversion: " + version;
    String[] payloads =
        IntStream.range(0, 100)
            .mapToObj(i -> "{\"ts\":" + (1700000000000L + i) + ",\"power_kw\":" + i + "}")
            .toArray(String[]::new);
    try (Mosquitto broker = Mosquitto.start(folder)) {
      SlowDisk held = new SlowDisk(0);
      try (TestSite site = site(broker.port(), more)) {
        awaitUp(site.start(held));
        broker.publish(2, "meters/furnace", payloads);
        held.seen.await(site.tag("power"), s -> s.asDouble() >= 9);
      } // nothing was on disk, so all of it is the broker's still
      RecordingSink sink = new RecordingSink(true);
      try (TestSite site = site(broker.port(), more)) {
        site.start(sink);
        sink.await(site.tag("power"), s -> s.asDouble() == 99);
        broker.publish(2, "ambient/temperature", "20");
        sink.await(site.tag("ambient"), s -> s.asDouble() == 20);
        assertEquals(
            IntStream.range(0, 100).mapToObj(i -> (double) i).toList(),
            sink.of(site.tag("power")).stream().map(Sample::asDouble).toList());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void whatWasTakenOverABrokenLinkIsNotTakenTwice(int version) throws Exception {
    SlowDisk disk = new SlowDisk(0);
    try (Mosquitto broker = Mosquitto.start(folder);
        Relay relay = new Relay(broker.port());
        TestSite site = site(relay.port(), "version: " + version)) {
      DeviceAgent agent = site.start(disk);
      awaitUp(agent);
      broker.publish("line/count", false, "1", "2", "3");
      Tag count = site.tag("count");
      disk.seen.await(count, s -> s.asDouble() == 3);
      relay.cut();
      RecordingSink.await(() -> agent.status().reconnects() == 1, () -> "not back");
      broker.publish("line/count", false, "4");
      disk.seen.await(count, s -> s.asDouble() == 4);
      disk.committed.set(Long.MAX_VALUE);
      assertEquals(
          List.of(1.0, 2.0, 3.0, 4.0),
          disk.seen.of(count).stream()
              .filter(s -> s.quality() == Quality.GOOD)
              .map(Sample::asDouble)
              .toList());
    }
  }

  @Test
  void whatIsStoredIsNotStoredAgainAfterACrash() throws Exception {
    PushedStore store = new PushedStore();
    String more = "time: ts";
    try (Mosquitto broker = Mosquitto.start(folder)) {
      try (TestSite site = site(broker.port(), more)) {
        awaitUp(site.start(store));
        broker.publish("meters/furnace", false, "{\"ts\":1700000000000,\"power_kw\":1}");
        store.seen.await(site.tag("power"), s -> s.asDouble() == 1);
      } // on disk, but the broker was not told
      try (TestSite site = site(broker.port(), more)) {
        awaitUp(site.start(store));
        broker.publish("meters/furnace", false, "{\"ts\":1700000000001,\"power_kw\":2}");
        store.seen.await(site.tag("power"), s -> s.asDouble() == 2);
        assertEquals(1, store.asked.get());
        assertEquals(1, store.seen.all().stream().filter(s -> s.asDouble() == 1).count());
      }
    }
  }

  /** A sink that is slow to say so, but knows what it has. */
  private static final class PushedStore implements SampleSink {
    private final RecordingSink seen = new RecordingSink(true);
    private final AtomicLong asked = new AtomicLong();

    @Override
    public long accept(List<Sample> batch) {
      return seen.accept(batch);
    }

    @Override
    public long committed() {
      return 0;
    }

    @Override
    public List<Sample> unknown(List<Sample> again) {
      asked.addAndGet(again.size());
      return again.stream()
          .filter(
              sample ->
                  seen.all().stream()
                      .noneMatch(
                          old ->
                              old.tag().name().equals(sample.tag().name())
                                  && old.sourceTime().equals(sample.sourceTime())
                                  && old.value().equals(sample.value())))
          .toList();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void twoGatewaysShareASubscription(int version) throws IOException {
    String more = "share: line\nversion: " + version + "\nclientId: ";
    RecordingSink one = new RecordingSink(true);
    RecordingSink two = new RecordingSink(true);
    try (Mosquitto broker = Mosquitto.start(folder);
        TestSite first = site(broker.port(), more + "a");
        TestSite second = site(broker.port(), more + "b")) {
      awaitUp(first.start(one));
      awaitUp(second.start(two));
      String[] payloads = IntStream.range(0, 40).mapToObj(Integer::toString).toArray(String[]::new);
      broker.publish("line/count", false, payloads);
      RecordingSink.await(
          () -> one.all().size() + two.all().size() >= 40, () -> one.all() + " " + two.all());
      assertEquals(40, one.all().size() + two.all().size());
      assertTrue(!one.all().isEmpty() && !two.all().isEmpty());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void othersLearnWhetherTheGatewayIsThere(int version) throws Exception {
    String more =
        "version: "
            + version
            + "\nwill: {topic: gw/state, payload: offline}"
            + "\nbirth: {topic: gw/state, payload: online}";
    String watcher = "tag,device,address,type\nstate,dut,gw/state,string\n";
    RecordingSink seen = new RecordingSink(true);
    try (Mosquitto broker = Mosquitto.start(folder);
        Relay relay = new Relay(broker.port());
        TestSite watching =
            new TestSite(
                folder,
                new MqttProtocol(),
                "mqtt:\n  broker: tcp://127.0.0.1:" + broker.port() + "\n  clientId: watcher\n",
                watcher)) {
      awaitUp(watching.start(seen));
      Tag state = watching.tag("state");
      try (TestSite site = site(relay.port(), more)) {
        DeviceAgent agent = site.start(new RecordingSink(false));
        seen.await(state, s -> s.value().equals(new Value.Text("online")));
        awaitUp(agent);
        relay.cut(); // the broker speaks for us
        seen.await(state, s -> s.value().equals(new Value.Text("offline")));
        seen.await(state, s -> s.value().equals(new Value.Text("online")));
      } // in good order
      seen.await(state, s -> s.value().equals(new Value.Text("offline")));
    }
  }

  @Test
  void wildcardTopicsFeedTheTagsTheyAreFor() throws IOException {
    String yaml =
        """
        mqtt:
          broker: tcp://127.0.0.1:%d
          csvSeparator: ";"
          charset: ms949
          topics:
            - {topic: "plant/{line}/zone/{zone}/pv", tag: "{line}.z{zone}.pv", value: "$.v", time: t}
            - {topic: "logs/#"}
        """;
    String csv =
        """
        tag,device,address,type
        l1.z1.pv,dut,auto,
        l1.z2.pv,dut,auto,
        log.power,dut,logs/a#csv:power @ csv:at,
        log.last,dut,logs/b#csv:1,
        batch.v,dut,logs/c#$.r[*].v @ $.r[*].t,
        named.v,dut,logs/d#$.m[?(@.name=='p')].value @ $.at,
        name,dut,logs/e#csv:0,string
        """;
    RecordingSink sink = new RecordingSink(true);
    try (Mosquitto broker = Mosquitto.start(folder);
        TestSite site =
            new TestSite(folder, new MqttProtocol(), yaml.formatted(broker.port()), csv)) {
      DeviceAgent agent = site.start(sink);
      awaitUp(agent);
      broker.publish("plant/l1/zone/2/pv", false, "{\"v\":7,\"t\":1700000000001}");
      Sample two = sink.await(site.tag("l1.z2.pv"), s -> s.asDouble() == 7);
      assertEquals(Instant.ofEpochMilli(1700000000001L), two.sourceTime());
      broker.publish("plant/l9/zone/2/pv", false, "{\"v\":7}"); // declared by nobody
      broker.publish("logs/a", false, "at;power\n1700000000;1.5\n1700000001;\"2\"\n");
      sink.await(site.tag("log.power"), s -> s.asDouble() == 2);
      assertEquals(
          List.of(Instant.ofEpochSecond(1700000000L), Instant.ofEpochSecond(1700000001L)),
          sink.of(site.tag("log.power")).stream().map(Sample::sourceTime).toList());
      broker.publish("logs/b", false, "x;3;y", "x;", "x");
      sink.await(site.tag("log.last"), s -> s.quality() == Quality.BAD_MALFORMED);
      assertEquals(
          List.of(Quality.GOOD, Quality.BAD_DEVICE, Quality.BAD_MALFORMED),
          sink.of(site.tag("log.last")).stream().map(Sample::quality).toList());
      broker.publish(
          "logs/c", false, "{\"r\":[{\"v\":1,\"t\":1700000000},{\"v\":2,\"t\":1700000005}]}");
      Sample last = sink.await(site.tag("batch.v"), s -> s.asDouble() == 2);
      assertEquals(Instant.ofEpochSecond(1700000005L), last.sourceTime());
      assertEquals(2, sink.of(site.tag("batch.v")).size());
      broker.publish(
          "logs/d",
          false,
          "{\"at\":\"2023-11-14T22:13:20Z\",\"m\":[{\"name\":\"q\",\"value\":1},{\"name\":\"p\",\"value\":2}]}");
      assertEquals(2, sink.await(site.tag("named.v"), s -> true).asDouble());
      broker.publishBytes(
          "logs/e", "기어 A;1".getBytes(java.nio.charset.Charset.forName("x-windows-949")));
      assertEquals(new Value.Text("기어 A"), sink.await(site.tag("name"), s -> true).value());
      assertEquals(0, agent.bugs());
    }
  }

  @Test
  void aPersonCanSeeWhatIsThere() throws Exception {
    try (Mosquitto broker = Mosquitto.start(folder);
        TestSite site = site(broker.port(), "timeout: 2s")) {
      broker.publish(
          "meters/furnace", true, "{\"a b\":{\"x\":[1,true]},\"name\":\"n\",\"none\":null}");
      broker.publish("ambient/temperature", true, "21.25");
      Clock clock = Clock.system();
      try (Browser browser = site.spec().browser(clock).orElseThrow()) {
        List<String> found = new ArrayList<>();
        assertTrue(browser.browse("", 100, f -> found.add(f.address() + " " + f.type())));
        assertEquals(
            List.of(
                "ambient/temperature float64",
                "meters/furnace#['a b'].x[0] float64",
                "meters/furnace#['a b'].x[1] bool",
                "meters/furnace#name string"),
            found.stream().sorted().toList());
      }
      try (Probe probe = site.spec().probe(clock).orElseThrow()) {
        List<List<String>> rows = probe.read("meters/+#['a b'].x[*]", "", 1).rows();
        assertEquals(List.of("meters/furnace", "1, true"), rows.get(0).subList(1, 3));
      }
    }
  }

  @Test
  void aBacklogLargerThanAllRoomThereIsComesInOrderAndWithoutABreak() throws IOException {
    int messages = 30_000;
    String limits = "allow_anonymous true\nmax_inflight_messages 0\nmax_queued_messages 0";
    try (Mosquitto broker = Mosquitto.start(folder, limits)) {
      try (TestSite site = site(broker.port(), "inFlight: 500")) {
        awaitUp(site.start(new RecordingSink(false)));
      }
      broker.publish(
          "line/count",
          false,
          IntStream.range(0, messages).mapToObj(Integer::toString).toArray(String[]::new));
      AtomicLong expected = new AtomicLong();
      SampleSink counting =
          batch -> {
            for (Sample sample : batch) {
              if (sample.quality().isGood() && sample.asDouble() == expected.get()) {
                expected.incrementAndGet();
              }
            }
            return 0;
          };
      try (TestSite site = site(broker.port(), "inFlight: 500")) {
        DeviceAgent agent = site.start(counting);
        RecordingSink.await(() -> expected.get() == messages, () -> expected + " came");
        assertEquals(0, agent.status().reconnects());
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
        broker.publish("meters/furnace", false, "{\"gas\":{\"flow\":1}}");
        broker.publish("line/count", false, "5");
        Sample live = sink.await(site.tag("count"), s -> s.quality() == Quality.GOOD);
        Sample stale = sink.await(site.tag("count"), s -> s.quality() == Quality.UNCERTAIN_STALE);
        assertEquals(new Value.Whole(5), stale.value());
        assertEquals(live.arrivalNs(), stale.arrivalNs());
        sink.await(site.tag("door"), s -> s.quality() == Quality.BAD_TIMEOUT);
        assertEquals("no message on ambient/door", sink.reason(site.tag("door")));
        sink.await(site.tag("power"), s -> s.quality() == Quality.BAD_TIMEOUT);
        assertEquals(
            "1 messages on meters/furnace have nothing at the tag's place",
            sink.reason(site.tag("power")));
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
    byte[] certificate = certificate(keys, "localhost");
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
              .contains("does not accept user or password"));
      assertEquals("", error(broker, version, "user: line\npassword: secret\nca: broker.pem"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void aBrokerThatWantsOurCertificateGetsIt(int version) throws Exception {
    KeyPair keys = SelfSignedCertificateGenerator.generateRsaKeyPair(2048);
    KeyPair ours = SelfSignedCertificateGenerator.generateRsaKeyPair(2048);
    pem("broker.pem", "CERTIFICATE", certificate(keys, "localhost"));
    pem("key.pem", "PRIVATE KEY", keys.getPrivate().getEncoded());
    pem("ours.pem", "CERTIFICATE", certificate(ours, "line-gateway"));
    pem("ours-key.pem", "PRIVATE KEY", ours.getPrivate().getEncoded());
    String more =
        """
        certfile %1$s/broker.pem
        keyfile %1$s/key.pem
        cafile %1$s/ours.pem
        require_certificate true
        use_identity_as_username true
        allow_anonymous false
        """
            .formatted(folder);
    try (Mosquitto broker = Mosquitto.start(folder, more)) {
      assertTrue(!error(broker, version, "ca: broker.pem").isEmpty());
      assertEquals("", error(broker, version, "ca: broker.pem\ncert: ours.pem\nkey: ours-key.pem"));
    }
  }

  private static byte[] certificate(KeyPair keys, String name) throws Exception {
    return new SelfSignedCertificateBuilder(keys)
        .setCommonName(name)
        .setApplicationUri("urn:test:" + name)
        .addDnsName(name)
        .build()
        .getEncoded();
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
