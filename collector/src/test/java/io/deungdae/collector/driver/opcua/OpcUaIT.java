package io.deungdae.collector.driver.opcua;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.driver.DeviceAgent;
import io.deungdae.collector.driver.LinkState;
import io.deungdae.collector.driver.Outcome;
import io.deungdae.collector.driver.RecordingSink;
import io.deungdae.collector.driver.TestSite;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The driver against node-opcua with an ordinary set of nodes. */
class OpcUaIT {

  private static final String TAGS =
      """
      tag,device,address,type,unit,scan,low,high,writable,write_low,write_high,tolerance,scale
      temperature,dut,nsu=urn:test:plant;s=temperature,,°C,normal,0,1000,true,0,100000,0.001,
      speed,dut,ns=1;s=speed,float32,mm/s,,,,true,0,1e39,1e-6,
      count,dut,ns=1;s=count,int16,,,,,true,-100000,100000,0,
      tenths,dut,ns=1;s=count,,,,,,true,-100000,100000,0.05,0.1
      large,dut,ns=1;s=large,int64,,,,,,,,,
      on,dut,ns=1;s=on,bool,,,,,true,0,2,0,
      product,dut,ns=1;s=product,string,,,,,,,,,
      zone3,dut,ns=1;s=zones [2],float32,°C,,,,true,0,500,1e-6,
      cell,dut,"ns=1;s=grid [1,2]",,,,,,true,0,500,0,
      loose,dut,ns=1;s=loose,,,,,,true,0,500,0,
      outside,dut,ns=1;s=zones [9],float32,°C,,,,,,,,
      fixed,dut,ns=1;s=fixed,,,,,,true,0,10,0,
      missing,dut,ns=1;s=nothing-here,,,,,,,,,,
      nowhere,dut,nsu=urn:no:such;s=x,,,,,,,,,,
      looped,dut,ns=1;s=noisy,,,fast,,,,,,,
      """;

  private static final String KINDS =
      """
      tag,device,address,type
      sbyte,dut,ns=1;s=sbyte,int8
      byte,dut,ns=1;s=byte,uint8
      int16,dut,ns=1;s=count,int16
      uint16,dut,ns=1;s=uint16,uint16
      int32,dut,ns=1;s=int32,int32
      uint32,dut,ns=1;s=uint32,uint32
      int64max,dut,ns=1;s=int64max,int64
      int64min,dut,ns=1;s=int64min,int64
      uint64,dut,ns=1;s=uint64,uint64
      huge,dut,ns=1;s=uint64huge,uint64
      hugeNumber,dut,ns=1;s=uint64huge,
      long1,dut,ns=1;s=longs [1],int64
      grid,dut,"ns=1;s=grid [1,2]",
      moment,dut,ns=1;s=moment,string
      guid,dut,ns=1;s=guid,string
      bytes,dut,ns=1;s=bytes,string
      label,dut,ns=1;s=label,string
      qname,dut,ns=1;s=qname,string
      code,dut,ns=1;s=code,string
      state,dut,ns=1;s=state,int32
      whole,dut,ns=1;s=zones,
      unset,dut,ns=1;s=unset,
      odd,dut,ns=1;s=odd,
      structure,dut,ns=1;s=structure,
      polled,dut,ns=1;s=int32 collect=poll,int32
      """;

  @TempDir static Path pki;
  @TempDir Path folder;

  private static NodeServer server;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    NodeServer.install();
    server = NodeServer.start(pki, "\"security\":\"none\"");
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  private TestSite site(String more) {
    return site(more, TAGS);
  }

  private TestSite site(String more, String tags) {
    String yaml =
        "opcua:\n  endpoint: " + server.endpoint() + "\n  security: none\n" + more.indent(2);
    return new TestSite(folder, new OpcUaProtocol(), yaml, tags);
  }

  /** The first attempt to connect may fail on a busy machine. */
  private static boolean fromTheServer(Sample sample) {
    return sample.quality() != Quality.BAD_NO_LINK;
  }

  private static void assertWhole(long expected, RecordingSink sink, Tag tag) {
    assertEquals(
        new Value.Whole(expected), sink.await(tag, OpcUaIT::fromTheServer).value(), tag.name());
  }

  private static void assertText(String expected, RecordingSink sink, Tag tag) {
    assertEquals(
        new Value.Text(expected), sink.await(tag, OpcUaIT::fromTheServer).value(), tag.name());
  }

  @ParameterizedTest
  @ValueSource(strings = {"collect: subscribe", "collect: poll"})
  void everyTypeArrivesExactlyHoweverItIsHad(String collect) {
    RecordingSink sink = new RecordingSink(false);
    try (TestSite site = site(collect, KINDS)) {
      site.start(sink);
      assertWhole(-5, sink, site.tag("sbyte"));
      assertWhole(250, sink, site.tag("byte"));
      assertWhole(65_000, sink, site.tag("uint16"));
      assertWhole(-2_000_000_000, sink, site.tag("int32"));
      assertWhole(4_000_000_000L, sink, site.tag("uint32"));
      assertWhole(Long.MAX_VALUE, sink, site.tag("int64max"));
      assertWhole(Long.MIN_VALUE + 1, sink, site.tag("int64min"));
      assertWhole((1L << 61) + 1, sink, site.tag("uint64"));
      assertEquals(
          Quality.BAD_MALFORMED, sink.await(site.tag("huge"), OpcUaIT::fromTheServer).quality());
      assertEquals(0x1p64, sink.await(site.tag("hugeNumber"), OpcUaIT::fromTheServer).asDouble());
      assertWhole(Long.MAX_VALUE, sink, site.tag("long1"));
      assertEquals(23, sink.await(site.tag("grid"), OpcUaIT::fromTheServer).asDouble());
      assertText("2024-02-29T12:00:00Z", sink, site.tag("moment"));
      assertText("72962b91-fa75-4ae6-8d28-b404dc7daf63", sink, site.tag("guid"));
      assertText("DEAD01", sink, site.tag("bytes"));
      assertText("running", sink, site.tag("label"));
      assertText("axis", sink, site.tag("qname"));
      assertText("Bad_SensorFailure", sink, site.tag("code"));
      assertWhole(3, sink, site.tag("state"));
      assertEquals(
          Quality.BAD_MALFORMED, sink.await(site.tag("whole"), OpcUaIT::fromTheServer).quality());
      assertWhole(-2_000_000_000, sink, site.tag("polled"));
      for (String none : List.of("unset", "structure")) {
        Sample sample = sink.await(site.tag(none), OpcUaIT::fromTheServer);
        assertEquals(Quality.BAD_MALFORMED, sample.quality(), none);
      }
      assertEquals(
          Quality.BAD_NOT_FINITE, sink.await(site.tag("odd"), OpcUaIT::fromTheServer).quality());
    }
  }

  @Test
  void aSampleHasTheTimeThatItsTagGoesBy() {
    String tags =
        """
        tag,device,address,type,time
        source,dut,ns=1;s=product,string,
        server,dut,ns=1;s=product,string,server
        arrival,dut,ns=1;s=product,string,arrival
        """;
    RecordingSink sink = new RecordingSink(false);
    server.ask("past product", "PAST product");
    try (TestSite site = site("refresh: 1h", tags)) {
      site.start(sink);
      Sample source = sink.await(site.tag("source"), OpcUaIT::fromTheServer);
      Sample own = sink.await(site.tag("server"), OpcUaIT::fromTheServer);
      Sample arrival = sink.await(site.tag("arrival"), OpcUaIT::fromTheServer);
      assertTrue(ageOf(source).toMinutes() >= 59, source::toString);
      assertTrue(ageOf(own).toMinutes() < 59 && !ageOf(own).isZero(), own::toString);
      assertEquals(arrival.arrivalTime(), arrival.sourceTime());
    }
  }

  private static Duration ageOf(Sample sample) {
    return Duration.between(sample.sourceTime(), sample.arrivalTime());
  }

  @Test
  void aShortQueueLosesChangesAndSaysSoALongOneKeepsAll() {
    String tags =
        """
        tag,device,address
        long,dut,ns=1;s=noisy sampling=50ms queue=100
        short,dut,ns=1;s=noisy sampling=50ms queue=2
        """;
    RecordingSink sink = new RecordingSink(true);
    try (TestSite site = site("refresh: 1h\npublishingInterval: 1s", tags)) {
      DeviceAgent agent = site.start(sink);
      sink.await(site.tag("long"), s -> s.asDouble() == 0);
      server.tell("ramp noisy 5");
      sink.await(site.tag("long"), s -> s.asDouble() == 5);
      sink.await(site.tag("short"), s -> s.asDouble() == 5);
      assertEquals(List.of(0.0, 1.0, 2.0, 3.0, 4.0, 5.0), good(sink, site.tag("long")));
      assertTrue(good(sink, site.tag("short")).size() < 6);
      RecordingSink.await(() -> agent.status().overruns() > 0, () -> "nothing counted");
      server.tell("set noisy 0");
    }
  }

  private static List<Double> good(RecordingSink sink, Tag tag) {
    return sink.of(tag).stream()
        .filter(sample -> sample.quality() == Quality.GOOD)
        .map(Sample::asDouble)
        .toList();
  }

  /** It is asked for again, and nothing is told twice. */
  @Test
  void aMessageThatIsLostOnItsWayComesAgainBeforeTheNext() {
    RecordingSink sink = new RecordingSink(true);
    try (TestSite site =
        site(
            "refresh: 1h\npublishingInterval: 100ms",
            "tag,device,address\nx,dut,ns=1;s=noisy sampling=50ms queue=20\n")) {
      DeviceAgent agent = site.start(sink);
      Tag tag = site.tag("x");
      sink.await(tag, s -> s.asDouble() == 0);
      server.ask("swallow", "SWALLOWING");
      server.tell("ramp noisy 3");
      sink.await(tag, s -> s.asDouble() == 3);
      assertEquals(List.of(0.0, 1.0, 2.0, 3.0), good(sink, tag));
      assertEquals(0, agent.status().reconnects());
      server.tell("set noisy 0");
    }
  }

  @Test
  void aNamespaceThatComesLaterIsFoundThen() {
    RecordingSink sink = new RecordingSink(false);
    String tags = "tag,device,address\nlate,dut,nsu=urn:test:late;s=late\n";
    try (TestSite site = site("retryRejected: 1s", tags)) {
      site.start(sink);
      assertEquals(
          Quality.BAD_REJECTED, sink.await(site.tag("late"), OpcUaIT::fromTheServer).quality());
      server.tell("namespace urn:test:late");
      sink.await(site.tag("late"), s -> s.asDouble() == 12.5);
    }
  }

  /**
   * One node a request, one item; one session and two items, as after a cut, when the session of
   * before takes the other places; and it calls itself by a name that nobody knows.
   */
  @Test
  void theSmallestServerIsReadAndWrittenAndGivesMoreWhenItCan() throws IOException {
    String tags =
        """
        tag,device,address,writable,write_low,write_high,tolerance
        a,dut,ns=1;s=noisy,true,0,100,0
        b,dut,ns=1;s=speed,true,0,100,0
        c,dut,ns=1;s=count,,,,
        d,dut,nsu=urn:test:plant;s=temperature,,,,
        e,dut,ns=1;s=zones [2],,,,
        """;
    String options =
        "'security':'none','hostname':'plc7.invalid','maxItems':2,'maxSessions':1,'limits':"
            + "{'maxNodesPerRead':1,'maxMonitoredItemsPerCall':1,'maxNodesPerBrowse':1}";
    try (NodeServer small = NodeServer.start(pki.resolve("smallest"), options.replace('\'', '"'))) {
      String yaml =
          "scan: {normal: 100ms}\nopcua:\n  endpoint: "
              + small.endpoint()
              + "\n  security: none\n  retryRejected: 1s\n";
      RecordingSink sink = new RecordingSink(false);
      try (TestSite site = new TestSite(folder, new OpcUaProtocol(), yaml, tags)) {
        DeviceAgent agent = site.start(sink);
        for (Tag tag : site.tags()) {
          assertEquals(Quality.GOOD, sink.await(tag, OpcUaIT::fromTheServer).quality());
        }
        assertEquals(3.25, confirmed(site.write("b", 3.25)));
        assertEquals("2", small.ask("items", "ITEMS "));
        assertEquals("1 SUBSCRIPTIONS 1", small.ask("sessions", "SESSIONS "));
        long connected = agent.status().reconnects();
        small.tell("room");
        RecordingSink.await(
            () -> small.ask("items", "ITEMS ").equals("5"), () -> "still not subscribed");
        RecordingSink.await(
            () -> small.ask("sessions", "SESSIONS ").equals("2 SUBSCRIPTIONS 1"),
            () -> "still no second session");
        small.tell("set count 77");
        sink.await(site.tag("c"), s -> s.asDouble() == 77);
        assertEquals(5, confirmed(site.write("a", 5)));
        assertEquals(connected, agent.status().reconnects());
      }
    }
  }

  @Test
  void commandsAreMethodCallsWhoseStatusCounts() {
    String tags =
        """
        tag,device,address,type,writable,write_low,write_high,tolerance
        start,dut,call=ns=1;s=Plant|ns=1;s=Start feedback=ns=1;s=running,bool,true,0,1,0
        recipe,dut,call=ns=1;s=Plant|ns=1;s=LoadRecipe feedback=ns=1;s=recipe,int32,true,0,1000,0
        blind,dut,call=ns=1;s=Plant|ns=1;s=LoadRecipe,int32,true,0,1000,0
        mix,dut,call=ns=1;s=Plant|ns=1;s=Mix,,true,0,1000,0
        none,dut,call=ns=1;s=Plant|ns=1;s=NoSuchMethod,,true,0,1000,0
        """;
    RecordingSink sink = new RecordingSink(false);
    try (TestSite site = site("", tags)) {
      DeviceAgent agent = site.start(sink);
      assertEquals(
          new Value.Flag(false), sink.await(site.tag("start"), OpcUaIT::fromTheServer).value());
      assertEquals(0, confirmed(site.write("start", 0)));
      assertEquals("Boolean [false]", server.ask("get running", "VALUE running "));
      assertEquals(1, confirmed(site.write("start", 1)));
      sink.await(site.tag("start"), s -> s.asDouble() == 1);
      assertEquals(42, confirmed(site.write("recipe", 42)));
      assertEquals("Int32 [42]", server.ask("get recipe", "VALUE recipe "));
      assertTrue(refused(site.write("recipe", 500)).contains("Bad_OutOfRange"));
      assertEquals(7, confirmed(site.write("blind", 7)));
      assertEquals("Int32 [7]", server.ask("get recipe", "VALUE recipe "));
      assertTrue(refused(site.write("mix", 1)).contains("takes 2 arguments"));
      assertTrue(refused(site.write("none", 1)).contains("Bad_"));
      assertEquals(LinkState.UP, agent.status().state());
      server.tell("set running false");
    }
  }

  @Test
  void whatIsToldIsChosenForEachTag() {
    String tags =
        """
        tag,device,address,scan
        every,dut,ns=1;s=pressure sampling=20ms queue=100,normal
        absolute,dut,ns=1;s=pressure sampling=20ms deadband=5,normal
        percent,dut,ns=1;s=pressure sampling=20ms deadband=10%,normal
        status,dut,ns=1;s=pressure sampling=20ms trigger=status,normal
        stamped,dut,ns=1;s=pressure sampling=20ms trigger=timestamp,normal
        noRange,dut,ns=1;s=noisy deadband=10%,normal
        """;
    RecordingSink sink = new RecordingSink(true);
    try (TestSite site = site("refresh: 1h\npublishingInterval: 100ms", tags)) {
      site.start(sink);
      for (Tag tag : site.tags()) {
        assertEquals(Quality.GOOD, sink.await(tag, OpcUaIT::fromTheServer).quality(), tag.name());
      }
      for (String step : List.of("101", "107", "107", "130")) { // EURange is 0 to 200
        int before = sink.of(site.tag("stamped")).size();
        server.tell("set pressure " + step);
        RecordingSink.await(
            () -> sink.of(site.tag("stamped")).size() > before, () -> "no new time stamp");
      }
      sink.await(site.tag("percent"), s -> s.asDouble() == 130);
      sink.await(site.tag("every"), s -> s.asDouble() == 130);
      sink.await(site.tag("absolute"), s -> s.asDouble() == 130);
      assertEquals(List.of(100.0, 101.0, 107.0, 130.0), values(sink, site.tag("every")));
      assertEquals(List.of(100.0, 107.0, 130.0), values(sink, site.tag("absolute")));
      assertEquals(List.of(100.0, 130.0), values(sink, site.tag("percent")));
      assertEquals(List.of(100.0, 101.0, 107.0, 107.0, 130.0), values(sink, site.tag("stamped")));
      assertEquals(List.of(100.0), values(sink, site.tag("status")));
      server.tell("status pressure UncertainSensorNotAccurate");
      sink.await(site.tag("status"), s -> s.quality() == Quality.UNCERTAIN_DEVICE);
      server.tell("set pressure 100");
    }
  }

  private static List<Double> values(RecordingSink sink, Tag tag) {
    return sink.of(tag).stream().map(Sample::asDouble).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"'maxItems':2", "'subscriptions':'none'", "'subscriptions':'unsupported'"})
  void aServerWithoutRoomForSubscriptionsIsReadInstead(String lacking) throws IOException {
    String tags =
        "tag,device,address\na,dut,ns=1;s=noisy\nb,dut,ns=1;s=speed\nc,dut,ns=1;s=count\n";
    try (NodeServer small =
        NodeServer.start(
            pki.resolve("small"), "\"security\":\"none\"," + lacking.replace('\'', '"'))) {
      String yaml =
          "scan: {normal: 100ms}\nopcua:\n  endpoint: " + small.endpoint() + "\n  security: none\n";
      RecordingSink sink = new RecordingSink(false);
      try (TestSite site = new TestSite(folder, new OpcUaProtocol(), yaml, tags)) {
        DeviceAgent agent = site.start(sink);
        for (Tag tag : site.tags()) {
          assertEquals(Quality.GOOD, sink.await(tag, OpcUaIT::fromTheServer).quality());
        }
        small.tell("set noisy 5");
        small.tell("set speed 6");
        small.tell("set count 7");
        sink.await(site.tag("a"), s -> s.asDouble() == 5);
        sink.await(site.tag("b"), s -> s.asDouble() == 6);
        sink.await(site.tag("c"), s -> s.asDouble() == 7);
        assertTrue(agent.status().requests() > 0);
      }
    }
  }

  @Test
  void everyKindArrivesAndOneBadNodeMarksOneTag() {
    RecordingSink sink = new RecordingSink(true);
    try (TestSite site = site("")) {
      site.start(sink);
      Sample temperature = sink.await(site.tag("temperature"), s -> s.quality() == Quality.GOOD);
      assertEquals(850.5, temperature.asDouble());
      assertEquals(
          new Value.Whole(12345), sink.await(site.tag("large"), OpcUaIT::fromTheServer).value());
      assertEquals(
          new Value.Flag(true), sink.await(site.tag("on"), OpcUaIT::fromTheServer).value());
      assertEquals(
          new Value.Text("gear"), sink.await(site.tag("product"), OpcUaIT::fromTheServer).value());
      assertEquals(30, sink.await(site.tag("zone3"), OpcUaIT::fromTheServer).asDouble());
      for (String bad : List.of("missing", "nowhere", "outside")) {
        assertEquals(
            Quality.BAD_REJECTED, sink.await(site.tag(bad), OpcUaIT::fromTheServer).quality());
      }
    }
  }

  @Test
  void whatTheServerSaysOfAValueIsKept() {
    RecordingSink sink = new RecordingSink(true);
    try (TestSite site = site("")) {
      site.start(sink);
      Tag speed = site.tag("speed");
      sink.await(speed, s -> s.quality() == Quality.GOOD);
      server.tell("status speed BadSensorFailure");
      assertEquals(Value.missing(), sink.await(speed, s -> s.quality().isBad()).value());
      server.tell("status speed UncertainSensorNotAccurate");
      sink.await(speed, s -> s.quality() == Quality.UNCERTAIN_DEVICE);
      server.tell("set speed 2.5");
      sink.await(speed, s -> s.quality() == Quality.GOOD && s.asDouble() == 2.5);
      server.tell("set temperature 5000");
      sink.await(
          site.tag("temperature"),
          s -> s.quality() == Quality.UNCERTAIN_RANGE && s.asDouble() == 5000);
      server.tell("set temperature 850.5");
      sink.await(site.tag("temperature"), s -> s.quality() == Quality.GOOD);
    }
  }

  @Test
  void writesTakeTheNodesTypeAndAreReadBack() {
    RecordingSink sink = new RecordingSink(false);
    try (TestSite site = site("")) {
      DeviceAgent agent = site.start(sink);
      sink.await(site.tag("fixed"), OpcUaIT::fromTheServer);
      assertEquals(870.25, confirmed(site.write("temperature", 870.25)));
      assertEquals(3.25, confirmed(site.write("speed", 3.25)));
      assertEquals(-300, confirmed(site.write("count", -300)));
      assertEquals("Int16 [-300]", server.ask("get count", "VALUE count "));
      assertEquals(12.3, confirmed(site.write("tenths", 12.3)), 1e-9);
      assertEquals("Int16 [123]", server.ask("get count", "VALUE count "));
      assertEquals(0, confirmed(site.write("on", 0)));
      assertEquals("Boolean [false]", server.ask("get on", "VALUE on "));
      assertEquals(35.5, confirmed(site.write("zone3", 35.5)));
      assertEquals("Float [10,20,35.5,40]", server.ask("get zones", "VALUE zones "));
      confirmed(site.write("zone3", 30));
      assertEquals(24.5, confirmed(site.write("cell", 24.5)));
      assertEquals("Double [11,12,13,21,22,24.5]", server.ask("get grid", "VALUE grid "));
      confirmed(site.write("cell", 23));
      assertEquals(7, confirmed(site.write("loose", 7)));
      server.ask("retype", "RETYPED"); // from Int16 to Double, as a program loaded meanwhile may do
      assertEquals(8.25, confirmed(site.write("loose", 8.25)));
      confirmed(site.write("on", 1));
      confirmed(site.write("temperature", 850.5));
      assertEquals(LinkState.UP, agent.status().state());
    }
  }

  @Test
  void whatCannotBeWrittenIsRefusedWithAReasonAndNothingElseStops() {
    RecordingSink sink = new RecordingSink(false);
    try (TestSite site = site("")) {
      DeviceAgent agent = site.start(sink);
      sink.await(site.tag("fixed"), OpcUaIT::fromTheServer);
      String before = server.ask("get count", "VALUE count ");
      assertTrue(refused(site.write("fixed", 2)).contains("Bad_NotWritable"));
      assertTrue(refused(site.write("count", 40_000)).contains("Int16 cannot be 40000"));
      assertTrue(refused(site.write("speed", 1e39)).contains("Float cannot be"));
      assertTrue(refused(site.write("on", 2)).contains("Boolean cannot be"));
      assertEquals(before, server.ask("get count", "VALUE count "));
      assertEquals(LinkState.UP, agent.status().state());
      assertEquals(0, agent.status().reconnects());
    }
  }

  private static double confirmed(Outcome outcome) {
    return assertInstanceOf(Outcome.Confirmed.class, outcome, outcome::toString).readBack();
  }

  private static String refused(Outcome outcome) {
    return assertInstanceOf(Outcome.Refused.class, outcome, outcome::toString).reason();
  }

  @Test
  void fastTagsAreReadInALoop() {
    RecordingSink sink = new RecordingSink(true);
    try (TestSite site = site("")) {
      DeviceAgent agent = site.start(sink);
      Tag looped = site.tag("looped");
      RecordingSink.await(() -> sink.of(looped).size() >= 10, () -> "too few reads");
      server.tell("set noisy 77");
      sink.await(looped, s -> s.asDouble() == 77);
      server.tell("set noisy 0");
      assertTrue(agent.status().requests() >= 10);
      assertTrue(agent.status().roundTripMicros() > 0);
    }
  }

  @Test
  void aValueThatDoesNotChangeStaysFreshWhileTheServerVouchesForIt() {
    RecordingSink sink = new RecordingSink(true);
    try (TestSite site = site("refresh: 1s\nkeepAlive: 500ms")) {
      site.start(sink);
      Tag product = site.tag("product");
      RecordingSink.await(() -> sink.of(product).size() >= 3, () -> "not refreshed");
      List<Sample> samples = sink.of(product);
      for (int i = 1; i < samples.size(); i++) {
        assertEquals(samples.get(0).sourceTime(), samples.get(i).sourceTime(), "restamped");
        long apartNs = samples.get(i).arrivalNs() - samples.get(i - 1).arrivalNs();
        assertTrue(apartNs > Duration.ofMillis(450).toNanos(), apartNs + " ns apart");
      }
    }
  }

  @Test
  void aServerWithoutSecurityIsUsedOnlyWhenAskedForByName() {
    RecordingSink sink = new RecordingSink(false);
    String yaml = "opcua:\n  endpoint: " + server.endpoint() + "\n";
    try (TestSite site = new TestSite(folder, new OpcUaProtocol(), yaml, TAGS)) {
      DeviceAgent agent = site.start(sink);
      assertEquals(Quality.BAD_NO_LINK, sink.await(site.tag("temperature"), s -> true).quality());
      String why = String.valueOf(agent.status().lastError());
      assertTrue(why.startsWith("REJECTED: no offered endpoint fits"), why);
    }
  }
}
