package io.deungdae.collector.driver.opcua;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.driver.DeviceAgent;
import io.deungdae.collector.driver.LinkState;
import io.deungdae.collector.driver.RecordingSink;
import io.deungdae.collector.driver.TestSite;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever breaks, values flow again. */
class OpcUaOutagesIT {

  private static final int ITEMS = 2000;

  @TempDir static Path pki;
  @TempDir Path folder;

  @BeforeAll
  static void install() throws IOException, InterruptedException {
    NodeServer.install();
  }

  private TestSite site(NodeServer server, int items) {
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
          endpoint: %s
          security: none
          keepAlive: 500ms
          timeout: 5s
        """
            .formatted(server.endpoint());
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

  @Test
  void twoThousandItemsFlowAgainAfterAServerRestartAndALostConnection() throws IOException {
    RecordingSink sink = new RecordingSink(false);
    int port;
    try (NodeServer first = NodeServer.start(pki, "\"security\":\"none\",\"items\":" + ITEMS);
        TestSite site = site(first, ITEMS)) {
      port = first.port();
      DeviceAgent agent = site.start(sink);
      awaitAllGoodSince(sink, site, System.nanoTime());

      first.tell("drop");
      RecordingSink.await(() -> agent.status().reconnects() >= 1, () -> "no reconnect");
      awaitAllGoodSince(sink, site, System.nanoTime());
      assertEquals("1 SUBSCRIPTIONS 1", first.ask("sessions", "SESSIONS "));

      first.powerCut();
      Tag one = site.tag("item1999");
      sink.await(one, s -> s.quality() == Quality.BAD_NO_LINK);
      try (NodeServer second =
          NodeServer.start(pki, "\"security\":\"none\",\"items\":" + ITEMS + ",\"port\":" + port)) {
        awaitAllGoodSince(sink, site, System.nanoTime());
        assertEquals("1 SUBSCRIPTIONS 1", second.ask("sessions", "SESSIONS "));
        assertEquals(LinkState.UP, agent.status().state());
      }
    }
  }

  @Test
  void aSilentSubscriptionIsNoticedAndBuiltAnew() throws IOException {
    RecordingSink sink = new RecordingSink(false);
    try (NodeServer server = NodeServer.start(pki, "\"security\":\"none\",\"items\":20");
        TestSite site = site(server, 20)) {
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
}
