package io.deungdae.bench.forward;

import com.sun.management.OperatingSystemMXBean;
import io.deungdae.collector.forward.Forwarder;
import io.deungdae.collector.forward.ForwarderSettings;
import io.deungdae.collector.forward.ForwarderStatus;
import io.deungdae.collector.forward.InfluxFields;
import io.deungdae.collector.forward.InfluxMapping;
import io.deungdae.collector.forward.InfluxQuality;
import io.deungdae.collector.forward.InfluxSender;
import io.deungdae.collector.forward.InfluxSettings;
import io.deungdae.collector.forward.Lane;
import io.deungdae.collector.forward.Outgoing;
import io.deungdae.collector.forward.SendException;
import io.deungdae.collector.forward.Sender;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Range;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.TagTable;
import io.deungdae.collector.signal.Unit;
import io.deungdae.collector.signal.Value;
import io.deungdae.collector.store.Historian;
import io.deungdae.collector.store.HistorianSettings;
import io.deungdae.collector.store.StoredSample;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A receiver is away for so many seconds of plant time and comes back: how fast the backlog is
 * caught up, how late what is live is meanwhile, and what the receiver takes at most, from a client
 * that has the same requests ready. Receivers: one without a limit of its own, which shows ours,
 * and InfluxDB with three mappings.
 *
 * <p>Arguments: an empty folder, samples per second (10000), seconds of the outage (300), tags
 * (1000). The property {@code receivers} names some of the receivers.
 */
public final class ForwardBench {

  private static final int BATCH = 5_000;
  private static final int PARALLEL = 5;
  private static final int BARE_BATCHES = 100;
  private static final int TOGETHER = 25;

  private final Clock clock = Clock.system();
  private final PrintStream out = System.out;
  private final OperatingSystemMXBean machine =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final Path folder;
  private final int perSecond;
  private final int seconds;
  private final List<Tag> tags = new ArrayList<>();
  private final TagTable table;

  private ForwardBench(Path folder, int perSecond, int seconds, int tagCount) {
    this.folder = folder;
    this.perSecond = perSecond;
    this.seconds = seconds;
    for (int i = 0; i < tagCount; i++) {
      int machineNumber = i / TOGETHER;
      String name = "line%d.machine%02d.t%04d".formatted(machineNumber % 4, machineNumber, i);
      tags.add(
          new Tag(
              i,
              name,
              "plc" + machineNumber,
              Kind.NUMBER,
              new Unit("°C"),
              Range.ALL,
              Label.of(name),
              null));
    }
    this.table = new TagTable(tags);
  }

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    int[] numbers = {10_000, 300, 1_000};
    for (int i = 1; i < args.length; i++) {
      numbers[i - 1] = Integer.parseInt(args[i]);
    }
    String receivers = System.getProperty("receivers", "");
    new ForwardBench(Path.of(args[0]), numbers[0], numbers[1], numbers[2])
        .run(receivers.isEmpty() ? Set.of() : Set.of(receivers.split(",", -1)));
  }

  @SuppressWarnings("AnnotateFormatMethod") // the annotation is no dependency of ours
  private void say(String format, Object... args) {
    out.println(format.formatted(args));
  }

  private Sample sample(long number, Instant at) {
    double value = 20 + 800 * Math.sin(number * 1e-4) + number % 97 / 10.0;
    value = Math.round(value * 100) / 100.0;
    Tag tag = tags.get((int) (number % tags.size()));
    return new Sample(tag, Value.of(value), Quality.GOOD, at, clock.now(), clock.nanoTime());
  }

  private InfluxSettings influx(Receiver receiver, String url, String database) {
    return InfluxSettings.v1(
            ForwarderSettings.of(receiver.name, folder.resolve("forward")).withBatch(BATCH),
            url,
            database)
        .withMapping(receiver.mapping);
  }

  /** Who is away and comes back. */
  private record Receiver(String name, InfluxMapping mapping, boolean isInflux) {}

  private static final InfluxMapping LEAN =
      new InfluxMapping("samples", Set.of("tag"), InfluxFields.VALUE, InfluxQuality.NOT_GOOD);

  private static final List<Receiver> RECEIVERS =
      List.of(
          new Receiver("influx-wide", InfluxMapping.WIDE, true),
          new Receiver("influx-lean", LEAN, true),
          new Receiver("influx-usual", InfluxMapping.USUAL, true),
          new Receiver("blackhole", InfluxMapping.USUAL, false));

  private void run(Set<String> wanted) throws Exception {
    Locale.setDefault(Locale.ROOT);
    try (Historian historian =
        Historian.open(HistorianSettings.in(folder.resolve("history")), clock)) {
      long outage = (long) perSecond * seconds;
      long fillNs = clock.nanoTime();
      fill(historian, outage);
      say("stored %,d rows in %.1f s", outage, (clock.nanoTime() - fillNs) / 1e9);
      reading(historian, outage);
      for (Receiver receiver : RECEIVERS) {
        if (wanted.isEmpty() || wanted.contains(receiver.name)) {
          say("--- %s", receiver.name);
          run(receiver, historian);
        }
      }
    }
  }

  private void run(Receiver receiver, Historian historian) throws Exception {
    if (!receiver.isInflux) {
      try (BlackholeProcess server = new BlackholeProcess()) {
        Bare bare = bare(receiver, server);
        long before = server.lines();
        long rows = catchUp(receiver, server, historian, bare);
        say("lines there %,d, rows here %,d", server.lines() - before, rows);
        bare.repeat();
      }
      return;
    }
    try (InfluxProcess server = new InfluxProcess(folder.resolve(receiver.name))) {
      server.start();
      String unused = server.post("", "CREATE DATABASE bare");
      String unused2 = server.post("", "CREATE DATABASE plant");
      Bare bare = bare(receiver, server);
      long rows = catchUp(receiver, server, historian, bare);
      say("values there %,d, rows here %,d", server.values("plant"), rows);
      bare.repeat();
    }
  }

  /** What came while the server was away. */
  private void fill(Historian historian, long rows) {
    Instant start = clock.now().minusSeconds(seconds + 60L);
    long ticket = 0;
    for (long number = 0; number < rows; ) {
      List<Sample> batch = new ArrayList<>();
      for (int i = 0; i < 1_000 && number < rows; i++) {
        batch.add(sample(number, start.plusNanos(offsetNs(number++))));
      }
      ticket = historian.append(batch);
    }
    while (historian.committedTicket() < ticket || historian.status().unread() > 0) {
      LockSupport.parkNanos(10_000_000);
    }
  }

  /** What reading alone costs. */
  private void reading(Historian historian, long rows) {
    long startNs = clock.nanoTime();
    long tailNs = 0;
    long read = 0;
    long after = 0;
    while (read < Math.min(rows, 1_000_000)) {
      long fromNs = clock.nanoTime();
      List<StoredSample> batch = historian.tail(after, 10 * BATCH);
      tailNs += clock.nanoTime() - fromNs;
      int[] unused = historian.turns(batch);
      after = batch.get(batch.size() - 1).seq();
      read += batch.size();
    }
    double all = (clock.nanoTime() - startNs) / 1e9;
    say(
        "reading alone: %,.0f rows/s (tail %,.0f, turns %,.0f)",
        read / all, read / (tailNs / 1e9), read / (all - tailNs / 1e9));
  }

  /** What the server takes from a client that has nothing to do but to send. */
  private Bare bare(Receiver receiver, ReceiverProcess server) throws Exception {
    List<List<Outgoing>> batches = new ArrayList<>();
    Instant start = clock.now().minus(Duration.ofDays(2));
    for (int b = 0; b < BARE_BATCHES; b++) {
      List<Outgoing> batch = new ArrayList<>();
      for (int i = 0; i < BATCH; i++) {
        long number = (long) b * BATCH + i;
        Sample s = sample(number, start.plusNanos(offsetNs(number)));
        batch.add(
            new Outgoing(
                new StoredSample(
                    number + 1,
                    s.tag().name(),
                    s.value(),
                    s.quality(),
                    s.sourceTime(),
                    s.arrivalTime()),
                0,
                Lane.BACKLOG));
      }
      batches.add(batch);
    }
    Bare bare = new Bare(server, BareClient.bodies(batches, url -> sender(receiver, url, "bare")));
    bare.repeat();
    return bare;
  }

  private InfluxSender sender(Receiver receiver, String url, String database) {
    try {
      return new InfluxSender(influx(receiver, url, database), () -> table);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The server alone, with requests that lie ready. */
  private final class Bare {
    private final ReceiverProcess server;
    private final List<byte[]> bodies;
    private double perSecond;

    Bare(ReceiverProcess server, List<byte[]> bodies) {
      this.server = server;
      this.bodies = bodies;
    }

    void repeat() throws Exception {
      long serverNs = server.cpu().toNanos();
      long cpuNs = machine.getProcessCpuTime();
      double seconds = BareClient.send(server.url(), "bare", bodies, PARALLEL);
      double rows = (double) BARE_BATCHES * BATCH;
      perSecond = rows / seconds;
      say(
          "server alone: %,.0f rows/s; its processor %.2f µs a row, the bare client's %.2f µs; %.0f"
              + " bytes a row",
          perSecond,
          (server.cpu().toNanos() - serverNs) / rows / 1e3,
          (machine.getProcessCpuTime() - cpuNs) / rows / 1e3,
          bodies.stream().mapToLong(body -> body.length).sum() / rows);
    }
  }

  /** Keeps the age of each row that arrived after the server came back. */
  private static final class Watched implements Sender {
    private final Sender sender;
    private final Clock clock;
    private final Instant since;
    private final AtomicLong worstMs = new AtomicLong();
    private final AtomicLong live = new AtomicLong();

    Watched(Sender sender, Clock clock, Instant since) {
      this.sender = sender;
      this.clock = clock;
      this.since = since;
    }

    @Override
    public void send(List<Outgoing> batch) throws SendException {
      sender.send(batch);
      Instant now = clock.now();
      for (Outgoing row : batch) {
        Instant arrival = row.row().arrivalTime();
        if (arrival.isAfter(since)) {
          live.incrementAndGet();
          worstMs.accumulateAndGet(Duration.between(arrival, now).toMillis(), Math::max);
        }
      }
    }

    @Override
    public int parallel() {
      return Integer.getInteger("parallel", sender.parallel());
    }

    @Override
    public long bytes() {
      return sender.bytes();
    }

    @Override
    public void close() {
      sender.close();
    }
  }

  /** Gives the rows that there are in the end. */
  private long catchUp(Receiver receiver, ReceiverProcess server, Historian historian, Bare bare)
      throws Exception {
    AtomicBoolean enough = new AtomicBoolean();
    AtomicLong live = new AtomicLong();
    long outage = historian.lastSeq();
    Thread load = new Thread(() -> load(historian, enough, live), "load");
    ForwarderSettings settings = influx(receiver, server.url(), "plant").forwarder();
    Watched watched = new Watched(sender(receiver, server.url(), "plant"), clock, clock.now());
    long serverNs = server.cpu().toNanos();
    long cpuNs = machine.getProcessCpuTime();
    long startNs = clock.nanoTime();
    try (Forwarder forwarder =
        new Forwarder(settings, historian, watched, clock, new Random(1)::nextDouble)) {
      forwarder.start();
      ForwarderStatus status = forwarder.status(clock.now());
      while (status.sent() == 0) { // what comes before its first look is of the outage
        LockSupport.parkNanos(1_000_000);
        status = forwarder.status(clock.now());
      }
      load.start();
      long nextNs = clock.nanoTime();
      while (status.sent() < outage || status.backlogRows() > 0) {
        LockSupport.parkNanos(20_000_000);
        status = forwarder.status(clock.now());
        if (clock.nanoTime() - nextNs > 20_000_000_000L) {
          nextNs = clock.nanoTime();
          say(
              "  backlog %,d rows, newest %.1f s behind, %s",
              status.backlogRows(), status.liveLag().toMillis() / 1e3, status.error());
        }
      }
      double took = (clock.nanoTime() - startNs) / 1e9;
      long sent = status.sent();
      long ourNs = machine.getProcessCpuTime() - cpuNs;
      long itsNs = server.cpu().toNanos() - serverNs;
      enough.set(true);
      load.join();
      while (forwarder.status(clock.now()).lagRows() > 0) {
        LockSupport.parkNanos(20_000_000);
      }
      say(
          "caught up: %,d rows in %.1f s = %,.0f rows/s, %.2f of the server alone; live at most %,d"
              + " ms late over %,d rows",
          sent,
          took,
          sent / took,
          sent / took / bare.perSecond,
          watched.worstMs.get(),
          watched.live.get());
      say(
          "processor: ours %.2f µs a row (with storing %,d live rows), the server's %.2f µs;"
              + " failures %d",
          (double) ourNs / sent / 1e3,
          live.get(),
          (double) itsNs / sent / 1e3,
          forwarder.status(clock.now()).failures());
    }
    return outage + live.get();
  }

  /** As devices are read: a machine's tags together, with one time. */
  private long offsetNs(long number) {
    return number / TOGETHER * TOGETHER * 1_000_000_000L / perSecond;
  }

  private void load(Historian historian, AtomicBoolean enough, AtomicLong number) {
    long startNs = clock.nanoTime();
    Instant start = clock.now();
    while (!enough.get()) {
      long due = (clock.nanoTime() - startNs) * perSecond / 1_000_000_000L / TOGETHER * TOGETHER;
      List<Sample> batch = new ArrayList<>();
      for (long n = number.get(); n < due; n++) {
        batch.add(sample(n, start.plusNanos(offsetNs(n))));
      }
      if (!batch.isEmpty()) {
        long unused = historian.append(batch);
        number.set(due);
      }
      LockSupport.parkNanos(10_000_000);
    }
  }
}
