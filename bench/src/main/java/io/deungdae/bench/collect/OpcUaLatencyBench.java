package io.deungdae.bench.collect;

import io.deungdae.collector.driver.DeviceAgent;
import io.deungdae.collector.driver.DeviceSettings;
import io.deungdae.collector.driver.Outcome;
import io.deungdae.collector.driver.Outcomes;
import io.deungdae.collector.driver.SampleSink;
import io.deungdae.collector.driver.Setpoint;
import io.deungdae.collector.driver.opcua.OpcUaProtocol;
import io.deungdae.collector.settings.Overrides;
import io.deungdae.collector.settings.Problems;
import io.deungdae.collector.settings.SettingsFile;
import io.deungdae.collector.settings.TagCsv;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteValue;

/**
 * While many doubles are subscribed at a second each: when a change in the server is seen by a tag
 * of class {@code fast} and by a subscription with 10 ms sampling; how long a setpoint with its
 * read-back takes, and the same by a bare client of the same library on a session of its own, in
 * turns. The server is a process of its own. Both processes read the same monotonic clock (Linux).
 *
 * <p>Arguments: tags (10000), seconds (20), runs (3).
 */
public final class OpcUaLatencyBench {

  private static final int PAUSE_MS = 10;

  private final Clock clock = Clock.system();
  private final Outcomes outcomes = new Outcomes();
  private final Map<Tag, Double> counts = new ConcurrentHashMap<>();
  private final AtomicLong samples = new AtomicLong();
  private final AtomicLong twice = new AtomicLong();
  private final AtomicLong missing = new AtomicLong();
  private final ConcurrentLinkedQueue<Double> fast = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Double> subscribed = new ConcurrentLinkedQueue<>();
  private final ConcurrentHashMap<String, Double> seen = new ConcurrentHashMap<>();
  private final int tags;
  private final int seconds;

  private OpcUaLatencyBench(int tags, int seconds) {
    this.tags = tags;
    this.seconds = seconds;
  }

  /** Runs it and prints what it has measured. */
  public static void main(String[] args) throws Exception {
    int tags = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
    int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 20;
    int runs = args.length > 2 ? Integer.parseInt(args[2]) : 3;
    for (int run = 0; run < runs; run++) {
      Process server = plant(tags);
      try {
        new OpcUaLatencyBench(tags, seconds).run(server.inputReader().readLine());
      } finally {
        server.destroy();
        server.waitFor(10, TimeUnit.SECONDS);
      }
    }
    System.exit(0); // the bare client's library leaves threads behind
  }

  /** In a process of its own; its first line is its port. */
  private static Process plant(int tags) throws IOException {
    List<String> command = GatewayProcess.java("-Xmx768m");
    command.add(OpcUaPlant.class.getName());
    command.add(Integer.toString(tags));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private void run(String port) throws Exception {
    String url = "opc.tcp://127.0.0.1:" + port;
    StringBuilder csv =
        new StringBuilder("tag,device,address,scan,writable,write_low,write_high,tolerance\n");
    for (int i = 0; i < tags; i++) {
      csv.append("t%d,plc,ns=2;s=t%d sampling=500ms,normal%n".formatted(i, i));
    }
    csv.append("fast,plc,ns=2;s=changed,fast\nsp,plc,ns=2;s=sp0,slow,true,0,1e9,0\n");
    DeviceAgent ours = agent(url, "plc", "{fast: 1ms}", "fast: read, refresh: 1h", csv.toString());
    DeviceAgent other =
        agent(
            url,
            "other",
            "{fast: 10ms}",
            "fast: subscribe, publishingInterval: 10ms",
            "tag,device,address,scan\nsubscribed,other,ns=2;s=changed,fast\n");
    try {
      ours.start();
      other.start();
      awaitAll();
      OpcUaClient bare = OpcUaClient.create(url);
      bare.connect();
      measure(ours, bare);
      bare.disconnect();
    } finally {
      ours.stop(Duration.ofSeconds(5));
      other.stop(Duration.ofSeconds(5));
    }
  }

  private DeviceAgent agent(String url, String name, String scan, String more, String csv)
      throws Exception {
    Path folder = Files.createTempDirectory("opcua-bench");
    Path list = Files.writeString(folder.resolve("tags.csv"), csv);
    Path site =
        Files.writeString(
            folder.resolve("site.yaml"),
            "devices:\n  - {name: %s, protocol: opcua, simulated: true, scan: %s, opcua: {endpoint: '%s', security: none, timeout: 20s, %s}}\n"
                .formatted(name, scan, url, more));
    Problems problems = new Problems();
    TagCsv reader = new TagCsv(problems);
    reader.read(list);
    List<DeviceSettings> devices =
        DeviceSettings.readAll(
            SettingsFile.read(site, Overrides.none(), problems),
            List.of(new OpcUaProtocol()),
            reader.rows());
    problems.throwIfAny();
    SampleSink sink = this::accept;
    return new DeviceAgent(devices.get(0), sink, outcomes, clock);
  }

  private long accept(List<Sample> batch) {
    for (Sample sample : batch) {
      String name = sample.tag().name();
      double value = sample.asDouble();
      if (name.equals("fast")) {
        changed(name, value, sample.arrivalNs(), fast);
      } else if (name.equals("subscribed")) {
        changed(name, value, sample.arrivalNs(), subscribed);
      } else if (name.startsWith("t")) {
        count(sample.tag(), value);
      }
    }
    return 0;
  }

  private void changed(String name, double changedNs, long atNs, ConcurrentLinkedQueue<Double> to) {
    Double last = seen.put(name, changedNs);
    if (last != null && last != changedNs) {
      to.add((atNs - changedNs) / 1e6);
    }
  }

  private void count(Tag tag, double value) {
    samples.incrementAndGet();
    Double last = counts.put(tag, value);
    if (last != null && last != 0 && Double.isFinite(value)) {
      twice.addAndGet(value == last ? 1 : 0);
      missing.addAndGet(Math.max(0, (long) (value - last - 1)));
    }
  }

  private void measure(DeviceAgent ours, OpcUaClient bare) throws Exception {
    Tag setpoint = ours.tags().get(tags + 1);
    List<Double> our = new ArrayList<>();
    List<Double> their = new ArrayList<>();
    turns(ours, setpoint, bare, 5, our, their); // warm-up
    List.of(our, their).forEach(List::clear);
    fast.clear();
    subscribed.clear();
    List.of(samples, twice, missing).forEach(counter -> counter.set(0));
    long startNs = clock.nanoTime();
    turns(ours, setpoint, bare, seconds, our, their);
    double spanS = (clock.nanoTime() - startNs) / 1e9;
    say(
        "%,d tags: %.0f values/s, missing %d, twice %d",
        tags, samples.get() / spanS, missing.get(), twice.get());
    say("  change seen, ms: fast class   %s", spread(List.copyOf(fast)));
    say("                   subscription %s", spread(List.copyOf(subscribed)));
    say("  write and read back, ms: ours %s", spread(our));
    say("                           bare %s", spread(their));
  }

  private void awaitAll() {
    long untilNs = clock.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (counts.size() < tags || fast.isEmpty() || subscribed.isEmpty()) {
      if (clock.nanoTime() - untilNs > 0) {
        throw new IllegalStateException("only " + counts.size() + " tags have come");
      }
      LockSupport.parkNanos(10_000_000L);
    }
  }

  private void turns(
      DeviceAgent ours,
      Tag setpoint,
      OpcUaClient bare,
      int forSeconds,
      List<Double> our,
      List<Double> their)
      throws Exception {
    long untilNs = clock.nanoTime() + forSeconds * 1_000_000_000L;
    for (int i = 0; clock.nanoTime() - untilNs < 0; i++) {
      our.add(put(ours, setpoint, i));
      LockSupport.parkNanos(PAUSE_MS * 1_000_000L);
      their.add(write(bare, i));
      LockSupport.parkNanos(PAUSE_MS * 1_000_000L);
    }
  }

  private double put(DeviceAgent agent, Tag tag, int i) {
    long startNs = clock.nanoTime();
    agent.outbox().put(new Setpoint(i, tag, i, startNs, startNs + Duration.ofSeconds(5).toNanos()));
    Outcome outcome = outcomes.poll();
    while (outcome == null) {
      // The outcome knows its time; looking more often would take the cores from what is measured.
      LockSupport.parkNanos(1_000_000);
      outcome = outcomes.poll();
    }
    if (!outcome.confirmed()) {
      throw new IllegalStateException("not confirmed: " + outcome);
    }
    return (outcome.atNs() - startNs) / 1e6;
  }

  private double write(OpcUaClient bare, int i) throws Exception {
    NodeId node = NodeId.parse("ns=2;s=sp1");
    long startNs = clock.nanoTime();
    bare.writeAsync(
            List.of(
                new WriteValue(
                    node, AttributeId.Value.uid(), null, DataValue.valueOnly(Variant.ofDouble(i)))))
        .get(5, TimeUnit.SECONDS);
    DataValue[] back =
        bare.readAsync(
                0,
                TimestampsToReturn.Both,
                List.of(
                    new ReadValueId(node, AttributeId.Value.uid(), null, QualifiedName.NULL_VALUE)))
            .get(5, TimeUnit.SECONDS)
            .getResults();
    long tookNs = clock.nanoTime() - startNs;
    if (back == null || !Double.valueOf(i).equals(back[0].value().value())) {
      throw new IllegalStateException("not read back");
    }
    return tookNs / 1e6;
  }

  private static String spread(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    if (sorted.isEmpty()) {
      return "none";
    }
    return String.format(
        Locale.ROOT,
        "median %.2f, p99 %.1f, worst %.1f (%d)",
        sorted.get(sorted.size() / 2),
        sorted.get(sorted.size() * 99 / 100),
        sorted.get(sorted.size() - 1),
        sorted.size());
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
