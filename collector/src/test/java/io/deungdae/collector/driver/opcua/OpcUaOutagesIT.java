package io.deungdae.collector.driver.opcua;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.driver.DeviceAgent;
import io.deungdae.collector.driver.LinkState;
import io.deungdae.collector.driver.RecordingSink;
import io.deungdae.collector.driver.Relay;
import io.deungdae.collector.driver.TestSite;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever breaks, values flow again. */
class OpcUaOutagesIT {

  /** The longest wait between attempts is a second; the rest is building everything anew. */
  private static final Duration MOST = Duration.ofSeconds(15);

  private static final int ITEMS = 5000;
  private static final String OPTIONS = "\"security\":\"none\",\"items\":" + ITEMS;

  @TempDir static Path pki;
  @TempDir Path folder;

  private static NodeServer server;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    NodeServer.install();
    server = NodeServer.start(pki, OPTIONS);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  private TestSite site(int port, int items) {
    StringBuilder csv = new StringBuilder("tag,device,address,scan\n");
    for (int i = 0; i < items; i++) {
      csv.append("item").append(i).append(",dut,ns=1;s=item").append(i).append(",normal\n");
    }
    String yaml =
        """
        reconnect:
          first: 200ms
          longest: 1s
        opcua:
          endpoint: opc.tcp://localhost:%d
          security: none
          keepAlive: 500ms
          timeout: 20s
        """
            .formatted(port);
    return new TestSite(folder, new OpcUaProtocol(), yaml, csv.toString());
  }

  private static boolean allGoodSince(RecordingSink sink, TestSite site, long sinceNs) {
    for (Tag tag : site.tags()) {
      Sample sample = sink.latest(tag);
      if (sample == null || !sample.quality().isGood() || sample.arrivalNs() - sinceNs < 0) {
        return false;
      }
    }
    return true;
  }

  private static void awaitAllGoodSince(RecordingSink sink, TestSite site, long sinceNs) {
    RecordingSink.await(
        () -> allGoodSince(sink, site, sinceNs), () -> "not all values have come again");
  }

  /** Waits until all have come again, and tells how long that took. */
  private static void awaitAllAgain(RecordingSink sink, TestSite site, String after) {
    long sinceNs = System.nanoTime();
    awaitAllGoodSince(sink, site, sinceNs);
    Duration took = Duration.ofNanos(System.nanoTime() - sinceNs);
    System.out.println(
        site.tags().size() + " items again " + took.toMillis() + " ms after " + after);
    assertTrue(took.compareTo(MOST) < 0, after + ": " + took);
  }

  @Test
  void fiveThousandItemsFlowAgainAfterTheServerWasKilledAndAfterACutCable() throws IOException {
    RecordingSink sink = new RecordingSink(false);
    try (Relay cable = new Relay(server.port());
        TestSite site = site(cable.port(), ITEMS)) {
      DeviceAgent agent = site.start(sink);
      awaitAllGoodSince(sink, site, System.nanoTime());

      cable.cut();
      RecordingSink.await(() -> agent.status().reconnects() == 1, () -> "no reconnect");
      awaitAllAgain(sink, site, "reconnecting over a cut cable");

      server.powerCut();
      sink.await(site.tag("item1999"), s -> s.quality() == Quality.BAD_NO_LINK);
      server = NodeServer.start(pki, OPTIONS + ",\"port\":" + server.port());
      awaitAllAgain(sink, site, "a killed server was there again");
      assertEquals("1 SUBSCRIPTIONS 1", server.ask("sessions", "SESSIONS "));
      assertEquals(LinkState.UP, agent.status().state());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"expire", "delete"})
  void aSessionOrSubscriptionThatTheServerEndsIsBuiltAnew(String command) {
    RecordingSink sink = new RecordingSink(false);
    try (TestSite site = site(server.port(), 50)) {
      DeviceAgent agent = site.start(sink);
      awaitAllGoodSince(sink, site, System.nanoTime());
      server.tell(command);
      RecordingSink.await(() -> agent.status().errors() >= 1, () -> "not noticed");
      awaitAllAgain(sink, site, "the server's " + command);
      assertEquals(1, agent.status().reconnects());
      server.ask("sessions", "SESSIONS 1 SUBSCRIPTIONS 1");
    }
  }

  @Test
  void aSilentSubscriptionIsNoticedAndBuiltAnew() {
    RecordingSink sink = new RecordingSink(false);
    try (TestSite site = site(server.port(), 20)) {
      DeviceAgent agent = site.start(sink);
      awaitAllGoodSince(sink, site, System.nanoTime());
      server.freeze();
      sink.await(site.tag("item0"), s -> s.quality() == Quality.BAD_NO_LINK);
      String why = agent.status().lastError();
      server.thaw();
      awaitAllGoodSince(sink, site, System.nanoTime());
      assertTrue(agent.status().reconnects() >= 1);
      assertTrue(why != null && why.contains("silent"), why);
    }
  }

  @Test
  void attemptsThatFailLeaveNothingBehind() throws IOException {
    try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        TestSite site =
            new TestSite(
                folder,
                new OpcUaProtocol(),
                """
                reconnect:
                  first: 10ms
                  longest: 10ms
                opcua:
                  endpoint: opc.tcp://localhost:%d
                  security: none
                  timeout: 100ms
                """
                    .formatted(mute.getLocalPort()),
                "tag,device,address\nx,dut,ns=1;s=x\n")) {
      DeviceAgent agent = site.start(new RecordingSink(false));
      RecordingSink.await(() -> agent.status().errors() >= 10, () -> "too few attempts");
      int threads = Thread.activeCount();
      RecordingSink.await(() -> agent.status().errors() >= 50, () -> "too few attempts");
      assertTrue(Thread.activeCount() <= threads + 3, Thread.activeCount() + " threads");
      assertTrue(String.valueOf(agent.status().lastError()).startsWith("TIMEOUT"));
    }
  }
}
