package io.deungdae.bench.kill;

import io.deungdae.bench.collect.GatewayProcess;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.store.Historian;
import io.deungdae.collector.store.HistorianSettings;
import io.deungdae.collector.store.StoredSample;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Kills the gateway with SIGKILL at random moments while it collects 10,000 samples/s over MQTT and
 * a PLC over Modbus and sends all of it to InfluxDB; then counts.
 *
 * <p>Arguments: kills (50), seed. Ends with 1 when a number is missing or there twice.
 */
public final class KillBench implements AutoCloseable {

  private static final int TOPICS = 200;
  private static final int VALUES = 10;
  private static final int TAGS = TOPICS * VALUES;
  private static final int ROUNDS_PER_SECOND = 5;
  private static final int REGISTERS = 10;
  private static final int ROWS = 50_000;
  private static final Duration LONGEST_START = Duration.ofMinutes(2);
  private static final Duration LONGEST_DELIVERY = Duration.ofMinutes(30);

  /** Nothing new in InfluxDB for so long means that everything is there. */
  private static final long QUIET_MS = 10_000;

  private final Path folder = Files.createTempDirectory("kill-bench");
  private final SplittableRandom chance;
  private final int brokerPort;
  private final Process broker;
  private final Influx influx;
  private final CountingPlc plc = new CountingPlc();
  private final Path site;
  private final List<Long> startsMs = new ArrayList<>();
  private final List<Long> killsNs = new ArrayList<>();
  private int killedWhileStarting;

  private KillBench(long seed) throws IOException, InterruptedException {
    this.chance = new SplittableRandom(seed);
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.brokerPort = probe.getLocalPort();
    }
    this.broker = broker();
    this.influx = new Influx(folder.resolve("influx"));
    this.site = site();
  }

  private Process broker() throws IOException, InterruptedException {
    Path settings =
        Files.writeString(
            folder.resolve("mosquitto.conf"),
            "listener %d 127.0.0.1%nallow_anonymous true%nmax_inflight_messages 0%n"
                    .formatted(brokerPort)
                + "max_queued_messages 0\n");
    Process process =
        new ProcessBuilder("/usr/sbin/mosquitto", "-c", settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("mosquitto.log").toFile())
            .start();
    for (int attempt = 0; attempt < 100; attempt++) {
      try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), brokerPort)) {
        if (probe.isConnected()) {
          return process;
        }
      } catch (IOException e) {
        Thread.sleep(100);
      }
    }
    throw new IOException("mosquitto does not listen");
  }

  private Path site() throws IOException {
    StringBuilder csv = new StringBuilder("tag,device,address,type,scan\n");
    for (int i = 0; i < TAGS; i++) {
      csv.append("t%d,broker,kill/%d#v%d,,%n".formatted(i, i / VALUES, i % VALUES));
    }
    for (int i = 0; i < REGISTERS; i++) {
      csv.append("n%d,plc,hr:%d,uint32,fast%n".formatted(i, 2 * i));
    }
    Files.writeString(folder.resolve("tags.csv"), csv.toString());
    return Files.writeString(
        folder.resolve("site.yaml"),
        """
        name: kill
        simulated: true
        data: data
        tags: [tags.csv]
        console: {port: 0}
        devices:
          - name: broker
            protocol: mqtt
            reconnect: {first: 200ms, longest: 1s}
            mqtt: {broker: "tcp://127.0.0.1:%d", time: ts, inFlight: 10000, staleAfter: 0s}
          - name: plc
            protocol: modbus
            scan: {fast: 50ms}
            reconnect: {first: 200ms, longest: 1s}
            modbus: {host: 127.0.0.1, port: %d, wordOrder: high-first}
        influx:
          - {name: kill, url: "%s", version: v1, database: plant}
        """
            .formatted(brokerPort, plc.port(), influx.url()));
  }

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    int kills = args.length > 0 ? Integer.parseInt(args[0]) : 50;
    long seed = args.length > 1 ? Long.parseLong(args[1]) : System.nanoTime();
    say("%d kills, seed %d", kills, seed);
    boolean sound;
    try (KillBench bench = new KillBench(seed)) {
      sound = bench.run(kills);
      if (sound) {
        delete(bench.folder);
      } else {
        say("everything is left in %s", bench.folder);
      }
    }
    System.exit(sound ? 0 : 1);
  }

  private boolean run(int kills) throws Exception {
    long beganNs = System.nanoTime();
    firstLife(); // the subscription has to stand before the first number
    int rounds;
    try (NumberedSource source =
        new NumberedSource(brokerPort, TOPICS, VALUES, ROUNDS_PER_SECOND)) {
      source.start();
      for (int kill = 0; kill < kills; kill++) {
        oneLife();
        if ((kill + 1) % 10 == 0) {
          say("  %d kills after %d s", kill + 1, (System.nanoTime() - beganNs) / 1_000_000_000L);
        }
      }
      rounds = lastLife(source);
    }
    say(
        "%d s from the first start to the last stop",
        (System.nanoTime() - beganNs) / 1_000_000_000L);
    return report(rounds);
  }

  private void firstLife() throws IOException, InterruptedException {
    GatewayProcess gateway = GatewayProcess.start(site, memory());
    awaitCollecting(gateway, System.nanoTime());
    Thread.sleep(3_000); // the broker's answer to the subscription
    killsNs.add(System.nanoTime());
    gateway.kill();
  }

  private static String memory() {
    return "-Xms64m -Xmx256m -XX:MaxDirectMemorySize=64m";
  }

  private void oneLife() throws IOException, InterruptedException {
    long startNs = System.nanoTime();
    GatewayProcess gateway = GatewayProcess.start(site, memory());
    if (chance.nextInt(5) == 0) {
      killedWhileStarting++;
      Thread.sleep(chance.nextLong(200, 4_000));
    } else {
      awaitCollecting(gateway, startNs);
      Thread.sleep(chance.nextLong(8_000));
    }
    killsNs.add(System.nanoTime());
    gateway.kill();
  }

  /** Until the PLC is read again, which is after everything was brought back to order. */
  private void awaitCollecting(GatewayProcess gateway, long startNs)
      throws IOException, InterruptedException {
    int before = plc.reads();
    while (plc.reads() == before) {
      if (!gateway.runs() || System.nanoTime() - startNs > LONGEST_START.toNanos()) {
        throw new IOException("the gateway does not start; see " + folder);
      }
      Thread.sleep(5);
    }
    startsMs.add((System.nanoTime() - startNs) / 1_000_000);
  }

  /** Ends with a kill as well, once InfluxDB has everything. */
  private int lastLife(NumberedSource source) throws Exception {
    long startNs = System.nanoTime();
    GatewayProcess gateway = GatewayProcess.start(site, memory());
    awaitCollecting(gateway, startNs);
    Thread.sleep(5_000);
    int rounds = source.stop();
    long stoppedNs = System.nanoTime();
    awaitDelivered(30L * QUIET_MS / 1_000 * REGISTERS); // the PLC goes on counting
    say("delivered %.0f s after the last sample", (System.nanoTime() - stoppedNs) / 1e9);
    plc.close();
    awaitDelivered(0);
    killsNs.add(System.nanoTime());
    gateway.kill();
    return rounds;
  }

  /** Until ten seconds bring InfluxDB no more than so many points. */
  private void awaitDelivered(long most) throws Exception {
    long endNs = System.nanoTime() + LONGEST_DELIVERY.toNanos();
    long before = -1;
    long points = influx.points();
    while (before < 0 || points - before > most) {
      if (System.nanoTime() - endNs > 0) {
        throw new IOException("not everything was delivered in " + LONGEST_DELIVERY);
      }
      before = points;
      Thread.sleep(QUIET_MS);
      points = influx.points();
    }
  }

  private boolean report(int rounds) throws Exception {
    long historyRows = 0;
    Numbers history = new Numbers();
    Path data = folder.resolve("data/history");
    try (Historian historian = Historian.open(HistorianSettings.in(data), Clock.system())) {
      List<StoredSample> piece = historian.tail(0, ROWS);
      while (!piece.isEmpty()) {
        for (StoredSample row : piece) {
          historyRows++;
          if (row.quality().isGood()) {
            history.add(row.tag(), (long) row.value().asDouble());
          }
        }
        piece = historian.tail(piece.get(piece.size() - 1).seq(), ROWS);
      }
    }
    Numbers sent = influx.numbers(TAGS, REGISTERS);
    long points = influx.points();
    long gaps = history.gaps(TAGS, rounds);
    long sentGaps = sent.gaps(TAGS, rounds);
    Holes holes = holes(history.of("n0"));
    say(
        "%d kills (%d of them while it started), restart to collecting: %s",
        killsNs.size() - 2, killedWhileStarting, summary(startsMs));
    say("samples acknowledged: %,d (%,d of each of %,d tags)", (long) rounds * TAGS, rounds, TAGS);
    say("history:  %,d rows, gaps %d, doubles %d", historyRows, gaps, history.doubles());
    say("InfluxDB: %,d points, gaps %d, doubles %d", points, sentGaps, sent.doubles());
    say(
        "PLC: %,d reads, %,d stored once; not stored: %d before a stored one, %d at the end of a"
            + " life (the oldest %.1f s before the kill)",
        plc.reads(),
        history.of("n0").cardinality(),
        holes.inside,
        holes.atEnds,
        holes.oldestNs / 1e9);
    long apart = history.differences(sent);
    say("values in only one of history and InfluxDB: %d", apart);
    return gaps + sentGaps + history.doubles() + sent.doubles() + holes.inside + apart == 0
        && points == historyRows;
  }

  /**
   * Reads that are not stored. A read has nobody who would repeat it: what was not committed is
   * gone, but only from the end of a life and never from between.
   */
  private static final class Holes {
    private long inside;
    private long atEnds;
    private long oldestNs;
  }

  /**
   * A read is of the life in which its connection was made: what was asked just before a kill may
   * be answered after it.
   */
  private Holes holes(BitSet stored) {
    Holes holes = new Holes();
    int read = plc.reads();
    for (int life = killsNs.size() - 1; life >= 0; life--) {
      long killNs = killsNs.get(life);
      long bornNs = life == 0 ? Long.MIN_VALUE : killsNs.get(life - 1);
      boolean atEnd = true;
      for (; read > 0 && plc.acceptedNs(read) > bornNs; read--) {
        atEnd &= !stored.get(read);
        if (atEnd) {
          holes.atEnds++;
          holes.oldestNs = Math.max(holes.oldestNs, killNs - plc.answeredNs(read));
        } else if (!stored.get(read)) {
          holes.inside++;
          say(
              "  read %d is missing: %.3f s after its connection, %.3f s before the kill",
              read,
              (plc.answeredNs(read) - plc.acceptedNs(read)) / 1e9,
              (killNs - plc.answeredNs(read)) / 1e9);
        }
      }
    }
    return holes;
  }

  private static String summary(List<Long> ms) {
    List<Long> sorted = ms.stream().sorted().toList();
    return "median %.1f s, longest %.1f s"
        .formatted(sorted.get(sorted.size() / 2) / 1e3, sorted.get(sorted.size() - 1) / 1e3);
  }

  @Override
  public void close() throws IOException {
    plc.close();
    influx.close();
    broker.destroy();
    try {
      if (broker.waitFor(10, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new IOException("mosquitto did not stop");
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
