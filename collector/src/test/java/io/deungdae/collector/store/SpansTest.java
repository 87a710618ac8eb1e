package io.deungdae.collector.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where rows lie, remembered in little room. */
final class SpansTest {

  private static final long SECOND = 1_000_000;
  private static final long HOUR = 3_600 * SECOND;
  private static final long START = 1_700_000_000L * SECOND;

  @TempDir Path folder;

  /** Two days of a row a second, of which every hundredth comes an hour late. */
  private static long us(long seq) {
    return START + seq * SECOND - (seq % 100 == 0 ? HOUR : 0);
  }

  private Spans filled(long rows) throws IOException {
    Spans spans = Spans.create(folder.resolve("spans"), List.of());
    for (long seq = 1; seq <= rows; seq++) {
      spans.cover(seq, us(seq));
      if (seq % 50 == 0) {
        spans.closeUnusedSince(seq - 50);
      }
    }
    return spans;
  }

  private static void findsEach(Spans spans, long rows) {
    Random random = new Random(1);
    for (int i = 0; i < 500; i++) {
      long from = 1 + random.nextLong(rows);
      long to = Math.min(rows, from + random.nextInt(300));
      List<Stretch> stretches = spans.stretches(from, to);
      for (long seq = from; seq <= to; seq++) {
        long us = us(seq);
        assertTrue(
            stretches.stream().anyMatch(s -> s.fromUs() <= us && us <= s.toUs()), "row " + seq);
      }
    }
  }

  @Test
  void daysOfRowsAreFewSpansThatStillSayWhereEachRowLies() throws IOException {
    long rows = 2 * 86_400;
    try (Spans spans = filled(rows)) {
      findsEach(spans, rows);
    }
    List<Spans.Span> written = Spans.load(folder.resolve("spans"));
    try (Spans spans = Spans.create(folder.resolve("spans"), written)) {
      findsEach(spans, rows);
      assertTrue(spans.records() < written.size() / 10, spans.records() + " records");
      assertEquals(1 + rows, spans.nextCovered(rows) == Long.MAX_VALUE ? 1 + rows : 0);
    }
  }

  @Test
  void joinedSpansAreNeitherLongerThanAnHourNorOfTooManyRows() {
    List<Spans.Span> dense = List.of(span(1, 1, 150_000, 0), span(2, 150_001, 300_000, 30));
    assertEquals(dense, Spans.joined(dense));
    List<Spans.Span> apart = List.of(span(1, 1, 10, 0), span(2, 11, 20, 3_600));
    assertEquals(apart, Spans.joined(apart));
    assertEquals(
        List.of(new Spans.Span(1, 1, 20, START, START + 60 * SECOND)),
        Spans.joined(List.of(span(1, 1, 10, 0), span(2, 11, 20, 30))));
  }

  private static Spans.Span span(long id, long fromSeq, long toSeq, long second) {
    long fromUs = START + second * SECOND;
    return new Spans.Span(id, fromSeq, toSeq, fromUs, fromUs + 30 * SECOND);
  }
}
