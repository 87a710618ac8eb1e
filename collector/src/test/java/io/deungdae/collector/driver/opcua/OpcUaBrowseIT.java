package io.deungdae.collector.driver.opcua;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.driver.Browser;
import io.deungdae.collector.driver.Browser.Found;
import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.Probe;
import io.deungdae.collector.driver.TestSite;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Range;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looking around in node-opcua. */
class OpcUaBrowseIT {

  private static final int MANY = 10_000;

  @TempDir static Path pki;
  @TempDir Path folder;

  private static NodeServer server;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    NodeServer.install();
    server = NodeServer.start(pki, "\"security\":\"none\",\"tree\":true,\"nodes\":" + MANY);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  private TestSite site() {
    return new TestSite(
        folder,
        new OpcUaProtocol(),
        "opcua:\n  endpoint: " + server.endpoint() + "\n  security: none\n",
        "tag,device,address\n");
  }

  private Browser browser() throws DeviceException {
    return site().settings().spec().browser(Clock.system()).orElseThrow();
  }

  private Map<String, Found> byPath(String from, int most) throws DeviceException {
    List<Found> found = new ArrayList<>();
    try (Browser browser = browser()) {
      browser.browse(from, most, found::add);
    }
    return found.stream()
        .collect(Collectors.toMap(one -> String.join("/", one.path()), Function.identity()));
  }

  @Test
  void whatIsFoundCanBeATagListsLine() throws DeviceException {
    Map<String, Found> found = byPath("nsu=urn:test:server;s=Plant", 500);
    Found pressure = at(found, "Plant/pressure");
    assertEquals("nsu=urn:test:server;s=pressure", pressure.address());
    assertEquals("float64", pressure.type());
    assertEquals("bar", pressure.unit());
    assertEquals(new Range(0, 200), pressure.range());
    assertEquals("Pressure of the loop", pressure.description().en());
    assertTrue(pressure.usable() && pressure.writable());
    assertFalse(at(found, "Plant/fixed").writable());
    assertEquals("nsu=urn:test:plant;s=temperature", at(found, "Plant/temperature").address());
    assertEquals("nsu=urn:test:server;s=zones [2]", at(found, "Plant/zones[2]").address());
    assertEquals("float32", at(found, "Plant/zones[2]").type());
    assertEquals("nsu=urn:test:server;s=grid [1,2]", at(found, "Plant/grid[1,2]").address());
    assertEquals("int32", at(found, "Plant/state").type());
    assertEquals("int64", at(found, "Plant/int64max").type());
    assertEquals("string", at(found, "Plant/bytes").type());
    assertEquals("method(Int32)", at(found, "Plant/LoadRecipe").type());
    assertFalse(at(found, "Plant/LoadRecipe").usable());
    assertTrue(
        found.values().stream().allMatch(one -> NodeAddress.parse(one.address()).isPresent()));
  }

  private static Found at(Map<String, Found> found, String path) {
    return Objects.requireNonNull(found.get(path), () -> path + " among " + found.keySet());
  }

  @Test
  void aCycleIsGoneThroughOnce() throws DeviceException {
    Map<String, Found> found = byPath("nsu=urn:test:server;s=Line1", 100);
    assertEquals(List.of("Line1/Cell/speed"), List.copyOf(found.keySet()));
  }

  @Test
  void tenThousandNodesAreAllFoundOnceOrAsManyAsAreWanted() throws DeviceException {
    long startNs = System.nanoTime();
    List<Found> found = new ArrayList<>();
    try (Browser browser = browser()) {
      assertTrue(browser.browse("", 20_000, found::add));
      Duration took = Duration.ofNanos(System.nanoTime() - startNs);
      System.out.println("browsed " + found.size() + " in " + took.toMillis() + " ms");
      assertTrue(took.compareTo(Duration.ofSeconds(60)) < 0, took::toString);
      long many = found.stream().filter(one -> one.path().toString().contains("Many")).count();
      assertEquals(MANY, many);
      assertEquals(found.size(), found.stream().map(Found::address).distinct().count());
      List<Found> few = new ArrayList<>();
      assertFalse(browser.browse("nsu=urn:test:server;s=Many0", 17, few::add));
      assertEquals(17, few.size());
    }
  }

  @Test
  void aPlaceThatIsNotThereIsTold() throws DeviceException {
    try (Browser browser = browser()) {
      for (String wrong : List.of("Plant", "ns=1;s=no-such", "nsu=urn:none;s=x")) {
        DeviceException why =
            assertThrows(DeviceException.class, () -> browser.browse(wrong, 10, found -> {}));
        assertEquals(DeviceException.Kind.REJECTED, why.kind());
        assertTrue(String.valueOf(why.getMessage()).contains(wrong), why.getMessage());
      }
    }
  }

  @Test
  void aProbeShowsWhatIsAtAnAddress() throws DeviceException {
    try (Probe probe = site().settings().spec().probe(Clock.system()).orElseThrow()) {
      Probe.Reading one = probe.read("ns=1;s=int64max", "", 1);
      List<String> row = one.rows().get(0);
      assertEquals("nsu=urn:test:server;s=int64max", cell(one, row, "address"));
      assertEquals(Long.toString(Long.MAX_VALUE), cell(one, row, "value"));
      assertEquals("Int64", cell(one, row, "type"));
      assertEquals("Good", cell(one, row, "status"));
      assertEquals("read write", cell(one, row, "access"));
      Probe.Reading some = probe.read("ns=1;s=zones [1]", "", 3);
      assertEquals(
          List.of("20.0", "30.0", "40.0"),
          some.rows().stream().map(each -> cell(some, each, "value")).toList());
      DeviceException none =
          assertThrows(DeviceException.class, () -> probe.read("ns=1;s=no-such", "", 1));
      assertTrue(String.valueOf(none.getMessage()).contains("Bad_NodeIdUnknown"));
      assertThrows(DeviceException.class, () -> probe.read("nonsense", "", 1));
    }
  }

  private static String cell(Probe.Reading reading, List<String> row, String column) {
    return row.get(reading.columns().indexOf(column));
  }
}
