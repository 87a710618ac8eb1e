package io.deungdae.simulators;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.deungdae.simulators.cloud.CloudStore;
import io.deungdae.simulators.furnace.FurnaceSettings;
import io.deungdae.simulators.furnace.QuenchFurnace;
import io.deungdae.simulators.modbus.ModbusPlantServer;
import io.deungdae.simulators.moulding.Moulding;
import io.deungdae.simulators.mqtt.Meter;
import io.deungdae.simulators.mqtt.Meter.Reading;
import io.deungdae.simulators.mqtt.MeterBroker;
import io.deungdae.simulators.mqtt.Meters;
import io.deungdae.simulators.opcua.ClientTrust;
import io.deungdae.simulators.opcua.OpcUaPlantServer;
import io.deungdae.simulators.opcua.PlantAccess;
import io.deungdae.simulators.plant.Pacer;
import io.deungdae.simulators.plant.Plant;
import io.deungdae.simulators.plant.SharedPlant;
import io.deungdae.simulators.plant.Signal;
import io.deungdae.simulators.plant.WallClock;
import io.deungdae.simulators.xgt.Model;
import io.deungdae.simulators.xgt.PlantMemory;
import io.deungdae.simulators.xgt.XgtServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The simulated site: plants, their pacing threads and all servers. Runs from construction to
 * {@link #close}, which stops in the reverse order.
 */
final class Site implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Site.class);

  /** Plant time for which each product is run. */
  private static final double CAMPAIGN_HOURS = 10;

  /** Heartbeat time-out of the moulding machine, as seen from outside. */
  private static final double WATCHDOG_SECONDS = 5;

  private final WallClock clock = WallClock.system();
  private final SiteSettings settings;
  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private final Map<String, SharedPlant<?>> plants = new LinkedHashMap<>();
  private final List<Meter> meters = new ArrayList<>();
  private final Map<String, Object> ready = new LinkedHashMap<>();

  /**
   * Starts everything. What had started is stopped again when something fails.
   *
   * @throws IOException when a port is taken or the folder cannot be used
   */
  Site(SiteSettings settings) throws IOException {
    this.settings = settings;
    try {
      start();
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private void start() throws IOException {
    Files.createDirectories(settings.folder());
    ready.put("speed", settings.speed());
    ModbusPlantServer modbus = furnace();
    moulding();
    meters();
    cloud();
    ControlServer control =
        keep(new ControlServer(settings.folder(), settings.controlPort(), plants, modbus));
    ready.put("control", control.port());
    writeReady();
  }

  private ModbusPlantServer furnace() throws IOException {
    double speed = settings.speed();
    double remoteAfter = settings.remoteAfter() * speed;
    FurnaceSettings demo =
        FurnaceSettings.demo(settings.seed(), speed)
            .remoteAfter(remoteAfter)
            .campaign(CAMPAIGN_HOURS * 3600);
    SharedPlant<QuenchFurnace> plant = new SharedPlant<>(new QuenchFurnace(demo));
    plants.put(plant.name(), plant);
    meters.add(
        new Meter(
            "plant/meters/furnace",
            List.of(
                new Reading("power_kw", () -> plant.together(QuenchFurnace::electricPower)),
                new Reading("gas_kw", () -> plant.together(QuenchFurnace::gasPower)))));
    meters.add(
        new Meter(
            "plant/ambient",
            List.of(
                new Reading(
                    "temperature_c", () -> plant.together(QuenchFurnace::ambientTemperature)),
                new Reading(
                    "humidity_pct", () -> plant.together(QuenchFurnace::ambientHumidity)))));
    ModbusPlantServer server = keep(new ModbusPlantServer(plant, settings.modbusPort()));
    ready.put("modbus", server.port());
    XgtServer xgt = keep(new XgtServer(Model.XGK, new PlantMemory(plant), settings.xgtPort()));
    ready.put("xgt", xgt.port());
    keep(new Pacer("furnace", plant::step, speed, clock));
    return server;
  }

  private void moulding() throws IOException {
    double speed = settings.speed();
    SharedPlant<Moulding> plant =
        new SharedPlant<>(new Moulding(settings.seed(), WATCHDOG_SECONDS * speed));
    plants.put(plant.name(), plant);
    PlantAccess access = new PlantAccess(plant, clock.now());
    Signal power = signal(plant, "power");
    meters.add(
        new Meter(
            "plant/meters/moulding",
            List.of(
                new Reading(
                    "power_kw", () -> access.snapshot().value(plant.signals().indexOf(power))))));
    OpcUaPlantServer server =
        keep(
            new OpcUaPlantServer(
                List.of(access),
                settings.opcUaPort(),
                settings.folder().resolve("opcua"),
                ClientTrust.ANY));
    ready.put("opcua", server.port());
    keep(new Pacer(plant.name(), seconds -> access.tick(seconds, clock.now()), speed, clock));
  }

  private static Signal signal(Plant plant, String name) {
    return plant.signals().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }

  private void meters() throws IOException {
    MeterBroker broker = keep(MeterBroker.start(settings.mqttPort()));
    ready.put("mqtt", broker.port());
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
    Path file = settings.folder().resolve("ready.json");
    Path draft = settings.folder().resolve("ready.json.tmp");
    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(draft.toFile(), ready);
    Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private <T extends AutoCloseable> T keep(T server) {
    running.push(server);
    return server;
  }

  /** What is in {@code ready.json}: ports by server, and where the secrets are. */
  Map<String, Object> ready() {
    return Map.copyOf(ready);
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
