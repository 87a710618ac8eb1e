package io.deungdae.collector.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Range;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.Unit;
import io.deungdae.collector.signal.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HistorianTest {

  private static final Instant T0 = Instant.parse("2026-11-23T06:00:00Z");
  private static final Tag A = tag(0, "furnace.zone1.pv");
  private static final Tag B = tag(1, "furnace.zone2.pv");

  @TempDir Path folder;
  private Historian historian;

  static Tag tag(int index, String name) {
    return new Tag(
        index, name, "plc", Kind.NUMBER, new Unit("°C"), Range.ALL, Label.of(name), null);
  }

  @BeforeEach
  void open() throws IOException {
    historian = Historian.open(settings(), Clock.system());
  }

  private HistorianSettings settings() {
    HistorianSettings usual = HistorianSettings.in(folder.resolve("history"));
    return new HistorianSettings(
        usual.folder(),
        Duration.ofMillis(10),
        Duration.ZERO,
        usual.commitRows(),
        1000,
        usual.retention(),
        usual.keepFreeMb(),
        usual.timeBehind(),
        usual.timeAhead());
  }

  @AfterEach
  void close() throws IOException {
    historian.close();
  }

  private void reopen() throws IOException {
    historian.close();
    open();
  }

  private static Sample sample(Tag tag, Value value, Quality quality, Instant at) {
    return new Sample(tag, value, quality, at, at.plusMillis(3), 0);
  }

  private static Sample number(Tag tag, double value, double second) {
    Instant at = T0.plusNanos((long) (second * 1e9));
    return sample(tag, Value.of(value), Quality.GOOD, at);
  }

  private void store(List<Sample> batch) {
    Await.visible(historian, historian.append(batch));
  }

  @Test
  void everyKindComesBackExactlyWithQualityAndBothTimes() throws IOException {
    List<Value> values =
        List.of(
            Value.of(0.1),
            Value.of(-0.0),
            Value.of(Double.MIN_VALUE),
            Value.of(Double.MAX_VALUE),
            Value.of(Long.MAX_VALUE),
            Value.of(Long.MIN_VALUE),
            Value.of(9_007_199_254_740_993L),
            Value.of(0L),
            Value.of(true),
            Value.of(false),
            Value.of("등대 'lot' \"7\"\n"),
            Value.of(""));
    List<Sample> batch = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      batch.add(sample(A, values.get(i), Quality.GOOD, T0.plusNanos(i * 1_001_000L)));
    }
    for (Quality quality : Quality.values()) {
      if (!quality.isGood()) {
        batch.add(sample(B, Value.missing(), quality, T0));
      }
    }
    batch.add(sample(B, Value.of(Double.NaN), Quality.BAD_DEVICE, T0));
    batch.add(sample(B, Value.of(Double.NEGATIVE_INFINITY), Quality.BAD_NOT_FINITE, T0));
    store(batch);
    List<StoredSample> rows = historian.tail(0, 1000);
    assertEquals(batch.size(), rows.size());
    for (int i = 0; i < rows.size(); i++) {
      Sample in = batch.get(i);
      assertEquals(
          new StoredSample(
              i + 1, in.tag().name(), in.value(), in.quality(), in.sourceTime(), in.arrivalTime()),
          rows.get(i));
    }
    List<StoredSample> byTime = new ArrayList<>();
    historian.read(List.of(A.name(), B.name()), T0, T0.plusSeconds(9), byTime::add);
    List<StoredSample> expected = new ArrayList<>(rows);
    expected.sort(
        Comparator.comparing(StoredSample::sourceTime).thenComparingLong(StoredSample::seq));
    assertEquals(expected, byTime);
  }

  @Test
  void aTagAmongManyIsFoundWhereverItsRowsLie() throws IOException {
    Random random = new Random(11);
    List<List<Double>> told = new ArrayList<>();
    List<Tag> tags = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      tags.add(tag(i, "line.signal" + i));
      told.add(new ArrayList<>());
    }
    List<Sample> batch = new ArrayList<>();
    for (int row = 0; row < 6_000; row++) {
      int of = random.nextInt(10) < 3 ? 7 : random.nextInt(tags.size());
      batch.add(number(tags.get(of), row, row / 100.0));
      told.get(of).add((double) row);
    }
    store(batch);
    for (int of : new int[] {0, 7, 39}) {
      double[] expected = told.get(of).stream().mapToDouble(value -> value).toArray();
      Trend trend = historian.trend(tags.get(of), T0, T0.plusSeconds(60), 10_000);
      assertArrayEquals(expected, trend.values(), "tag " + of);
      List<Double> read = new ArrayList<>();
      historian.read(
          List.of(tags.get(of).name()),
          T0,
          T0.plusSeconds(60),
          row -> read.add(row.value().asDouble()));
      assertEquals(told.get(of), read);
    }
  }

  @Test
  void afterARestartItTellsWhatItHasStoredFromWhatItHasNot() throws IOException {
    store(List.of(number(A, 1, 0), number(A, 2, 1), number(B, 1, 0)));
    reopen();
    Sample otherValue = number(A, 3, 1);
    Sample otherTime = number(A, 2, 2);
    Sample otherTag = number(B, 2, 1);
    assertEquals(
        List.of(otherValue, otherTime, otherTag),
        historian.unknown(
            List.of(number(A, 1, 0), otherValue, number(A, 2, 1), otherTime, otherTag)));
  }

  @Test
  void twoSamplesOfOneTagWithTheSameTimeAreBothKept() {
    store(List.of(number(A, 1, 0), number(A, 2, 0), number(A, 2, 0)));
    store(List.of(number(A, 3, 0)));
    assertEquals(4, historian.count(A));
    assertEquals(
        List.of(1.0, 2.0, 2.0, 3.0),
        historian.tail(0, 10).stream().map(row -> row.value().asDouble()).toList());
  }

  @Test
  void lateSamplesLandWhereTheyBelongAndComeLastInTheTail() {
    store(List.of(number(A, 10, 10), number(A, 30, 30)));
    store(List.of(number(A, 20, 20), number(A, 5, -86_400 * 3)));
    Trend trend = historian.trend(A, T0, T0.plusSeconds(60), 100);
    assertArrayEquals(new double[] {10, 20, 30}, trend.values());
    assertEquals(
        List.of(10.0, 30.0, 20.0, 5.0),
        historian.tail(0, 10).stream().map(row -> row.value().asDouble()).toList());
  }

  @Test
  void aBrokenDeviceClockDoesNotMoveASampleOutOfItsDay() {
    for (String at :
        List.of("1970-01-01T00:00:00Z", "2999-01-01T00:00:00Z", "-999999999-01-01T00:00:00Z")) {
      Sample broken = new Sample(A, Value.of(1.0), Quality.GOOD, Instant.parse(at), T0, 0);
      store(List.of(broken));
    }
    for (StoredSample row : historian.tail(0, 10)) {
      assertEquals(T0, row.sourceTime());
      assertEquals(Quality.UNCERTAIN_TIME, row.quality());
    }
    assertEquals(3, historian.count());
    assertEquals(3, historian.status().retimed());
  }

  @Test
  void numbersGoOnAfterARestart() throws IOException {
    store(List.of(number(A, 1, 0), number(A, 2, 1)));
    reopen();
    assertEquals(2, historian.lastSeq());
    assertEquals(0, historian.committedTicket());
    store(List.of(number(A, 3, -3600)));
    reopen();
    store(List.of(number(A, 4, 2)));
    assertEquals(
        List.of(1L, 2L, 3L, 4L), historian.tail(0, 10).stream().map(StoredSample::seq).toList());
    assertEquals(4, historian.lastSeq());
  }

  @Test
  void aLostOrDamagedIndexIsBuiltAnew() throws IOException {
    for (int i = 0; i < 50; i++) {
      store(List.of(number(A, i, i * 40)));
    }
    historian.close();
    Path index = folder.resolve("history/spans");
    byte[] bytes = Files.readAllBytes(index);
    bytes[50] ^= 1;
    Files.write(index, bytes);
    open();
    assertEquals(50, historian.lastSeq());
    assertEquals(50, historian.tail(0, 100).size());
    historian.close();
    Files.delete(index);
    open();
    store(List.of(number(A, 50, 0)));
    assertEquals(51, historian.tail(0, 100).size());
  }

  @Test
  void rowsThatTheListOfChecksumsHasNotAreAddedToItOnce() throws IOException {
    store(List.of(number(A, 1, 0), number(A, 2, 1)));
    historian.close();
    Files.delete(folder.resolve("history/ledger"));
    open();
    for (int i = 0; i < 3; i++) {
      reopen(); // without a commit between
    }
    assertEquals(List.of(), historian.damage());
    assertEquals(List.of(), historian.verify(T0));
    assertEquals(2, historian.count());
  }

  @Test
  void tailGivesEveryRowOnceInOrderInPieces() {
    int rows = 5_000;
    for (int i = 0; i < rows; i += 100) {
      List<Sample> batch = new ArrayList<>();
      for (int k = 0; k < 100; k++) {
        double second = k % 10 == 0 ? -3_600.0 * k + i : i + k / 100.0;
        batch.add(number(k % 2 == 0 ? A : B, i + k, second));
      }
      historian.append(batch);
    }
    Await.visible(historian, rows);
    long cursor = 0;
    int seen = 0;
    while (seen < rows) {
      List<StoredSample> piece = historian.tail(cursor, 333);
      assertTrue(!piece.isEmpty() && piece.size() <= 333, "after " + cursor);
      for (StoredSample row : piece) {
        assertEquals(++cursor, row.seq());
        assertEquals(seen++, row.value().asDouble());
      }
    }
    assertEquals(List.of(), historian.tail(cursor, 333));
  }

  @Test
  void whoFollowsTheTailWhileLateSamplesComeInMissesNone() throws InterruptedException {
    int rows = 12_000;
    Thread device = new Thread(() -> appendWithLateOnes(rows), "device");
    device.start();
    AtomicLong cursor = new AtomicLong();
    Await.until(
        "all rows",
        () -> {
          for (StoredSample row : historian.tail(cursor.get(), 500)) {
            assertEquals(cursor.incrementAndGet(), row.seq());
            assertEquals((double) (row.seq() - 1), row.value().asDouble());
          }
          return cursor.get() == rows;
        });
    device.join(10_000);
  }

  private void appendWithLateOnes(int rows) {
    Random random = new Random(4);
    for (int i = 0; i < rows; i += 20) {
      List<Sample> batch = new ArrayList<>();
      for (int k = i; k < i + 20; k++) {
        boolean late = random.nextInt(10) == 0;
        batch.add(number(A, k, k / 1000.0 - (late ? random.nextInt(7_200) : 0)));
      }
      historian.append(batch);
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Test
  void aThinnedTrendKeepsPeaksAndGaps() {
    List<Sample> batch = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      batch.add(number(A, i == 7_777 ? 900 : Math.sin(i / 500.0), i));
    }
    batch.set(3_000, sample(A, Value.missing(), Quality.BAD_NO_LINK, T0.plusSeconds(3_000)));
    store(batch);
    Trend trend = historian.trend(A, T0, T0.plusSeconds(10_000), 400);
    assertTrue(trend.size() <= 800 && trend.size() >= 200, "size " + trend.size());
    int gaps = 0;
    double highest = 0;
    for (int i = 0; i < trend.size(); i++) {
      double value = trend.values()[i];
      gaps += Double.isNaN(value) ? 1 : 0;
      highest = Math.max(highest, Double.isNaN(value) ? 0 : value);
      assertTrue(i == 0 || trend.timesMs()[i] >= trend.timesMs()[i - 1]);
    }
    assertEquals(1, gaps);
    assertEquals(900, highest);
    assertEquals(T0.toEpochMilli(), trend.timesMs()[0]);
    assertEquals(T0.toEpochMilli() + 9_999_000, trend.timesMs()[trend.size() - 1]);
  }

  @Test
  void aTrendIncludesItsStartAndNotItsEnd() {
    store(List.of(number(A, 1, 0), number(A, 2, 1), number(A, 3, 2), number(B, 9, 1)));
    Trend trend = historian.trend(A, T0, T0.plusSeconds(2), 100);
    assertArrayEquals(new double[] {1, 2}, trend.values());
    assertEquals(0, historian.trend(A, T0.plusSeconds(5), T0, 100).size());
  }

  @Test
  void aFrameHasTheLastGoodValueWithinTheLookBack() {
    store(
        List.of(
            number(A, 1, -5),
            number(A, 2, 1.5),
            number(B, 7, 2),
            sample(A, Value.missing(), Quality.BAD_NO_LINK, T0.plusSeconds(3)),
            number(A, 4, 4),
            number(A, 5, 4)));
    Frame frame =
        historian.frame(
            List.of(A, B), T0, T0.plusSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(2));
    assertEquals(6, frame.rows());
    double none = Double.NaN;
    double[][] expected = {{none, none}, {none, none}, {2, 7}, {2, 7}, {5, 7}, {5, none}};
    for (int row = 0; row < frame.rows(); row++) {
      assertArrayEquals(expected[row], frame.values()[row], "row " + row);
    }
    Frame early = historian.frame(List.of(A), T0, T0, Duration.ofSeconds(1), Duration.ofSeconds(5));
    assertEquals(1, early.values()[0][0]);
  }

  @Test
  void aBatchLargerThanTheBufferPassesThrough() {
    List<Sample> batch = new ArrayList<>();
    for (int i = 0; i < 3_500; i++) {
      batch.add(number(A, i, i));
    }
    assertEquals(3_500, historian.append(batch));
    Await.visible(historian, 3_500);
    assertEquals(3_500, historian.count());
  }

  @Test
  void whatWasAppendedBeforeClosingIsThere() throws IOException {
    historian.append(List.of(number(A, 1, 0)));
    reopen();
    assertEquals(1, historian.count());
    historian.close();
    assertThrows(IllegalStateException.class, () -> historian.append(List.of(number(A, 1, 0))));
    assertThrows(IllegalStateException.class, () -> historian.count());
  }

  @Test
  void oneFolderHasOneHistorian() {
    assertThrows(IOException.class, () -> Historian.open(settings(), Clock.system()));
  }
}
