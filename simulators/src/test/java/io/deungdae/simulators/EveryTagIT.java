package io.deungdae.simulators;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deungdae.simulators.modbus.RegisterMap;
import io.deungdae.simulators.modbus.RegisterMap.Place;
import io.deungdae.simulators.modbus.RegisterMap.Table;
import io.deungdae.simulators.modbus.RegisterType;
import io.deungdae.simulators.plant.Plant;
import io.deungdae.simulators.plant.Signal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.tahu.message.SparkplugBPayloadDecoder;
import org.eclipse.tahu.message.SparkplugBPayloadEncoder;
import org.eclipse.tahu.message.model.Metric;
import org.eclipse.tahu.message.model.Metric.MetricBuilder;
import org.eclipse.tahu.message.model.MetricDataType;
import org.eclipse.tahu.message.model.SparkplugBPayload.SparkplugBPayloadBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Programs of other people read every tag of every plant: mbpoll, node-opcua, mosquitto_sub. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(400)
class EveryTagIT {

  private static final Path NODE = Path.of("../collector/src/test/node").toAbsolutePath();
  private static final Pattern REGISTER = Pattern.compile("\\[([0-9]+)\\]:\\s+(\\S+)");

  @TempDir private static Path folder;
  private Site site;

  @BeforeAll
  void start() throws Exception {
    StringBuilder yaml = new StringBuilder("speed: 60\ncontrolPort: 0\nplants:\n");
    StringBuilder servers = new StringBuilder("servers:\n");
    for (PlantKind kind : PlantKind.values()) {
      yaml.append("  - {kind: ").append(kind.id()).append("}\n");
      servers.append("  - {protocol: modbus, plant: ").append(kind.id()).append("}\n");
    }
    String all = "plants: [" + String.join(", ", PlantKind.ids()) + "]";
    servers.append("  - {name: opcua, protocol: opcua, ").append(all).append("}\n");
    servers.append("  - {name: json, protocol: mqtt, every: 200ms, ").append(all).append("}\n");
    servers
        .append("  - {name: edge, protocol: mqtt, format: sparkplug, topic: g, every: 200ms, ")
        .append(all)
        .append("}\n");
    Path file = folder.resolve("site.yaml");
    Files.writeString(file, yaml.append(servers));
    site = new Site(SiteFile.read(file, folder));
  }

  @AfterAll
  void stop() {
    site.close();
  }

  private static List<Signal> signals(PlantKind kind) {
    Plant plant = kind.make(1, 300, Double.POSITIVE_INFINITY, 0);
    return plant.signals();
  }

  private int port(String server) {
    Site.Served served = site.servers().get(server);
    assertTrue(served != null, server);
    return served == null ? 0 : served.server().port();
  }

  private static String output(int seconds, Map<String, String> more, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(more);
    Process process = builder.start();
    try {
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(process.waitFor(seconds, TimeUnit.SECONDS), command[0] + " did not end");
      return text;
    } finally {
      process.destroyForcibly();
    }
  }

  // ---- Modbus

  @ParameterizedTest
  @EnumSource(PlantKind.class)
  void mbpollReadsEveryTag(PlantKind kind) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/mbpoll")), "mbpoll is not installed");
    List<Place> places = new RegisterMap(signals(kind)).places();
    int port = port(kind.id() + "/modbus");
    Map<Integer, Double> floats = poll(port, places, RegisterType.FLOAT32, Table.HR, "4:float");
    Map<Integer, Double> dwords = poll(port, places, RegisterType.UINT32, Table.HR, "4:int");
    Map<Integer, Double> words = poll(port, places, RegisterType.UINT16, Table.HR, "4");
    Map<Integer, Double> inputs = poll(port, places, RegisterType.BOOL, Table.DI, "1");
    Map<Integer, Double> coils = poll(port, places, RegisterType.BOOL, Table.CO, "0");
    for (Place place : places) {
      Map<Integer, Double> read =
          switch (place.type()) {
            case FLOAT32 -> floats;
            case UINT32 -> dwords;
            case UINT16 -> words;
            case BOOL -> place.table() == Table.DI ? inputs : coils;
          };
      Double value = read.get(place.address());
      Signal signal = place.signal();
      assertTrue(value != null, signal.name() + " was not read");
      assertTrue(
          value != null && value >= signal.low() - 1e-3 && value <= signal.high() + 1e-3,
          signal.name() + " is " + value);
    }
  }

  /** Values by address; one call for each run of neighbours, 32-bit values two addresses apart. */
  private static Map<Integer, Double> poll(
      int port, List<Place> places, RegisterType type, Table table, String option)
      throws Exception {
    TreeSet<Integer> left = new TreeSet<>();
    places.stream()
        .filter(place -> place.type() == type && place.table() == table)
        .forEach(place -> left.add(place.address()));
    Map<Integer, Double> values = new TreeMap<>();
    while (!left.isEmpty()) {
      int first = left.first();
      int count = 0;
      while (count < 60 && left.remove(first + count * type.length())) {
        count++;
      }
      String text =
          output(
              20,
              Map.of(),
              "/usr/bin/mbpoll",
              "-m",
              "tcp",
              "-0",
              "-p",
              "" + port,
              "-r",
              "" + first,
              "-c",
              "" + count,
              "-t",
              option,
              "-1",
              "127.0.0.1");
      Matcher matcher = REGISTER.matcher(text);
      while (matcher.find()) {
        values.put(Integer.parseInt(matcher.group(1)), Double.parseDouble(matcher.group(2)));
      }
    }
    return values;
  }

  // ---- OPC UA

  @Test
  void nodeOpcUaBrowsesAndReadsEveryTag() throws Exception {
    install();
    List<String> command =
        new ArrayList<>(List.of("node", Path.of("src/test/node/opcua-client.js").toString()));
    command.add("opc.tcp://127.0.0.1:" + port("opcua") + "/deungdae");
    command.addAll(PlantKind.ids());
    Map<String, String> path = Map.of("NODE_PATH", NODE.resolve("node_modules").toString());
    String text = output(60, path, command.toArray(String[]::new));
    Map<String, String> read = new TreeMap<>();
    text.lines().forEach(line -> read.put(line.split(" ", 2)[0], line));
    for (PlantKind kind : PlantKind.values()) {
      for (Signal signal : signals(kind)) {
        String line = read.getOrDefault(kind.id() + "." + signal.name(), text);
        int type = switch (signal.kind()) { // OPC UA Part 6 §5.1.2
              case NUMBER -> 11;
              case WHOLE -> 6;
              case FLAG -> 1;
            };
        assertTrue(line.contains(" Good " + type + " "), signal.name() + ": " + line);
      }
    }
  }

  @Test
  void nodeOpcUaFindsTheMouldingMachineByItsTypeAndHearsItsCycles() throws Exception {
    install();
    Map<String, String> path = Map.of("NODE_PATH", NODE.resolve("node_modules").toString());
    String text =
        output(
            60,
            path,
            "node",
            "src/test/node/opcua-cycles.js",
            "opc.tcp://127.0.0.1:" + port("opcua") + "/deungdae",
            "3");
    assertTrue(text.contains("machine IMM_Deungdae_moulding"), text);
    assertTrue(text.contains("node /MachineInformation/DeviceClass Good"), text);
    assertTrue(text.contains("node /Jobs/ActiveJobValues/JobGoodPartsCounter Good"), text);
    assertTrue(text.contains("/BarrelTemperatureZone_4/ActualTemperature Good 2"), text);
    List<JsonNode> events = new ArrayList<>();
    for (String line : text.lines().filter(line -> line.startsWith("event ")).toList()) {
      events.add(new ObjectMapper().readTree(line.substring("event ".length())));
    }
    assertEquals(3, events.size(), text);
    for (int i = 0; i < 3; i++) {
      JsonNode event = events.get(i);
      assertEquals("IMM_Deungdae_moulding", event.path("SourceName").asText(), text);
      assertEquals(15_400, event.path("CycleTime").asDouble(), 5000, text);
      assertTrue(event.path("SpecificPressureMaximum").asDouble() > 50, text);
      assertTrue(event.path("DosingTime").asDouble() > 4000, text);
      int cycle = counter(event, "JobCycleCounter");
      assertEquals(counter(events.get(0), "JobCycleCounter") + i, cycle, "one for each cycle");
      int parts = counter(event, "JobGoodPartsCounter") + counter(event, "JobBadPartsCounter");
      assertEquals(cycle, parts, "counters of one moment");
    }
    String entry = text.lines().filter(line -> line.startsWith("entry ")).findFirst().orElse("");
    assertTrue(entry.contains("\"SourceName\":\"IMM_Deungdae_moulding\""), text);
    assertTrue(entry.contains("\"EventOriginator\":"), text);
  }

  /** A UInt64, which node-opcua gives as two halves. */
  private static int counter(JsonNode event, String name) {
    return event.path(name).path(1).asInt();
  }

  private static void install() throws Exception {
    if (!Files.isDirectory(NODE.resolve("node_modules/node-opcua"))) {
      try {
        Process npm =
            new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
                .directory(NODE.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assumeTrue(
            npm.waitFor(5, TimeUnit.MINUTES) && npm.exitValue() == 0,
            "npm cannot install node-opcua");
      } catch (IOException e) {
        assumeTrue(false, "npm is not installed");
      }
    }
  }

  // ---- MQTT

  private static void assumeMosquitto() {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/mosquitto_sub")), "mosquitto_sub is not installed");
  }

  @Test
  void mosquittoSubHearsEveryTagAsJson() throws Exception {
    assumeMosquitto();
    for (PlantKind kind : PlantKind.values()) {
      String text =
          output(
              30,
              Map.of(),
              "/usr/bin/mosquitto_sub",
              "-p",
              "" + port("json"),
              "-t",
              "plant/" + kind.id(),
              "-C",
              "1",
              "-W",
              "20");
      JsonNode message = new ObjectMapper().readTree(text);
      assertTrue(message.path("ts").asLong() > 1_700_000_000_000L, text);
      for (Signal signal : signals(kind)) {
        JsonNode value = message.path("values").path(signal.name());
        boolean right = signal.kind() == Signal.Kind.FLAG ? value.isBoolean() : value.isNumber();
        assertTrue(right, kind.id() + "." + signal.name() + ": " + value);
      }
    }
  }

  @Test
  void mosquittoSubHearsBirthsWithEveryTagWhenItAsksForThem() throws Exception {
    assumeMosquitto();
    String port = "" + port("edge");
    Process listener =
        new ProcessBuilder(
                "/usr/bin/mosquitto_sub",
                "-p",
                port,
                "-t",
                "spBv1.0/g/DBIRTH/edge/+",
                "-C",
                "4",
                "-W",
                "60",
                "-F",
                "%t %x")
            .redirectErrorStream(true)
            .start();
    Path order = folder.resolve("rebirth");
    Metric rebirth =
        new MetricBuilder("Node Control/Rebirth", MetricDataType.Boolean, true).createMetric();
    Files.write(
        order,
        new SparkplugBPayloadEncoder()
            .getBytes(new SparkplugBPayloadBuilder().addMetric(rebirth).createPayload(), false));
    for (int i = 0; i < 30 && !listener.waitFor(1, TimeUnit.SECONDS); i++) {
      String unused =
          output(
              10,
              Map.of(),
              "/usr/bin/mosquitto_pub",
              "-p",
              port,
              "-t",
              "spBv1.0/g/NCMD/edge",
              "-f",
              order.toString());
    }
    String text = new String(listener.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Map<String, List<String>> told = new TreeMap<>();
    for (String line : text.lines().toList()) {
      String[] parts = line.split(" ", 2);
      List<Metric> metrics =
          new SparkplugBPayloadDecoder()
              .buildFromByteArray(HexFormat.of().parseHex(parts[1]), null)
              .getMetrics();
      told.put(
          parts[0].substring(parts[0].lastIndexOf('/') + 1),
          metrics.stream().map(Metric::getName).toList());
    }
    for (PlantKind kind : PlantKind.values()) {
      assertEquals(signals(kind).stream().map(Signal::name).toList(), told.get(kind.id()), text);
    }
  }
}
