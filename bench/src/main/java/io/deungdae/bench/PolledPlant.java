package io.deungdae.bench;

import com.sun.management.OperatingSystemMXBean;
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
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Devices that are polled, under load, as the settings make them, with a sink that looks for missed
 * polls; and what the drivers' benchmarks measure with them.
 */
final class PolledPlant implements AutoCloseable {

  static final Duration WARM_UP = Duration.ofSeconds(5);
  static final Duration SECOND = Duration.ofSeconds(1);
  static final int WRITES_PER_SECOND = 50;

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
  PolledPlant(String devices, String csv, Duration period, Consumer<Sample> each) throws Exception {
    this.periodNs = period.toNanos();
    this.each = each;
    Path folder = Files.createTempDirectory("driver-bench");
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

  private Outcome write(Tag tag, double value, long putNs) {
    long deadlineNs = putNs + Duration.ofSeconds(2).toNanos();
    agents.get(0).outbox().put(new Setpoint((long) value, tag, value, putNs, deadlineNs));
    Outcome outcome = outcomes.poll();
    while (outcome == null) {
      LockSupport.parkNanos(1_000_000); // the outcome knows its time; looking often takes a core
      outcome = outcomes.poll();
    }
    return outcome;
  }

  /** A process whose processor time can be asked for, nanoseconds. */
  interface Measured {
    long cpuNs() throws IOException;
  }

  /** Polls for so long, after a warm-up; what that came to, as a line for people. */
  String poll(int seconds, Measured server) throws IOException {
    run(WARM_UP);
    count();
    long overrunsBefore = overruns();
    long samplesBefore = samples.get();
    long cpuNs = cpuNs();
    long serverNs = server.cpuNs();
    long startNs = clock.nanoTime();
    run(Duration.ofSeconds(seconds));
    double spanNs = clock.nanoTime() - startNs;
    return String.format(
        "%.0f samples/s, missed %d, bad %d, overruns %d, cpu %.3f of a core (server %.3f), rss %d"
            + " MiB",
        (samples.get() - samplesBefore) / spanNs * 1e9,
        missed(),
        bad.get(),
        overruns() - overrunsBefore,
        (cpuNs() - cpuNs) / spanNs,
        (server.cpuNs() - serverNs) / spanNs,
        residentMib());
  }

  /** Processor time of this process so far. */
  static long cpuNs() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private static long residentMib() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
      }
    }
    return -1;
  }

  /**
   * Setpoints at even distances, each waited for.
   *
   * @param putNs when each was put, monotonic
   * @param readBackMs how long it took until it was read back
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Writes(long[] putNs, double[] readBackMs) {}

  /** Writes {@code first} and the numbers after it. */
  Writes writes(Tag tag, int first, int count) {
    Writes writes = new Writes(new long[count], new double[count]);
    for (int i = 0; i < count; i++) {
      long putNs = clock.nanoTime();
      Outcome outcome = write(tag, first + i, putNs);
      if (!outcome.confirmed()) {
        throw new IllegalStateException("not confirmed: " + outcome);
      }
      writes.putNs()[i] = putNs;
      writes.readBackMs()[i] = (outcome.atNs() - putNs) / 1e6;
      LockSupport.parkNanos(putNs + SECOND.toNanos() / WRITES_PER_SECOND - clock.nanoTime());
    }
    return writes;
  }

  /** Times in a line; those that are no number are left out. */
  static String summary(double[] millis) {
    double[] sorted = Arrays.stream(millis).filter(ms -> !Double.isNaN(ms)).sorted().toArray();
    int last = sorted.length - 1;
    return String.format(
        "mean %.3f, median %.3f, p99 %.3f, worst %.3f",
        Arrays.stream(sorted).average().orElse(Double.NaN),
        sorted[last / 2],
        sorted[last * 99 / 100],
        sorted[last]);
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
