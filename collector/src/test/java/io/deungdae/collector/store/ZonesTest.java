package io.deungdae.collector.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A history on machines whose clocks change twice a year, and have leap seconds. */
final class ZonesTest {

  private static final Tag A = HistorianTest.tag(0, "a");
  private static final Duration EVERY = Duration.ofMinutes(10);

  @TempDir Path folder;
  private final TimeZone zone = TimeZone.getDefault();

  @AfterEach
  void setBack() {
    TimeZone.setDefault(zone);
  }

  private static Sample sample(double value, Instant at) {
    return new Sample(A, Value.of(value), Quality.GOOD, at, at, 0);
  }

  @Test
  void orderIsKeptAndNoHourIsMissingOrThereTwiceWhateverTheZone() throws IOException {
    Map<Instant, String> changes = new LinkedHashMap<>();
    changes.put(Instant.parse("2026-03-08T07:00:00Z"), "America/New_York"); // 02:00 is skipped
    changes.put(Instant.parse("2026-03-29T01:00:00Z"), "Europe/Berlin"); // 02:00 is skipped
    changes.put(Instant.parse("2026-10-25T01:00:00Z"), "Europe/Berlin"); // 02:00 comes twice
    changes.put(Instant.parse("2026-11-01T06:00:00Z"), "America/New_York"); // 01:00 comes twice
    changes.put(Instant.parse("2026-11-02T00:00:00Z"), "Asia/Seoul"); // has none
    Instant first = Instant.parse("2026-03-08T05:00:00Z");
    PushedClock clock = new PushedClock(first);
    List<Instant> told = new ArrayList<>();
    try (Historian historian = Historian.open(HistorianSettings.in(folder), clock)) {
      changes.forEach(
          (change, name) -> {
            TimeZone.setDefault(TimeZone.getTimeZone(name));
            clock.push(Duration.between(clock.now(), change.minus(Duration.ofHours(2))));
            for (int i = 0; i < 24; i++) {
              told.add(clock.now());
              historian.append(List.of(sample(told.size(), clock.now())));
              clock.push(EVERY);
            }
          });
      Await.visible(historian, told.size());
      List<StoredSample> rows = historian.tail(0, 1_000);
      assertEquals(told, rows.stream().map(StoredSample::sourceTime).toList());
      for (int i = 0; i < 3; i++) {
        clock.push(Duration.ofMinutes(61));
        historian.wake();
        Await.until("rolled up", historian::rolledUp);
      }
      List<Rollup> hours = historian.rollups(A, Period.HOUR, first, clock.now());
      assertEquals(4 * changes.size(), hours.size());
      assertEquals(List.of(6), hours.stream().map(Rollup::samples).distinct().toList());
    }
  }

  @Test
  void aSecondThatComesTwiceOverwritesNothing() throws IOException {
    Instant midnight = Instant.parse("2017-01-01T00:00:00Z");
    PushedClock clock = new PushedClock(midnight.minusSeconds(2));
    List<Instant> told = new ArrayList<>();
    try (Historian historian = Historian.open(HistorianSettings.in(folder), clock)) {
      for (int i = 0; i < 40; i++) {
        if (i == 30) {
          clock.push(Duration.ofSeconds(-1)); // what a clock does that knows no 23:59:60
        }
        told.add(clock.now());
        historian.append(List.of(sample(i, clock.now())));
        clock.push(Duration.ofMillis(100));
      }
      Await.visible(historian, told.size());
      List<StoredSample> rows = historian.tail(0, 1_000);
      assertEquals(told, rows.stream().map(StoredSample::sourceTime).toList());
      assertEquals(40, historian.count(A));
    }
  }
}
