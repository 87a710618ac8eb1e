package io.deungdae.collector.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Value;
import io.deungdae.collector.store.Await;
import io.deungdae.collector.store.Historian;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Against a real InfluxDB 1.x. */
@Timeout(400)
final class InfluxSenderIT {

  @TempDir Path folder;
  private InfluxServer influx;
  private Historian historian;

  @BeforeEach
  void open() throws Exception {
    assumeTrue(InfluxServer.isInstalled(), "influxd is not installed");
    influx = new InfluxServer(folder.resolve("influx"));
    influx.start();
    influx.post("", "CREATE DATABASE plant");
    historian = Plc.historian(folder.resolve("history"));
  }

  @AfterEach
  void close() throws Exception {
    if (historian != null) {
      historian.close();
      influx.close();
    }
  }

  private Forwarder forwarder() throws IOException {
    ForwarderSettings settings =
        ForwarderSettings.of("influx", folder)
            .withBatch(5_000)
            .withWaits(Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofSeconds(1));
    InfluxSettings influxSettings = InfluxSettings.v1(settings, influx.url(), "plant");
    Forwarder forwarder =
        new Forwarder(
            settings,
            historian,
            new InfluxSender(influxSettings, () -> Plc.TAGS),
            Clock.system(),
            new Random(7)::nextDouble);
    forwarder.start();
    return forwarder;
  }

  private void awaitSent(Forwarder forwarder, long ticket) {
    Await.until("committed", () -> historian.committedTicket() >= ticket);
    Await.until(
        "sent", Duration.ofMinutes(4), () -> forwarder.status(Clock.system().now()).lagRows() == 0);
  }

  @Test
  void anOutageUnderLoadLosesNothingAndDoublesNothing() throws Exception {
    outage(2_000, Duration.ofSeconds(2), Duration.ofSeconds(2));
  }

  @Test
  @EnabledIfSystemProperty(named = "long", matches = "true")
  void aMinuteOfOutageAtTenThousandSamplesASecond() throws Exception {
    outage(10_000, Duration.ofSeconds(10), Duration.ofSeconds(60));
  }

  private void outage(int perSecond, Duration before, Duration down) throws Exception {
    AtomicLong appended = new AtomicLong();
    AtomicBoolean enough = new AtomicBoolean();
    Thread load = new Thread(() -> load(perSecond, appended, enough), "load");
    load.start();
    Forwarder forwarder = forwarder();
    Await.until("first rows", () -> forwarder.status(Instant.EPOCH).sent() > 0);
    pause(before);
    influx.kill();
    Await.until("outage noticed", () -> !forwarder.status(Instant.EPOCH).isWell());
    pause(down);
    influx.start();
    long upNs = System.nanoTime();
    long lag = forwarder.status(Clock.system().now()).lagRows();
    pause(before);
    enough.set(true);
    load.join(60_000);
    awaitSent(forwarder, appended.get());
    double caughtUp = (System.nanoTime() - upNs) / 1e9;
    ForwarderStatus status = forwarder.status(Clock.system().now());
    forwarder.close();
    long rows = appended.get();
    report(rows, lag, caughtUp, status);
    assertTrue(status.failures() > 0, "the outage was noticed");
    assertEquals(rows, influx.query("plant", "SELECT count(quality) FROM samples").asLong());
    assertEquals(
        rows * (rows - 1) / 2, influx.query("plant", "SELECT sum(value_i) FROM samples").asLong());
    assertEquals(0, status.refused());
  }

  private static void report(long rows, long lag, double seconds, ForwarderStatus status) {
    LoggerFactory.getLogger(InfluxSenderIT.class)
        .warn(
            "rows={} lag_at_return={} seconds_to_catch_up={} failures={}",
            rows,
            lag,
            "%.1f".formatted(seconds),
            status.failures());
  }

  private void load(int perSecond, AtomicLong appended, AtomicBoolean enough) {
    long startNs = System.nanoTime();
    long number = 0;
    while (!enough.get()) {
      long due = (System.nanoTime() - startNs) * perSecond / 1_000_000_000L;
      // A device clock of one second: many samples of one tag have the same time.
      Instant now = Instant.ofEpochSecond(Clock.system().now().getEpochSecond());
      List<Sample> batch = new ArrayList<>();
      while (number < due) {
        batch.add(Plc.sample(Plc.SHOTS, Value.of(number), now.plusNanos(number++ % 50 * 1_000)));
      }
      if (!batch.isEmpty()) {
        appended.set(historian.append(batch));
      }
      LockSupport.parkNanos(10_000_000);
    }
  }

  private static void pause(Duration time) {
    long endNs = System.nanoTime() + time.toNanos();
    Await.until("time", time.plusSeconds(5), () -> System.nanoTime() - endNs > 0);
  }

  @Test
  void everyKindArrivesExactly() throws Exception {
    Instant now = Clock.system().now();
    long ticket =
        historian.append(
            List.of(
                Plc.sample(Plc.PRESSURE, Value.of(0.1), now),
                Plc.sample(Plc.SHOTS, Value.of(Long.MAX_VALUE - 1), now),
                Plc.sample(Plc.LOT, Value.of("로트 \"7\", \\ =\nA"), now),
                Sample.bad(Plc.PRESSURE, Quality.BAD_TIMEOUT, now.plusSeconds(1), 0)));
    try (Forwarder forwarder = forwarder()) {
      awaitSent(forwarder, ticket);
      assertEquals(0, forwarder.status(now).refused());
    }
    assertEquals(
        0.1, influx.query("plant", "SELECT value FROM samples WHERE unit = 'kg/cm²'").asDouble());
    assertEquals(Long.MAX_VALUE - 1, influx.query("plant", "SELECT value_i FROM samples").asLong());
    assertEquals(
        "로트 \"7\", \\ =\nA", influx.query("plant", "SELECT value_s FROM samples").asText());
    assertEquals(
        201,
        influx
            .query("plant", "SELECT quality FROM samples WHERE quality > 0 AND unit = 'kg/cm²'")
            .asInt());
    assertEquals(
        2,
        influx
            .query(
                "plant",
                "SELECT count(quality) FROM samples WHERE \"tag\" = 'line 1.pressure, \"hot\"'"
                    + " AND device = 'plc=1'")
            .asInt());
  }

  @Test
  void onlyWhatTheServerRefusesGoesToTheDeadLetters() throws Exception {
    // Somebody else wrote numbers where our text goes: InfluxDB refuses text there from now on.
    Instant now = Clock.system().now();
    influx.write("plant", "samples,tag=other value_s=1.0 " + now.getEpochSecond() + "000000000");
    List<Sample> batch = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      batch.add(Plc.sample(Plc.SHOTS, Value.of(i), now.plusMillis(i)));
    }
    batch.add(250, Plc.sample(Plc.LOT, Value.of("A"), now));
    batch.add(Plc.sample(Plc.LOT, Value.of("B"), now));
    try (Forwarder forwarder = forwarder()) {
      awaitSent(forwarder, historian.append(batch));
      assertEquals(2, forwarder.status(now).refused());
    }
    assertEquals(500, influx.query("plant", "SELECT count(value_i) FROM samples").asLong());
    List<String> letters = Files.readAllLines(folder.resolve("influx.refused.jsonl"));
    assertEquals(2, letters.size());
    assertTrue(letters.get(0).contains("field type conflict"), letters.get(0));
  }

  @Test
  void aMissingDatabaseHoldsTheRowsBack() throws Exception {
    influx.post("", "DROP DATABASE plant");
    long ticket =
        historian.append(List.of(Plc.sample(Plc.SHOTS, Value.of(1L), Clock.system().now())));
    try (Forwarder forwarder = forwarder()) {
      Await.until("told", () -> !forwarder.status(Instant.EPOCH).isWell());
      assertEquals(0, forwarder.status(Instant.EPOCH).refused());
      influx.post("", "CREATE DATABASE plant");
      awaitSent(forwarder, ticket);
    }
    assertEquals(1, influx.query("plant", "SELECT count(value_i) FROM samples").asLong());
  }
}
