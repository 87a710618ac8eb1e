package io.deungdae.collector.driver;

import io.deungdae.collector.settings.Overrides;
import io.deungdae.collector.settings.Problems;
import io.deungdae.collector.settings.Section;
import io.deungdae.collector.settings.SettingsFile;
import io.deungdae.collector.settings.TagCsv;
import io.deungdae.collector.settings.TagRow;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Tag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One device as a user would set it up, from a settings file and a tag list, and its agent. */
public final class TestSite implements AutoCloseable {

  /** The device's name. */
  public static final String DEVICE = "dut";

  private final DeviceSettings settings;
  private final Problems problems = new Problems();
  private final AtomicLong ids = new AtomicLong();
  private final AtomicReference<@Nullable DeviceAgent> agent = new AtomicReference<>();

  /** Outcomes of its setpoints. */
  public final Outcomes outcomes = new Outcomes();

  /**
   * Writes the files and reads them.
   *
   * @param folder where to
   * @param protocol the protocol under test
   * @param yaml the device's keys, one a line, without indentation
   * @param csv the tag list
   */
  public TestSite(Path folder, Protocol protocol, String yaml, String csv) {
    Path file = folder.resolve("site.yaml");
    Path tags = folder.resolve("tags.csv");
    try {
      Files.writeString(
          file,
          "devices:\n  - name: "
              + DEVICE
              + "\n    protocol: "
              + protocol.name()
              + "\n"
              + yaml.indent(4));
      Files.writeString(tags, csv);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Section root = SettingsFile.read(file, Overrides.none(), problems);
    TagCsv reader = new TagCsv(problems);
    reader.read(tags);
    List<TagRow> rows = reader.rows();
    this.settings = DeviceSettings.readAll(root, List.of(protocol), rows).get(0);
  }

  /** The device as it was read. */
  public DeviceSettings settings() {
    return settings;
  }

  /** What was wrong with the files. */
  public Problems problems() {
    return problems;
  }

  /** A tag by name. */
  public Tag tag(String name) {
    return settings.tags().stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
  }

  /** The device as its settings describe it. */
  public DeviceSpec spec() {
    return settings.spec();
  }

  /** All tags. */
  public List<Tag> tags() {
    return settings.tags();
  }

  /** Starts the agent. */
  public DeviceAgent start(SampleSink sink) {
    if (!problems.isEmpty()) {
      throw new AssertionError(problems.all());
    }
    DeviceAgent started = new DeviceAgent(settings, sink, outcomes, Clock.system());
    agent.set(started);
    started.start();
    return started;
  }

  /** How the running device is doing. */
  public DeviceStatus status() {
    return java.util.Objects.requireNonNull(agent.get()).status();
  }

  /** Puts a setpoint and waits for what becomes of it. */
  public Outcome write(String tag, double value) {
    DeviceAgent running = java.util.Objects.requireNonNull(agent.get());
    long nowNs = System.nanoTime();
    long id = ids.incrementAndGet();
    running
        .outbox()
        .put(new Setpoint(id, tag(tag), value, nowNs, nowNs + Duration.ofSeconds(20).toNanos()));
    AtomicReference<@Nullable Outcome> found = new AtomicReference<>();
    RecordingSink.await(
        () -> {
          Outcome outcome = outcomes.poll();
          found.set(outcome);
          return outcome != null && outcome.setpoint().id() == id;
        },
        () -> "no outcome for " + tag);
    return java.util.Objects.requireNonNull(found.get());
  }

  @Override
  public void close() {
    DeviceAgent running = agent.getAndSet(null);
    if (running != null) {
      running.stop(Duration.ofSeconds(10));
    }
  }
}
