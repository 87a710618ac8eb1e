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
      outside,dut,ns=1;s=zones [9],float32,°C,,,,,,,,
      fixed,dut,ns=1;s=fixed,,,,,,true,0,10,0,
      missing,dut,ns=1;s=nothing-here,,,,,,,,,,
      nowhere,dut,nsu=urn:no:such;s=x,,,,,,,,,,
      looped,dut,ns=1;s=noisy,,,fast,,,,,,,
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
    String yaml =
        "opcua:\n  endpoint: " + server.endpoint() + "\n  security: none\n" + more.indent(2);
    return new TestSite(folder, new OpcUaProtocol(), yaml, TAGS);
  }

  @Test
  void everyKindArrivesAndOneBadNodeMarksOneTag() {
    RecordingSink sink = new RecordingSink(true);
    try (TestSite site = site("")) {
      site.start(sink);
      Sample temperature = sink.await(site.tag("temperature"), s -> s.quality() == Quality.GOOD);
      assertEquals(850.5, temperature.asDouble());
      assertEquals(new Value.Whole(12345), sink.await(site.tag("large"), s -> true).value());
      assertEquals(new Value.Flag(true), sink.await(site.tag("on"), s -> true).value());
      assertEquals(new Value.Text("gear"), sink.await(site.tag("product"), s -> true).value());
      assertEquals(30, sink.await(site.tag("zone3"), s -> true).asDouble());
      for (String bad : List.of("missing", "nowhere", "outside")) {
        assertEquals(Quality.BAD_REJECTED, sink.await(site.tag(bad), s -> true).quality());
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
      sink.await(site.tag("fixed"), s -> true);
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
      sink.await(site.tag("fixed"), s -> true);
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
