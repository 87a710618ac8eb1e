package io.deungdae.collector.past;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Range;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.TagTable;
import io.deungdae.collector.signal.Unit;
import io.deungdae.collector.signal.Value;
import io.deungdae.collector.store.Historian;
import io.deungdae.collector.store.HistorianSettings;
import io.deungdae.collector.store.StoredSample;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PastIntakeTest {

  private static final Instant YEARS_AGO = Instant.parse("2021-03-05T06:00:00Z");
  private static final Tag A =
      new Tag(0, "a", "plc", Kind.NUMBER, new Unit(""), Range.ALL, Label.of("a"), null);
  private static final int MINUTES = 3_000;

  @TempDir Path folder;

  private static PastValue value(int minute, double number) {
    long us = ChronoUnit.MICROS.between(Instant.EPOCH, YEARS_AGO) + minute * 60_000_000L;
    return new PastValue("a", us, Value.of(number));
  }

  private PastIntake intake(Historian historian, Duration retention) {
    TagTable tags = new TagTable(List.of(A));
    return new PastIntake(historian, () -> tags, () -> retention, Clock.system());
  }

  private Historian open() throws IOException {
    return Historian.open(
        HistorianSettings.in(folder.resolve("history")).keepingAll(), Clock.system());
  }

  private static void awaitRows(Historian historian, long rows) {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (historian.tail(0, 10_000).size() < rows && System.nanoTime() < deadline) {
      LockSupport.parkNanos(20_000_000);
    }
    assertEquals(rows, historian.count());
  }

  @Test
  void yearsOldValuesLandWhereTheyBelongAndOnceHoweverOftenTheyCome() throws IOException {
    List<PastValue> all = new ArrayList<>();
    for (int i = 0; i < MINUTES; i++) {
      all.add(value(i, i));
    }
    try (Historian historian = open()) {
      PastIntake intake = intake(historian, Duration.ZERO);
      assertEquals(MINUTES, intake.put(all).stored());
      PastSink.Answer again = intake.put(all); // readers may not see the first yet
      assertEquals(0, again.stored());
      assertEquals(MINUTES, again.known());
      intake.finish();
      awaitRows(historian, MINUTES);
      List<StoredSample> rows = historian.tail(0, 2);
      assertEquals(YEARS_AGO, rows.get(0).sourceTime());
      assertEquals(Quality.GOOD_IMPORTED, rows.get(0).quality());
      assertEquals(MINUTES, historian.tail(0, 10_000).size());
      assertEquals(
          5.0,
          historian.frame(
                  List.of(A),
                  YEARS_AGO.plusSeconds(310),
                  YEARS_AGO.plusSeconds(310),
                  Duration.ofSeconds(1),
                  Duration.ofSeconds(60))
              .values()[0][0]);
    }
    try (Historian historian = open()) {
      List<PastValue> more = new ArrayList<>(all.subList(0, 10));
      more.add(value(5, 99));
      more.add(value(MINUTES, 1));
      PastSink.Answer answer = intake(historian, Duration.ZERO).put(more);
      assertEquals(10, answer.known());
      assertEquals(2, answer.stored());
      assertEquals(1, answer.differing());
    }
  }

  @Test
  void whatHistoryWouldDeleteAgainOrCannotBeIsRefused() throws IOException {
    try (Historian historian = open()) {
      PastIntake intake = intake(historian, Duration.ofDays(90));
      PastSink.Answer answer =
          intake.put(
              List.of(
                  value(0, 1),
                  new PastValue("b", 0, Value.of(1.0)),
                  new PastValue("a", Long.MAX_VALUE / 2, Value.of(1.0)),
                  new PastValue("a", 0, Value.of("x"))));
      assertEquals(0, answer.stored());
      assertEquals(4, answer.refusals().size());
      assertTrue(answer.refusals().get(0).expected().contains("historian.retention"));
      assertEquals("a tag of the settings", answer.refusals().get(1).expected());
    }
  }
}
