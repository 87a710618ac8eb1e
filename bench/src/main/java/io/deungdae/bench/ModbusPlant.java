package io.deungdae.bench;

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
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.control.site.SiteSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Devices that are polled, under load, as the settings make them, with a sink that looks for missed
 * polls.
 */
final class ModbusPlant implements AutoCloseable {

  final AtomicLong samples = new AtomicLong();
  final AtomicLong bad = new AtomicLong();
  final List<DeviceAgent> agents = new ArrayList<>();
  private final Clock clock = Clock.system();
  private final Outcomes outcomes = new Outcomes();
  private final long[] lastNs;
  private final AtomicLong missed = new AtomicLong();
  private final long periodNs;
  private final Consumer<Sample> each;
  private volatile boolean counting;

  /**
   * Builds and starts them.
   *
   * @param devices their entries in the settings, in YAML
   * @param csv their tags, without the header
   * @param period of every tag, for counting missed polls; zero not to count
   * @param each sees every sample, on its device's thread
   */
  ModbusPlant(String devices, String csv, Duration period, Consumer<Sample> each) throws Exception {
    this.periodNs = period.toNanos();
    this.each = each;
    Path folder = Files.createTempDirectory("modbus-bench");
    Path list = Files.writeString(folder.resolve("tags.csv"), header() + csv);
    Path site = Files.writeString(folder.resolve("site.yaml"), "devices:\n" + devices);
    Problems problems = new Problems();
    TagCsv reader = new TagCsv(problems);
    reader.read(list);
    List<DeviceSettings> settings =
        DeviceSettings.readAll(
            SettingsFile.read(site, Overrides.none(), problems),
            SiteSettings.PROTOCOLS,
            reader.rows());
    problems.throwIfAny();
    lastNs = new long[reader.rows().size()];
    for (DeviceSettings device : settings) {
      agents.add(new DeviceAgent(device, this::accept, outcomes, clock));
    }
    agents.forEach(DeviceAgent::start);
  }

  private static String header() {
    return "tag,device,address,type,scan,writable,write_low,write_high\n";
  }

  /** A device's entry in the settings. */
  static String device(String name, String scan, String modbus) {
    return "  - {name: "
        + name
        + ", protocol: modbus, simulated: true, reconnect: {first: 200ms, longest: 2s}, scan: {"
        + scan
        + "}, modbus: {host: 127.0.0.1, wordOrder: low-first, "
        + modbus
        + "}}\n";
  }

  /** Floats one after the other. */
  static String floats(String device, int count, String scan) {
    StringBuilder csv = new StringBuilder();
    for (int i = 0; i < count; i++) {
      csv.append(device).append(".r").append(i).append(',').append(device).append(",hr:");
      csv.append(2 * i).append(",float32,").append(scan).append('\n');
    }
    return csv.toString();
  }

  private long accept(List<Sample> batch) {
    samples.addAndGet(batch.size());
    for (Sample sample : batch) {
      if (!sample.quality().isGood()) {
        bad.incrementAndGet();
      }
      each.accept(sample);
      if (sample.quality().isGood()) {
        look(sample);
      }
    }
    return 0;
  }

  /** Counts the polls missed between two good samples of a tag. */
  private void look(Sample sample) {
    int tag = sample.tag().index();
    if (counting && periodNs > 0 && lastNs[tag] != 0) {
      long periods = Math.round((sample.arrivalNs() - lastNs[tag]) / (double) periodNs);
      missed.addAndGet(Math.max(0, periods - 1));
    }
    lastNs[tag] = sample.arrivalNs();
  }

  /** Begins to count missed polls. */
  void count() {
    counting = true;
  }

  /** Polls that left a gap of more than one and a half periods, summed over all tags. */
  long missed() {
    return missed.get();
  }

  /** Scans of all devices that began later than one period. */
  long overruns() {
    return agents.stream().mapToLong(agent -> agent.status().overruns()).sum();
  }

  Tag tag(String name) {
    return agents.stream()
        .flatMap(agent -> agent.tags().stream())
        .filter(tag -> tag.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Puts a setpoint of the first device and waits for its outcome. */
  Outcome write(Tag tag, double value, long putNs) {
    long deadlineNs = putNs + Duration.ofSeconds(2).toNanos();
    agents.get(0).outbox().put(new Setpoint((long) value, tag, value, putNs, deadlineNs));
    Outcome outcome = outcomes.poll();
    while (outcome == null) {
      LockSupport.parkNanos(1_000_000); // the outcome knows its time; looking often takes a core
      outcome = outcomes.poll();
    }
    return outcome;
  }

  /** Waits. */
  void run(Duration span) {
    long endNs = clock.nanoTime() + span.toNanos();
    for (long leftNs = span.toNanos(); leftNs > 0; leftNs = endNs - clock.nanoTime()) {
      LockSupport.parkNanos(leftNs);
    }
  }

  @Override
  public void close() throws IOException {
    agents.forEach(agent -> agent.stop(Duration.ofSeconds(5)));
  }
}
