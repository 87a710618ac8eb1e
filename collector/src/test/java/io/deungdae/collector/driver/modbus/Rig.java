package io.deungdae.collector.driver.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.driver.DeviceAgent;
import io.deungdae.collector.driver.DeviceSettings;
import io.deungdae.collector.driver.Outcome;
import io.deungdae.collector.driver.Outcomes;
import io.deungdae.collector.driver.Setpoint;
import io.deungdae.collector.settings.Overrides;
import io.deungdae.collector.settings.Problems;
import io.deungdae.collector.settings.SettingsFile;
import io.deungdae.collector.settings.TagCsv;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A device under test: its agent, and everything that came out of it. */
final class Rig implements AutoCloseable {

  static final String HEADER =
      "tag,device,address,type,scan,writable,write_low,write_high,scale,safe,tolerance\n";

  final Map<String, Sample> latest = new ConcurrentHashMap<>();
  final ConcurrentLinkedQueue<Sample> all = new ConcurrentLinkedQueue<>();
  final Outcomes outcomes = new Outcomes();
  final Map<String, Tag> tags = new ConcurrentHashMap<>();
  final DeviceSettings settings;
  final DeviceAgent agent;
  private long ids;

  Rig(DeviceSettings settings) {
    this.settings = settings;
    settings.tags().forEach(tag -> tags.put(tag.name(), tag));
    agent = new DeviceAgent(settings, this::accept, outcomes, Clock.system());
  }

  /**
   * Devices as the settings make them, in the order of their names.
   *
   * @param modbus what is in the section {@code modbus} of each device, by its name
   */
  static List<Rig> of(Path folder, Map<String, String> modbus, String... csv) throws IOException {
    StringBuilder yaml = new StringBuilder("devices:\n");
    for (Map.Entry<String, String> device : new TreeMap<>(modbus).entrySet()) {
      yaml.append("  - name: ")
          .append(device.getKey())
          .append("\n    protocol: modbus\n    scan: {fast: 5ms, normal: 20ms}\n")
          .append("    reconnect: {first: 200ms, longest: 1s}\n    modbus: {")
          .append(device.getValue())
          .append("}\n");
    }
    Problems problems = new Problems();
    TagCsv reader = new TagCsv(problems);
    reader.read(
        Files.writeString(
            Files.createTempFile(folder, "tags", ".csv"), HEADER + String.join("\n", csv)));
    Path site = Files.writeString(Files.createTempFile(folder, "site", ".yaml"), yaml);
    List<DeviceSettings> devices =
        DeviceSettings.readAll(
            SettingsFile.read(site, Overrides.none(), problems),
            List.of(new ModbusProtocol()),
            reader.rows());
    assertEquals(List.of(), problems.all());
    return devices.stream().map(Rig::new).toList();
  }

  static void await(int seconds, BooleanSupplier condition) {
    long endNs = System.nanoTime() + seconds * 1_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < endNs, "in " + seconds + " s");
      LockSupport.parkNanos(500_000);
    }
  }

  private long accept(List<Sample> batch) {
    for (Sample sample : batch) {
      latest.put(sample.tag().name(), sample);
      all.add(sample);
    }
    return 0;
  }

  double value(String tag) {
    Sample sample = latest.get(tag);
    return sample == null ? Double.NaN : sample.asDouble();
  }

  Quality quality(String tag) {
    Sample sample = latest.get(tag);
    return sample == null ? Quality.BAD_NO_LINK : sample.quality();
  }

  private Tag tag(String name) {
    return present(tags.get(name));
  }

  private static <T> T present(@Nullable T thing) {
    assertNotNull(thing);
    return thing;
  }

  /** Writes, and waits for the outcome. */
  Outcome write(String tag, double value) {
    long nowNs = System.nanoTime();
    agent.outbox().put(new Setpoint(++ids, tag(tag), value, nowNs, nowNs + 2_000_000_000L));
    Outcome[] outcome = new Outcome[1];
    await(5, () -> (outcome[0] = outcomes.poll()) != null);
    return outcome[0];
  }

  @Override
  public void close() {
    assertTrue(agent.stop(Duration.ofSeconds(10)), "stops in bounded time");
  }
}
