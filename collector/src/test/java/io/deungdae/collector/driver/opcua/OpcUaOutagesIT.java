package io.deungdae.collector.driver.opcua;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.driver.DeviceAgent;
import io.deungdae.collector.driver.RecordingSink;
import io.deungdae.collector.driver.Relay;
import io.deungdae.collector.driver.TestSite;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever breaks, values flow again within one reconnect interval and the time that connecting
 * takes, which each test measures itself when it connects for the first time.
 */
class OpcUaOutagesIT {

  private static final Duration INTERVAL = Duration.ofSeconds(2);

  /** Sessions are made by two programs that have just started, the first time as well as later. */
  private static final int AS_LONG_AS_THE_FIRST = 2;

  private static final int ITEMS = 5000;

  /** No subscription is ever taken over into another session. */
  private static final String OPTIONS =
      "\"security\":\"none\",\"transfer\":\"unsupported\",\"items\":" + ITEMS;

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
    csv.append("named,dut,nsu=urn:test:plant;s=temperature,normal\n");
    for (int i = 0; i < items; i++) {
      csv.append("item").append(i).append(",dut,ns=1;s=item").append(i).append(",normal\n");
    }
    String yaml =
        """
        reconnect:
          first: %ds
          longest: %ds
        opcua:
          endpoint: opc.tcp://localhost:%d
          security: none
          keepAlive: 500ms
          timeout: 20s
        """
            .formatted(INTERVAL.toSeconds(), INTERVAL.toSeconds(), port);
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

  private static Duration awaitAllGoodSince(RecordingSink sink, TestSite site, long sinceNs) {
    RecordingSink.await(
        () -> allGoodSince(sink, site, sinceNs), () -> "not all values have come again");
    return Duration.ofNanos(System.nanoTime() - sinceNs);
  }

  /** Starts the agent and tells how long it took until all values were there. */
  private static Duration connect(TestSite site, RecordingSink sink) {
    long sinceNs = System.nanoTime();
    site.start(sink);
    return awaitAllGoodSince(sink, site, sinceNs);
  }

  private static void awaitNoticed(RecordingSink sink, TestSite site) {
    sink.await(site.tag("item0"), sample -> sample.quality() == Quality.BAD_NO_LINK);
  }

  /** Waits until all have come again that went bad, and judges how long that took. */
  private static void awaitAllAgain(
      RecordingSink sink, TestSite site, String after, long sinceNs, Duration connecting) {
    Duration took = awaitAllGoodSince(sink, site, sinceNs);
    System.out.println(
        "%d items again %d ms after %s; reconnect interval %d ms, the first connection took %d ms"
            .formatted(
                site.tags().size(),
                took.toMillis(),
                after,
                INTERVAL.toMillis(),
                connecting.toMillis()));
    Duration most = INTERVAL.plus(connecting.multipliedBy(AS_LONG_AS_THE_FIRST));
    assertTrue(took.compareTo(most) < 0, after + ": " + took + " of " + most);
  }

  /** The server comes back with its namespaces in another order. */
  @Test
  void fiveThousandItemsFlowAgainAfterACutCableAndAfterTheServerWasKilled() throws IOException {
    String index = server.ask("index urn:test:plant", "INDEX ");
    RecordingSink sink = new RecordingSink(false);
    try (Relay cable = new Relay(server.port());
        TestSite site = site(cable.port(), ITEMS)) {
      Duration connecting = connect(site, sink);

      long cutNs = System.nanoTime();
      cable.cut();
      awaitNoticed(sink, site);
      awaitAllAgain(sink, site, "the cable was cut", cutNs, connecting);

      server.powerCut();
      awaitNoticed(sink, site);
      server = NodeServer.start(pki, OPTIONS + ",\"shift\":true,\"port\":" + server.port());
      awaitAllAgain(sink, site, "the killed server was there again", System.nanoTime(), connecting);
      assertNotEquals(index, server.ask("index urn:test:plant", "INDEX "));
      assertEquals("1 SUBSCRIPTIONS 1", server.ask("sessions", "SESSIONS "));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"expire", "delete"})
  void aSessionOrSubscriptionThatTheServerEndsIsBuiltAnew(String command) {
    RecordingSink sink = new RecordingSink(false);
    try (TestSite site = site(server.port(), 50)) {
      Duration connecting = connect(site, sink);
      long endedNs = System.nanoTime();
      server.tell(command);
      awaitNoticed(sink, site);
      awaitAllAgain(sink, site, "the server's " + command, endedNs, connecting);
    }
  }

  @Test
  void aSilentSubscriptionIsNoticedAndBuiltAnew() {
    RecordingSink sink = new RecordingSink(false);
    try (TestSite site = site(server.port(), 20)) {
      Duration connecting = connect(site, sink);
      server.freeze();
      awaitNoticed(sink, site);
      String why = site.status().lastError();
      assertTrue(why != null && why.contains("silent"), why);
      server.thaw();
      awaitAllAgain(sink, site, "a stopped server went on", System.nanoTime(), connecting);
    }
  }

  /** As a proxy does while the server behind it is down. */
  @Test
  void whoHangsUpAtOnceIsNotWaitedFor() throws IOException {
    try (ServerSocket rude = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        TestSite site = unreachable(rude.getLocalPort(), "20s")) {
      Thread hangingUp = new Thread(() -> hangUpOnAll(rude), "rude");
      hangingUp.setDaemon(true);
      hangingUp.start();
      long sinceNs = System.nanoTime();
      site.start(new RecordingSink(false));
      RecordingSink.await(() -> site.status().errors() >= 10, () -> "too few attempts");
      Duration took = Duration.ofNanos(System.nanoTime() - sinceNs);
      assertTrue(took.compareTo(Duration.ofSeconds(20)) < 0, took::toString);
      assertTrue(String.valueOf(site.status().lastError()).startsWith("CONNECT"));
    }
  }

  private static void hangUpOnAll(ServerSocket listener) {
    try {
      while (true) {
        try (Socket client = listener.accept()) {
          int unused = client.getInputStream().read(new byte[1024]);
        }
      }
    } catch (IOException e) {
      // the test is over
    }
  }

  private TestSite unreachable(int port, String timeout) {
    return new TestSite(
        folder,
        new OpcUaProtocol(),
        """
        reconnect:
          first: 10ms
          longest: 10ms
        opcua:
          endpoint: opc.tcp://localhost:%d
          security: none
          timeout: %s
        """
            .formatted(port, timeout),
        "tag,device,address\nx,dut,ns=1;s=x\n");
  }

  @Test
  void attemptsThatFailLeaveNothingBehind() throws IOException {
    try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        TestSite site = unreachable(mute.getLocalPort(), "100ms")) {
      DeviceAgent agent = site.start(new RecordingSink(false));
      RecordingSink.await(() -> agent.status().errors() >= 10, () -> "too few attempts");
      int threads = Thread.activeCount();
      RecordingSink.await(() -> agent.status().errors() >= 50, () -> "too few attempts");
      assertTrue(Thread.activeCount() <= threads + 3, Thread.activeCount() + " threads");
      assertTrue(String.valueOf(agent.status().lastError()).startsWith("TIMEOUT"));
    }
  }
}
