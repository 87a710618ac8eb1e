package io.deungdae.control.xgt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.driver.DeviceAgent;
import io.deungdae.collector.driver.DeviceSettings;
import io.deungdae.collector.driver.Outcome;
import io.deungdae.collector.driver.Outcomes;
import io.deungdae.collector.driver.Setpoint;
import io.deungdae.collector.driver.xgt.XgtProtocol;
import io.deungdae.collector.settings.Overrides;
import io.deungdae.collector.settings.Problems;
import io.deungdae.collector.settings.Section;
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
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** An XGT device under test: its agent, and everything that came out of it. */
final class PlcRig implements AutoCloseable {

  private static final Clock CLOCK = Clock.system();

  final DeviceSettings settings;
  final DeviceAgent agent;
  private final Map<String, Sample> latest = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Sample> all = new ConcurrentLinkedQueue<>();
  private final Outcomes outcomes = new Outcomes();
  private final Map<String, Tag> tags = new ConcurrentHashMap<>();
  private long ids;

  private PlcRig(DeviceSettings settings) {
    this.settings = settings;
    settings.tags().forEach(tag -> tags.put(tag.name(), tag));
    agent = new DeviceAgent(settings, this::accept, outcomes, CLOCK);
  }

  /**
   * Starts a device.
   *
   * @param xgt the inside of its section, without the host
   * @param csv lines: tag, device, address, type, scan, writable, limits, scale, safe, tolerance
   */
  static PlcRig start(Path folder, String xgt, List<String> csv) throws IOException {
    PlcRig rig = new PlcRig(read(folder, xgt, csv));
    rig.agent.start();
    return rig;
  }

  /** The settings alone. */
  static DeviceSettings read(Path folder, String xgt, List<String> csv) throws IOException {
    Path list = Files.createTempFile(folder, "tags", ".csv");
    Files.writeString(
        list,
        "tag,device,address,type,scan,writable,write_low,write_high,scale,safe,tolerance\n"
            + String.join("\n", csv));
    Path site = Files.createTempFile(folder, "site", ".yaml");
    Files.writeString(
        site,
        "devices:\n"
            + "  - name: plc\n"
            + "    protocol: xgt\n"
            + "    scan: {fast: 5ms, normal: 20ms}\n"
            + "    reconnect: {first: 100ms, longest: 500ms}\n"
            + "    xgt: {host: 127.0.0.1, "
            + xgt
            + "}\n");
    Problems problems = new Problems();
    TagCsv reader = new TagCsv(problems);
    reader.read(list);
    Section root = SettingsFile.read(site, Overrides.none(), problems);
    List<DeviceSettings> devices =
        DeviceSettings.readAll(root, List.of(new XgtProtocol()), reader.rows());
    assertEquals(List.of(), problems.all());
    return devices.get(0);
  }

  private long accept(List<Sample> batch) {
    for (Sample sample : batch) {
      latest.put(sample.tag().name(), sample);
      all.add(sample);
    }
    return 0;
  }

  /** The latest value of a tag; NaN when there is none. */
  double value(String tag) {
    Sample sample = latest.get(tag);
    return sample == null ? Double.NaN : sample.asDouble();
  }

  @Nullable Sample sample(String tag) {
    return latest.get(tag);
  }

  Quality quality(String tag) {
    Sample sample = latest.get(tag);
    return sample == null ? Quality.BAD_NO_LINK : sample.quality();
  }

  /** All samples of a tag. */
  List<Sample> samples(String tag) {
    return all.stream().filter(s -> s.tag().name().equals(tag)).toList();
  }

  /** All samples of a tag, and forgets all there are. */
  List<Sample> take(String tag) {
    List<Sample> taken = samples(tag);
    all.clear();
    return taken;
  }

  Outcome write(String tag, double value) {
    Tag to = Objects.requireNonNull(tags.get(tag), tag);
    long nowNs = CLOCK.nanoTime();
    agent.outbox().put(new Setpoint(++ids, to, value, nowNs, nowNs + 2_000_000_000L));
    Outcome[] outcome = new Outcome[1];
    await("an outcome", 5, () -> (outcome[0] = outcomes.poll()) != null);
    return outcome[0];
  }

  static void await(String what, int seconds, BooleanSupplier condition) {
    long endNs = CLOCK.nanoTime() + seconds * 1_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertTrue(CLOCK.nanoTime() - endNs < 0, "in " + seconds + " s: " + what);
      LockSupport.parkNanos(500_000);
    }
  }

  @Override
  public void close() {
    assertTrue(agent.stop(Duration.ofSeconds(10)), "stops in bounded time");
  }
}
