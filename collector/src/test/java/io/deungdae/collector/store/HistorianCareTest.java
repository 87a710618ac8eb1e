package io.deungdae.collector.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.TagDetails;
import io.deungdae.collector.signal.Value;
import io.deungdae.collector.store.KeepStatus.Room;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
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
  void aFullDiskHoldsSamplesBackAndThenRefusesThemUntilThereIsRoom() throws Exception {
    AtomicLong free = new AtomicLong(99L << 20);
    try (Historian historian =
        Historian.open(settings(3, Duration.ZERO), Clock.system(), free::get)) {
      assertEquals(3, historian.append(List.of(arrived(0, NOW), arrived(1, NOW), arrived(2, NOW))));
      Await.until("told", () -> !historian.status().isWell());
      assertTrue(historian.status().error().contains("99 MB left"), historian.status().error());
      // The fourth waits a while for room; then nobody waits any more.
      assertEquals(Historian.REFUSED, historian.append(List.of(arrived(3, NOW))));
      assertEquals(Historian.REFUSED, historian.append(List.of(arrived(4, NOW), arrived(5, NOW))));
      assertEquals(3, historian.status().keep().refused());
      assertEquals(Room.NONE, historian.status().keep().room());
      assertEquals(0, historian.committedTicket());
      free.set(301L << 20);
      Await.visible(historian, 3);
      Await.visible(historian, historian.append(List.of(arrived(6, NOW))));
      assertTrue(historian.status().isWell());
      assertEquals(
          List.of(0.0, 1.0, 2.0, 6.0),
          historian.tail(0, 10).stream().map(row -> row.value().asDouble()).toList());
    }
  }

  @Test
  void aDiskThatFillsUpCostsRollUpsFirstAndThenTheOldestDayThatAllReceiversHave()
      throws IOException {
    AtomicLong free = new AtomicLong(299L << 20);
    AtomicLong delivered = new AtomicLong(1);
    PushedClock clock = new PushedClock(NOW);
    try (Historian historian = Historian.open(settings(100, Duration.ZERO), clock, free::get)) {
      historian.delivered(delivered::get);
      for (int day : new int[] {3, 2, 0}) {
        historian.append(List.of(arrived(day, NOW.minus(Duration.ofDays(day)))));
      }
      Await.visible(historian, 3);
      pass(historian, clock, Duration.ofMinutes(70));
      Await.until("told", () -> historian.status().keep().room() == Room.LITTLE);
      pass(historian, clock, Duration.ofMinutes(1));
      assertEquals(0, historian.status().keep().rolledUp());
      assertEquals(3, historian.count());

      free.set(199L << 20);
      pass(historian, clock, Duration.ofMinutes(1));
      Await.until("the delivered day", () -> historian.count() == 2);
      pass(historian, clock, Duration.ofMinutes(1));
      assertEquals(2, historian.count(), "the next day is not delivered yet");
      delivered.set(3);
      pass(historian, clock, Duration.ofMinutes(1));
      Await.until("the next day", () -> historian.count() == 1);
      pass(historian, clock, Duration.ofMinutes(1));
      assertEquals(1, historian.count(), "today stays");

      free.set(301L << 20);
      pass(historian, clock, Duration.ofMinutes(1));
      Await.until("roll-ups", () -> historian.status().keep().rolledUp() == 2);
      Rollup hour = historian.rollups(A, Period.HOUR, NOW, clock.now()).get(0);
      assertEquals(1, hour.samples());
    }
  }

  @Test
  void aHistoryLargerThanAllowedLosesItsOldestDeliveredDaysAndThenSaysSo() throws IOException {
    HistorianSettings usual = settings(100, Duration.ZERO);
    Keep keep = new Keep(usual.keep().ages(), 1, List.of());
    HistorianSettings settings =
        new HistorianSettings(
            usual.folder(),
            usual.commit(),
            usual.readable(),
            1_000,
            100,
            Duration.ZERO,
            100,
            usual.timeBehind(),
            usual.timeAhead(),
            keep);
    Path large = folder.resolve("large");
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength(2L << 30); // takes no room on the disk
    }
    AtomicLong delivered = new AtomicLong(1);
    PushedClock clock = new PushedClock(NOW);
    try (Historian historian = Historian.open(settings, clock, () -> 1L << 40)) {
      historian.delivered(delivered::get);
      for (int day : new int[] {3, 2, 0}) {
        historian.append(List.of(arrived(day, NOW.minus(Duration.ofDays(day)))));
      }
      Await.visible(historian, 3);
      pass(historian, clock, Duration.ofSeconds(61));
      Await.until("the delivered day", () -> historian.count() == 2);
      pass(historian, clock, Duration.ofSeconds(61));
      Await.until("told", () -> historian.status().keep().overSize());
      assertEquals(2, historian.count(), "no receiver has the next day yet");
      delivered.set(3);
      pass(historian, clock, Duration.ofSeconds(61));
      Await.until("the next day", () -> historian.count() == 1);
      Files.delete(large);
      pass(historian, clock, Duration.ofSeconds(61));
      Await.until("small enough", () -> !historian.status().keep().overSize());
      assertEquals(1, historian.count());
    }
  }

  private static void pass(Historian historian, PushedClock clock, Duration time) {
    clock.push(time);
    long rounds = historian.rounds();
    historian.wake();
    Await.until("a round", () -> historian.rounds() > rounds + 1);
  }

  @Test
  void aClassThatIsKeptLongerOutlivesTheDayAndIsReadWithTheRest() throws IOException {
    Tag kpi = HistorianTest.tag(1, "kpi.yield").with(TagDetails.NONE.withGroup("kpi"));
    KeepAges ages = new KeepAges(Duration.ofDays(10), Duration.ofDays(20), Duration.ofDays(100));
    KeepAges long5 =
        new KeepAges(Duration.ofDays(1825), Duration.ofDays(1825), Duration.ofDays(1825));
    HistorianSettings usual = settings(10_000, Duration.ofDays(10));
    HistorianSettings settings =
        new HistorianSettings(
            usual.folder(),
            usual.commit(),
            usual.readable(),
            10_000,
            10_000,
            usual.retention(),
            usual.keepFreeMb(),
            Duration.ofDays(60),
            usual.timeAhead(),
            new Keep(
                ages, 0, List.of(new KeepClass("kpi", List.of("kpi"), List.of("oee.*"), long5))));
    PushedClock clock = new PushedClock(NOW);
    Instant old = NOW.minus(Duration.ofDays(30));
    try (Historian historian = Historian.open(settings, clock)) {
      historian.groups(tag -> tag.equals(kpi.name()) ? "kpi" : "");
      for (int i = 0; i < 100; i++) {
        Instant at = old.plusSeconds(i);
        historian.append(
            List.of(arrived(i, at), new Sample(kpi, Value.of(i + 0.5), Quality.GOOD, at, NOW, 0)));
      }
      historian.append(List.of(arrived(1, NOW)));
      Await.visible(historian, 201);
      for (int hour = 0; hour < 3; hour++) { // samples, then minutes
        pass(historian, clock, Duration.ofMinutes(61));
      }
      Await.until("deleted", () -> historian.status().keep().deleted() >= 2);
      check(historian, kpi, old);
      assertEquals(0, historian.rollups(A, Period.MINUTE, old, NOW).size());
      assertEquals(2, historian.rollups(kpi, Period.MINUTE, old, NOW).size());
      assertEquals(1, historian.rollups(A, Period.HOUR, old, NOW).size());
    }
    try (Historian historian = Historian.open(settings, clock)) {
      historian.groups(tag -> tag.equals(kpi.name()) ? "kpi" : "");
      check(historian, kpi, old);
      // What comes late for a day that is gone changes no roll-up of it.
      Rollup before = historian.rollups(kpi, Period.MINUTE, old, NOW).get(0);
      Instant at = old.plusMillis(500);
      Sample late = new Sample(kpi, Value.of(1e9), Quality.GOOD, at, NOW, 0);
      Await.visible(historian, historian.append(List.of(late)));
      for (int hour = 0; hour < 2; hour++) {
        pass(historian, clock, Duration.ofMinutes(61));
      }
      assertEquals(before, historian.rollups(kpi, Period.MINUTE, old, NOW).get(0));
      assertEquals(101, historian.count(kpi));
    }
  }

  private static void check(Historian historian, Tag kpi, Instant old) {
    assertEquals(1, historian.count(A));
    assertEquals(100, historian.count(kpi));
    assertEquals(101, historian.tail(0, 1_000).size());
    Trend trend = historian.trend(kpi, old, old.plusSeconds(60), 1_000);
    assertEquals(60, trend.size());
    assertEquals(59.5, trend.values()[59]);
    Trend rolled = historian.trend(A, old, old.plusSeconds(100), 1_000);
    assertTrue(rolled.size() >= 2, "what is left of the others is drawn from roll-ups");
    assertEquals(0, rolled.values()[0]);
    assertEquals(99, rolled.values()[rolled.size() - 1]);
    Frame frame =
        historian.frame(
            List.of(A, kpi), old, old.plusSeconds(9), Duration.ofSeconds(1), Duration.ofSeconds(1));
    assertEquals(9.5, frame.values()[9][1]);
    assertEquals(
        List.of(),
        historian.unknown(
            List.of(new Sample(kpi, Value.of(3.5), Quality.GOOD, old.plusSeconds(3), old, 0))));
  }

  @Test
  void daysThatAreTooOldGoOneAnHourAndTheTailGoesOn() throws IOException {
    PushedClock clock = new PushedClock(NOW);
    try (Historian historian = Historian.open(settings(100, Duration.ofDays(10)), clock)) {
      for (int day : new int[] {40, 39, 11, 9, 0}) {
        historian.append(List.of(arrived(day, NOW.minus(Duration.ofDays(day)))));
      }
      Await.visible(historian, 5);
      clock.push(Duration.ofSeconds(80));
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
