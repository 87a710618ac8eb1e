package io.deungdae.collector.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.Value;
import io.deungdae.collector.store.Rollup.End;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Roll-ups say what the samples say. */
final class RollupsTest {

  private static final Instant T0 = Instant.parse("2026-11-23T06:00:00Z");
  private static final Tag A = HistorianTest.tag(0, "furnace.zone1.pv");
  private static final Tag B = HistorianTest.tag(1, "furnace.door");
  private static final Tag C = HistorianTest.tag(2, "furnace.lot");

  @TempDir Path folder;
  private final PushedClock clock = new PushedClock(T0);
  private Historian historian;

  /** One sample as the plain recomputation sees it. */
  private record Row(long us, long seq, Quality quality, double number) {
    boolean usable() {
      return !quality.isBad() && Double.isFinite(number);
    }
  }

  private final List<List<Row>> told = List.of(new ArrayList<>(), new ArrayList<>());
  private long seq;

  @BeforeEach
  void open() throws IOException {
    HistorianSettings usual = HistorianSettings.in(folder.resolve("history"));
    HistorianSettings settings =
        new HistorianSettings(
            usual.folder(),
            Duration.ofMillis(10),
            Duration.ZERO,
            usual.commitRows(),
            100_000,
            Duration.ZERO,
            usual.keepFreeMb(),
            usual.timeBehind(),
            usual.timeAhead());
    historian = Historian.open(settings, clock);
  }

  @AfterEach
  void close() throws IOException {
    historian.close();
  }

  private Sample sample(Tag tag, Value value, Quality quality, Instant at) {
    Sample sample = new Sample(tag, value, quality, at, clock.now(), 0);
    seq++;
    if (tag.index() < told.size()) {
      told.get(tag.index()).add(new Row(SourceTimes.micros(at), seq, quality, sample.asDouble()));
    }
    return sample;
  }

  private void store(List<Sample> batch) {
    long before = historian.lastTicket();
    Await.visible(historian, batch.isEmpty() ? before : historian.append(batch));
  }

  /** Lets time pass until everything that is over is rolled up. */
  private void settle() {
    for (int i = 0; i < 3; i++) {
      clock.push(Duration.ofSeconds(61));
      historian.wake();
      Await.until("settled " + historian.status(), historian::rolledUp);
    }
  }

  private List<Rollup> rollups(Tag tag, Period period) {
    return historian.rollups(tag, period, T0.minus(Duration.ofDays(30)), clock.now());
  }

  @Test
  void aStepWeighsItsTimeAndWhatStoodBeforeCounts() {
    store(
        List.of(
            sample(A, Value.of(10.0), Quality.GOOD, T0.minusSeconds(30)),
            sample(A, Value.of(20.0), Quality.GOOD, T0.plusSeconds(15)),
            sample(A, Value.missing(), Quality.BAD_NO_LINK, T0.plusSeconds(30)),
            sample(A, Value.of(5.0), Quality.UNCERTAIN_RANGE, T0.plusSeconds(45)),
            sample(B, Value.of(true), Quality.GOOD, T0.plusSeconds(15)),
            sample(C, Value.of("lot 7"), Quality.GOOD, T0.plusSeconds(1))));
    clock.push(Duration.ofHours(2));
    settle();
    Rollup minute = rollups(A, Period.MINUTE).get(1);
    assertEquals(SourceTimes.micros(T0), minute.us());
    assertEquals(3, minute.samples());
    assertEquals(2, minute.used());
    assertEquals(12.5, minute.mean());
    // 15 s of 10 from before, 15 s of 20, nothing while bad, 15 s of 5
    assertEquals((10 * 15 + 20 * 15 + 5 * 15) / 45.0, minute.weightedMean(), 1e-12);
    assertEquals(0.5, minute.good(), 1e-12);
    assertEquals(45_000_000, minute.heldUs());
    assertEquals(End.UNCERTAIN, minute.end());
    Rollup door = rollups(B, Period.HOUR).get(0);
    assertEquals(1, door.weightedMean());
    assertEquals(3_585 / 3_600.0, door.good(), 1e-12);
    assertEquals(List.of(), rollups(C, Period.MINUTE));
  }

  @Test
  void afterLateRowsBadOnesAndRestartsTheyEqualAPlainRecomputation() throws IOException {
    Random random = new Random(20261123);
    for (int round = 0; round < 12; round++) {
      List<Sample> batch = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        clock.push(Duration.ofMillis(random.nextInt(4_000)));
        boolean late = random.nextInt(12) == 0;
        long backMs = late ? random.nextInt(10_000_000) : 0;
        Instant at =
            clock.now().minusMillis(backMs).truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
        batch.add(any(random, at));
      }
      store(batch);
      if (round % 3 == 1) {
        clock.push(Duration.ofMinutes(random.nextInt(90)));
        settle();
      }
      if (round % 4 == 2) {
        historian.close();
        if (round == 6) {
          Files.delete(folder.resolve("history/keep")); // as if it had never been
        }
        open();
      }
    }
    clock.push(Duration.ofHours(2));
    settle();
    for (Tag tag : List.of(A, B)) {
      for (Period period : Period.values()) {
        check(plain(told.get(tag.index()), period), rollups(tag, period), period);
      }
    }
  }

  private Sample any(Random random, Instant at) {
    Tag tag = random.nextBoolean() ? A : B;
    return switch (random.nextInt(10)) {
      case 0 -> sample(tag, Value.missing(), Quality.BAD_NO_LINK, at);
      case 1 -> sample(tag, Value.of(random.nextInt(5)), Quality.UNCERTAIN_RANGE, at);
      case 2 -> sample(tag, Value.of(random.nextBoolean()), Quality.GOOD_CONFIRMED, at);
      case 3 -> sample(tag, Value.of((long) random.nextInt(100)), Quality.GOOD, at);
      default -> sample(tag, Value.of(random.nextGaussian()), Quality.GOOD, at);
    };
  }

  /** Each period by itself, by looking at every instant between two rows. */
  private static Map<Long, Rollup> plain(List<Row> rows, Period period) {
    List<Row> sorted = new ArrayList<>(rows);
    sorted.sort(Comparator.comparingLong(Row::us).thenComparingLong(Row::seq));
    Map<Long, Rollup> all = new TreeMap<>();
    for (Row row : sorted) {
      all.computeIfAbsent(period.floor(row.us), us -> plain(sorted, us, us + period.us()));
    }
    return all;
  }

  private static Rollup plain(List<Row> sorted, long fromUs, long toUs) {
    List<Row> in = sorted.stream().filter(r -> r.us >= fromUs && r.us < toUs).toList();
    List<Row> used = in.stream().filter(Row::usable).toList();
    double weighted = 0;
    long held = 0;
    long good = 0;
    for (int i = 0; i < sorted.size(); i++) {
      Row row = sorted.get(i);
      long next = i + 1 < sorted.size() ? sorted.get(i + 1).us : Long.MAX_VALUE;
      long until = Math.min(Math.min(next, row.us + 3_600_000_000L), toUs);
      long us = until - Math.max(row.us, fromUs);
      if (row.usable() && us > 0) {
        weighted += row.number * us;
        held += us;
        good += row.quality.isGood() ? us : 0;
      }
    }
    Comparator<Row> byNumber = Comparator.comparingDouble(Row::number);
    Row none = new Row(-1, 0, Quality.GOOD, Double.NaN);
    Row first = used.isEmpty() ? none : used.get(0);
    Row low = used.stream().min(byNumber).orElse(none);
    Row high =
        used.stream()
            .max(byNumber.thenComparing(Comparator.comparingLong(Row::us).reversed()))
            .orElse(none);
    Row last = used.isEmpty() ? none : used.get(used.size() - 1);
    Row end = in.get(in.size() - 1);
    return new Rollup(
        "",
        fromUs,
        in.size(),
        used.size(),
        first.number,
        low.number,
        high.number,
        last.number,
        used.stream().mapToDouble(Row::number).average().orElse(Double.NaN),
        held == 0 ? Double.NaN : weighted / held,
        held,
        good / (double) (toUs - fromUs),
        first.us,
        low.us,
        high.us,
        last.us,
        in.stream().filter(r -> !r.usable()).mapToLong(Row::us).findFirst().orElse(-1),
        !end.usable() ? End.NONE : end.quality.isGood() ? End.GOOD : End.UNCERTAIN);
  }

  private static void check(Map<Long, Rollup> plain, List<Rollup> made, Period period) {
    assertEquals(
        List.copyOf(plain.keySet()), made.stream().map(Rollup::us).toList(), period.toString());
    for (Rollup is : made) {
      Rollup should = Objects.requireNonNull(plain.get(is.us()));
      String what = period + "\nshould " + should + "\nis     " + is;
      assertEquals(should.samples(), is.samples(), what);
      assertEquals(should.used(), is.used(), what);
      assertArrayEquals(
          new double[] {should.first(), should.low(), should.high(), should.last()},
          new double[] {is.first(), is.low(), is.high(), is.last()},
          what);
      assertEquals(should.mean(), is.mean(), 1e-9, what);
      assertEquals(should.weightedMean(), is.weightedMean(), 1e-9, what);
      assertEquals(should.heldUs(), is.heldUs(), what);
      assertEquals(should.good(), is.good(), 1e-9, what);
      assertArrayEquals(
          new long[] {
            should.firstUs(), should.lowUs(), should.highUs(), should.lastUs(), should.gapUs()
          },
          new long[] {is.firstUs(), is.lowUs(), is.highUs(), is.lastUs(), is.gapUs()},
          what);
      assertEquals(should.end(), is.end(), what);
    }
  }

  @Test
  void aTrendFromRollUpsHasThePointsOfATrendFromSamples() {
    Random random = new Random(7);
    Instant start = T0.minus(Duration.ofDays(12));
    List<Sample> batch = new ArrayList<>();
    long seconds = Duration.between(start, T0).toSeconds();
    for (long second = 0; second < seconds; second += 1 + random.nextInt(40)) {
      boolean bad = random.nextInt(2_000) == 0;
      Value value = bad ? Value.missing() : Value.of(random.nextGaussian());
      Quality quality = bad ? Quality.BAD_TIMEOUT : Quality.GOOD;
      batch.add(sample(A, value, quality, start.plusSeconds(second)));
    }
    store(batch);
    settle();
    store(
        List.of(
            sample(A, Value.of(99.0), Quality.GOOD, T0.minusSeconds(400_007)))); // not rolled up
    for (Instant from : List.of(start, start.plusSeconds(4_321))) {
      for (int points : new int[] {400, 1_000, 4_000}) {
        Instant to = clock.now().minusMillis(1_234);
        Trend trend = historian.trend(A, from, to, points);
        long width = TrendReader.width(SourceTimes.micros(from), SourceTimes.micros(to), points);
        Period unit = width < Period.HOUR.us() / 2 ? Period.MINUTE : Period.HOUR;
        TrendReader plain =
            new TrendReader(SourceTimes.micros(from), SourceTimes.micros(to), points, unit.us());
        told.get(0).stream()
            .sorted(Comparator.comparingLong(Row::us))
            .filter(r -> r.us >= SourceTimes.micros(from) && r.us < SourceTimes.micros(to))
            .forEach(r -> plain.add(r.us, r.usable() ? r.number : Double.NaN));
        assertArrayEquals(plain.trend().timesMs(), trend.timesMs(), "times of " + points);
        assertArrayEquals(plain.trend().values(), trend.values(), "values of " + points);
        assertTrue(trend.size() < 2 * points + 10);
      }
    }
  }

  @Test
  void stretchesOfHalfAMinuteAreDrawnFromMinutesWithEachPeak() {
    Random random = new Random(8);
    Instant start = T0.minus(Duration.ofHours(2));
    List<Sample> batch = new ArrayList<>();
    TrendReader plain =
        new TrendReader(SourceTimes.micros(start), SourceTimes.micros(T0), 800, Period.MINUTE.us());
    for (int second = 0; second < 7_200; second++) {
      Instant at = start.plusSeconds(second);
      double number = random.nextGaussian() + (second == 4_321 ? 100 : 0);
      batch.add(sample(A, Value.of(number), Quality.GOOD, at));
      plain.add(SourceTimes.micros(at), number);
    }
    store(batch);
    settle();
    Trend trend = historian.trend(A, start, T0, 800); // of 36 s
    assertArrayEquals(plain.trend().timesMs(), trend.timesMs());
    assertArrayEquals(plain.trend().values(), trend.values());
    assertTrue(Arrays.stream(trend.values()).anyMatch(value -> value > 90), "the peak");
  }
}
