package io.deungdae.collector.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Full disks and old days. */
final class HistorianCareTest {

  private static final Instant NOW = Instant.parse("2026-11-23T06:00:00Z");
  private static final Tag A = HistorianTest.tag(0, "a");

  @TempDir Path folder;

  private HistorianSettings settings(int queueRows, Duration retention) {
    return new HistorianSettings(
        folder,
        Duration.ofMillis(10),
        Duration.ZERO,
        1_000,
        queueRows,
        retention,
        100,
        Duration.ofDays(30),
        Duration.ofMinutes(10));
  }

  private static Sample arrived(double value, Instant at) {
    return new Sample(A, Value.of(value), Quality.GOOD, at, at, 0);
  }

  @Test
  void aFullDiskHoldsSamplesBackUntilThereIsRoom() throws Exception {
    AtomicLong free = new AtomicLong(99L << 20);
    try (Historian historian =
        Historian.open(settings(3, Duration.ZERO), Clock.system(), free::get)) {
      Thread device =
          new Thread(
              () -> {
                for (int i = 0; i < 10; i++) {
                  historian.append(List.of(arrived(i, NOW)));
                }
              },
              "device");
      device.start();
      Await.until("told", () -> !historian.status().isWell());
      Await.until("full", () -> historian.status().waiting() == 3);
      assertTrue(historian.status().error().contains("99 MB left"), historian.status().error());
      assertEquals(0, historian.committedTicket());
      assertTrue(device.isAlive(), "the device waits");
      free.set(101L << 20);
      device.join(20_000);
      Await.visible(historian, 10);
      assertTrue(historian.status().isWell());
      assertEquals(10, historian.count());
      assertEquals(9, historian.tail(9, 1).get(0).value().asDouble());
    }
  }

  @Test
  void daysThatAreTooOldGoOneAnHourAndTheTailGoesOn() throws IOException {
    PushedClock clock = new PushedClock(NOW);
    try (Historian historian = Historian.open(settings(100, Duration.ofDays(10)), clock)) {
      for (int day : new int[] {40, 39, 11, 9, 0}) {
        historian.append(List.of(arrived(day, NOW.minus(Duration.ofDays(day)))));
      }
      Await.visible(historian, 5);
      clock.push(Duration.ofSeconds(11));
      Await.until("first day", () -> historian.count() == 4);
      clock.push(Duration.ofMinutes(10));
      clock.push(Duration.ofMinutes(51));
      Await.until("second day", () -> historian.count() == 3);
      clock.push(Duration.ofMinutes(61));
      Await.until("third day", () -> historian.count() == 2);
      assertEquals(
          List.of(9.0, 0.0),
          historian.tail(0, 1000).stream().map(row -> row.value().asDouble()).toList());
      assertEquals(4, historian.tail(0, 1).get(0).seq());
      assertFalse(historian.tail(4, 1).isEmpty());
    }
    try (Historian historian = Historian.open(settings(100, Duration.ofDays(10)), clock)) {
      assertEquals(5, historian.lastSeq());
      assertEquals(2, historian.tail(0, 1000).size());
    }
  }
}
