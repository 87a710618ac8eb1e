package io.deungdae.simulators;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.deungdae.simulators.SiteSettings.Format;
import io.deungdae.simulators.SiteSettings.PlantSettings;
import io.deungdae.simulators.SiteSettings.ServerSettings;
import io.deungdae.simulators.cloud.CloudStore;
import io.deungdae.simulators.furnace.QuenchFurnace;
import io.deungdae.simulators.modbus.ModbusPlantServer;
import io.deungdae.simulators.mqtt.Meter;
import io.deungdae.simulators.mqtt.Meter.Reading;
import io.deungdae.simulators.mqtt.MeterBroker;
import io.deungdae.simulators.mqtt.Meters;
import io.deungdae.simulators.mqtt.PlantPublisher;
import io.deungdae.simulators.opcua.ClientTrust;
import io.deungdae.simulators.opcua.OpcUaPlantServer;
import io.deungdae.simulators.opcua.PlantAccess;
import io.deungdae.simulators.plant.Pacer;
import io.deungdae.simulators.plant.Plant;
import io.deungdae.simulators.plant.SharedPlant;
import io.deungdae.simulators.plant.Signal;
import io.deungdae.simulators.plant.WallClock;
import io.deungdae.simulators.scenario.Scenario;
import io.deungdae.simulators.scenario.Stage;
import io.deungdae.simulators.trouble.ProtocolServer;
import io.deungdae.simulators.trouble.Troubles;
import io.deungdae.simulators.xgt.XgtServer;
import io.deungdae.simulators.yaml.YamlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The simulated site: plants, their pacing threads and all servers. Runs from construction to
 * {@link #close}, which stops in the reverse order.
 */
final class Site implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Site.class);

  private final WallClock clock = WallClock.system();
  private final SiteSettings settings;
  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private final Map<String, SharedPlant<?>> plants = new LinkedHashMap<>();
  private final Map<String, PlantAccess> accesses = new LinkedHashMap<>();
  private final Map<String, Served> servers = new LinkedHashMap<>();
  private final Map<Integer, MeterBroker> brokers = new LinkedHashMap<>();
  private final List<Meter> meters = new ArrayList<>();
  private final Map<String, Object> ready = new LinkedHashMap<>();

  /**
   * A server and what it serves.
   *
   * @param server the server
   * @param plants names of the plants
   */
  record Served(ProtocolServer server, List<String> plants) {}

  /**
   * Starts everything. What had started is stopped again when something fails.
   *
   * @throws IOException when a port is taken or the folder cannot be used
   * @throws YamlException when a scenario names what is not there
   */
  Site(SiteSettings settings) throws IOException, YamlException {
    this.settings = settings;
    try {
      start();
    } catch (IOException | YamlException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private void start() throws IOException, YamlException {
    Files.createDirectories(settings.folder());
    settings.plants().forEach(this::plant);
    for (ServerSettings server : settings.servers()) {
      serve(server);
    }
    if (settings.metersPort() >= 0) {
      meters();
    }
    if (settings.s3Port() >= 0) {
      cloud();
    }
    Stage stage = new Stage(plants, troubles());
    for (Scenario scenario : settings.scenarios()) {
      scenario.plan(stage);
    }
    settings.plants().forEach(this::pace);
    ControlServer control =
        keep(
            new ControlServer(
                settings.folder(), settings.controlPort(), new Controls(stage, plants, servers)));
    ready.put("control", control.port());
    writeReady();
  }

  private Map<String, Troubles> troubles() {
    Map<String, Troubles> troubles = new LinkedHashMap<>();
    servers.forEach((name, served) -> troubles.put(name, served.server().troubles()));
    return troubles;
  }

  // ---- plants

  private void plant(PlantSettings wanted) {
    double speed = wanted.speed();
    ready.putIfAbsent("speed", speed);
    double watchdog = SiteSettings.WATCHDOG_SECONDS * speed;
    double remoteAfter = wanted.remoteAfter() * speed;
    Plant plant = wanted.kind().make(wanted.seed(), watchdog, remoteAfter, wanted.campaign());
    if (plant instanceof QuenchFurnace furnace) {
      SharedPlant<QuenchFurnace> shared = new SharedPlant<>(furnace, wanted.name());
      furnaceMeters(shared);
      plants.put(wanted.name(), shared);
    } else {
      plants.put(wanted.name(), new SharedPlant<>(plant, wanted.name()));
      plants.get(wanted.name()).signal("power").ifPresent(power -> meter(wanted.name(), power));
    }
    accesses.put(wanted.name(), new PlantAccess(of(wanted.name()), clock.now()));
  }

  private SharedPlant<?> of(String name) {
    SharedPlant<?> plant = plants.get(name);
    if (plant == null) {
      throw new IllegalStateException("no plant " + name);
    }
    return plant;
  }

  private void pace(PlantSettings plant) {
    PlantAccess access = accesses.get(plant.name());
    if (access != null) {
      keep(
          new Pacer(
              plant.name(), seconds -> access.tick(seconds, clock.now()), plant.speed(), clock));
    }
  }

  private void furnaceMeters(SharedPlant<QuenchFurnace> plant) {
    meters.add(
        new Meter(
            "plant/meters/" + plant.name(),
            List.of(
                new Reading("power_kw", () -> plant.together(QuenchFurnace::electricPower)),
                new Reading("gas_kw", () -> plant.together(QuenchFurnace::gasPower)))));
    if (meters.stream().noneMatch(meter -> meter.topic().equals("plant/ambient"))) {
      meters.add(
          new Meter(
              "plant/ambient",
              List.of(
                  new Reading(
                      "temperature_c", () -> plant.together(QuenchFurnace::ambientTemperature)),
                  new Reading(
                      "humidity_pct", () -> plant.together(QuenchFurnace::ambientHumidity)))));
    }
  }

  private void meter(String name, Signal power) {
    meters.add(
        new Meter(
            "plant/meters/" + name, List.of(new Reading("power_kw", () -> of(name).read(power)))));
  }

  // ---- servers

  private void serve(ServerSettings wanted) throws IOException {
    List<SharedPlant<?>> served = new ArrayList<>();
    wanted.plants().forEach(name -> served.add(of(name)));
    ProtocolServer server =
        keep(
            switch (wanted.protocol()) {
              case MODBUS -> new ModbusPlantServer(served.get(0), wanted.port());
              case XGT -> XgtServer.of(wanted.model(), served.get(0), wanted.port());
              case OPCUA -> opcUa(wanted);
              case MQTT -> publisher(wanted, served);
            });
    servers.put(wanted.name(), new Served(server, wanted.plants()));
    ready.putIfAbsent(server.protocol(), server.port());
  }

  private OpcUaPlantServer opcUa(ServerSettings wanted) throws IOException {
    List<PlantAccess> served =
        accesses.entrySet().stream()
            .filter(access -> wanted.plants().contains(access.getKey()))
            .map(Map.Entry::getValue)
            .toList();
    boolean first = servers.values().stream().noneMatch(s -> s.server().protocol().equals("opcua"));
    Path folder = settings.folder().resolve(first ? "opcua" : "opcua-" + wanted.name());
    return new OpcUaPlantServer(served, wanted.port(), folder, ClientTrust.ANY);
  }

  private PlantPublisher publisher(ServerSettings wanted, List<SharedPlant<?>> served)
      throws IOException {
    String url = wanted.broker().isEmpty() ? broker(wanted.port()).url() : wanted.broker();
    String name = wanted.name().replace('/', '-');
    return wanted.format() == Format.SPARKPLUG
        ? PlantPublisher.sparkplug(name, url, wanted.every(), wanted.topic(), served)
        : PlantPublisher.json(name, url, wanted.every(), wanted.topic(), served);
  }

  /** The broker at a port; several publishers may name one port, and 0 is one broker too. */
  private MeterBroker broker(int port) throws IOException {
    MeterBroker broker = brokers.get(port);
    if (broker == null) {
      broker = keep(MeterBroker.start(port));
      brokers.put(port, broker);
    }
    return broker;
  }

  private void meters() throws IOException {
    MeterBroker broker = broker(settings.metersPort());
    ready.putIfAbsent("mqtt", broker.port());
    ready.put("meters", broker.port());
    keep(Meters.start(broker.url(), meters, clock));
  }

  private void cloud() throws IOException {
    CloudStore store = keep(new CloudStore(settings.folder(), settings.s3Port()));
    ready.put("s3", store.port());
    ready.put("s3_bucket", CloudStore.BUCKET);
    ready.put("s3_access_key_file", store.accessKeyFile().toString());
    ready.put("s3_secret_key_file", store.secretKeyFile().toString());
  }

  private void writeReady() throws IOException {
    ready.put("plants", settings.plants().stream().map(Site::described).toList());
    List<Map<String, Object>> all = new ArrayList<>();
    servers.forEach((name, served) -> all.add(described(name, served)));
    ready.put("servers", all);
    Path file = settings.folder().resolve("ready.json");
    Path draft = settings.folder().resolve("ready.json.tmp");
    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(draft.toFile(), ready);
    Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Map<String, Object> described(PlantSettings plant) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("name", plant.name());
    one.put("kind", plant.kind().name().toLowerCase(Locale.ROOT));
    one.put("seed", plant.seed());
    one.put("speed", plant.speed());
    return one;
  }

  private static Map<String, Object> described(String name, Served served) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("name", name);
    one.put("protocol", served.server().protocol());
    one.put("port", served.server().port());
    one.put("plants", served.plants());
    return one;
  }

  private <T extends AutoCloseable> T keep(T server) {
    running.push(server);
    return server;
  }

  /** What is in {@code ready.json}: ports by server, and where the secrets are. */
  Map<String, Object> ready() {
    return Map.copyOf(ready);
  }

  /** All servers by name. */
  Map<String, Served> servers() {
    return java.util.Collections.unmodifiableMap(servers);
  }

  @Override
  public void close() {
    while (!running.isEmpty()) {
      AutoCloseable server = running.pop();
      try {
        server.close();
      } catch (Exception e) { // what AutoCloseable declares; the others must stop all the same
        LOG.warn("server did not stop cleanly action=\"none, the process ends\"", e);
      }
    }
  }
}
