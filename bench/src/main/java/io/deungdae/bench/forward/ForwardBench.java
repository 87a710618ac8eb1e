package io.deungdae.bench.forward;

import com.sun.management.OperatingSystemMXBean;
import io.deungdae.collector.forward.Forwarder;
import io.deungdae.collector.forward.ForwarderSettings;
import io.deungdae.collector.forward.ForwarderStatus;
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
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * InfluxDB is away for so many seconds of plant time and comes back: how fast the backlog is caught
 * up, how late what is live is meanwhile, and what the server takes from a bare client with the
 * same batches.
 *
 * <p>Arguments: an empty folder, samples per second (10000), seconds of the outage (300), tags
 * (1000).
 */
public final class ForwardBench {

  private static final int BATCH = 5_000;
  private static final int PARALLEL = 3;
  private static final int BARE_BATCHES = 200;

  private final Clock clock = Clock.system();
  private final PrintStream out = System.out;
  private final OperatingSystemMXBean machine =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final Path folder;
  private final int perSecond;
  private final int seconds;
  private final List<Tag> tags = new ArrayList<>();

  private ForwardBench(Path folder, int perSecond, int seconds, int tagCount) {
    this.folder = folder;
    this.perSecond = perSecond;
    this.seconds = seconds;
    for (int i = 0; i < tagCount; i++) {
      String name = "line%d.machine%02d.t%04d".formatted(i % 4, i % 40, i);
      tags.add(
          new Tag(
              i,
              name,
              "plc" + i % 4,
              Kind.NUMBER,
              new Unit("°C"),
              Range.ALL,
              Label.of(name),
              null));
    }
  }

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    int[] numbers = {10_000, 300, 1_000};
    for (int i = 1; i < args.length; i++) {
      numbers[i - 1] = Integer.parseInt(args[i]);
    }
    new ForwardBench(Path.of(args[0]), numbers[0], numbers[1], numbers[2]).run();
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

  private InfluxSettings influx(InfluxProcess server, String database) {
    return InfluxSettings.v1(
        ForwarderSettings.of("influx", folder.resolve("forward")).withBatch(BATCH),
        server.url(),
        database);
  }

  private void run() throws Exception {
    Locale.setDefault(Locale.ROOT);
    try (InfluxProcess server = new InfluxProcess(folder.resolve("influx"));
        Historian historian =
            Historian.open(HistorianSettings.in(folder.resolve("history")), clock)) {
      long outage = (long) perSecond * seconds;
      long fillNs = clock.nanoTime();
      fill(historian, outage);
      say("stored %,d rows in %.1f s", outage, (clock.nanoTime() - fillNs) / 1e9);
      reading(historian, outage);
      server.start();
      String unused = server.post("", "CREATE DATABASE bare");
      String unused2 = server.post("", "CREATE DATABASE plant");
      double bare = bare(server);
      catchUp(server, historian, outage, bare);
      double bareAfter = bare(server);
      say("server alone afterwards: %,.0f rows/s", bareAfter);
    }
  }

  /** What came while the server was away. */
  private void fill(Historian historian, long rows) {
    Instant start = clock.now().minusSeconds(seconds + 60L);
    long ticket = 0;
    for (long number = 0; number < rows; ) {
      List<Sample> batch = new ArrayList<>();
      for (int i = 0; i < 1_000 && number < rows; i++) {
        batch.add(sample(number, start.plusNanos(number++ * 1_000_000_000L / perSecond)));
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

  /** What the server takes from senders that read nothing. */
  private double bare(InfluxProcess server) throws Exception {
    List<List<Outgoing>> batches = new ArrayList<>();
    Instant start = clock.now().minus(Duration.ofDays(2));
    for (int b = 0; b < BARE_BATCHES; b++) {
      List<Outgoing> batch = new ArrayList<>();
      for (int i = 0; i < BATCH; i++) {
        long number = (long) b * BATCH + i;
        Sample s = sample(number, start.plusNanos(number * 1_000_000_000L / perSecond));
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
    AtomicInteger next = new AtomicInteger();
    ExecutorService senders = Executors.newFixedThreadPool(PARALLEL);
    long serverNs = server.cpu().toNanos();
    long cpuNs = machine.getProcessCpuTime();
    long startNs = clock.nanoTime();
    try (Sender sender = new InfluxSender(influx(server, "bare"), () -> new TagTable(tags))) {
      for (int t = 0; t < PARALLEL; t++) {
        senders.execute(
            () -> {
              for (int i = next.getAndIncrement(); i < BARE_BATCHES; i = next.getAndIncrement()) {
                try {
                  sender.send(batches.get(i));
                } catch (SendException e) {
                  throw new IllegalStateException(e);
                }
              }
            });
      }
      senders.shutdown();
      boolean unused = senders.awaitTermination(10, TimeUnit.MINUTES);
    }
    double wall = (clock.nanoTime() - startNs) / 1e9;
    double rows = (double) BARE_BATCHES * BATCH;
    say(
        "server alone: %,.0f rows/s; its processor %.2f µs a row, ours %.2f µs a row",
        rows / wall,
        (server.cpu().toNanos() - serverNs) / rows / 1e3,
        (machine.getProcessCpuTime() - cpuNs) / rows / 1e3);
    return rows / wall;
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
      return sender.parallel();
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

  private void catchUp(InfluxProcess server, Historian historian, long outage, double bare)
      throws Exception {
    AtomicBoolean enough = new AtomicBoolean();
    AtomicLong live = new AtomicLong();
    Instant up = clock.now();
    Thread load = new Thread(() -> load(historian, enough, live), "load");
    load.start();
    InfluxSettings settings = influx(server, "plant");
    Watched watched = new Watched(new InfluxSender(settings, () -> new TagTable(tags)), clock, up);
    long serverNs = server.cpu().toNanos();
    long cpuNs = machine.getProcessCpuTime();
    long startNs = clock.nanoTime();
    double took;
    long sent;
    try (Forwarder forwarder =
        new Forwarder(settings.forwarder(), historian, watched, clock, new Random(1)::nextDouble)) {
      forwarder.start();
      ForwarderStatus status = forwarder.status(clock.now());
      long nextNs = clock.nanoTime();
      while (status.sent() < outage || status.backlogRows() > 0) {
        LockSupport.parkNanos(20_000_000);
        status = forwarder.status(clock.now());
        if (clock.nanoTime() - nextNs > 10_000_000_000L) {
          nextNs = clock.nanoTime();
          say(
              "  backlog %,d rows, newest %.1f s behind, %s",
              status.backlogRows(), status.liveLag().toMillis() / 1e3, status.error());
        }
      }
      took = (clock.nanoTime() - startNs) / 1e9;
      sent = status.sent();
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
          sent, took, sent / took, sent / took / bare, watched.worstMs.get(), watched.live.get());
      say(
          "processor: ours %.2f µs a row (with storing %,d live rows), the server's %.2f µs; %s",
          (double) ourNs / sent / 1e3,
          live.get(),
          (double) itsNs / sent / 1e3,
          "failures " + forwarder.status(clock.now()).failures());
    }
    say(
        "stored there %s, here %,d",
        server.post("plant", "SELECT count(quality) FROM samples"), outage + live.get());
  }

  private void load(Historian historian, AtomicBoolean enough, AtomicLong number) {
    long startNs = clock.nanoTime();
    while (!enough.get()) {
      long due = (clock.nanoTime() - startNs) * perSecond / 1_000_000_000L;
      List<Sample> batch = new ArrayList<>();
      Instant now = clock.now();
      for (long n = number.get(); n < due; n++) {
        batch.add(sample(n, now.plusNanos((n - number.get()) * 1_000)));
      }
      if (!batch.isEmpty()) {
        long unused = historian.append(batch);
        number.set(due);
      }
      LockSupport.parkNanos(10_000_000);
    }
  }
}
