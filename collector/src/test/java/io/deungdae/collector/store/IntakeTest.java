package io.deungdae.collector.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Recording;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.TagDetails;
import io.deungdae.collector.signal.TagTable;
import io.deungdae.collector.signal.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IntakeTest {

  private static final Instant T0 = Instant.parse("2026-11-23T06:00:00Z");
  private static final long SECOND = 1_000_000_000L;
  private static final Tag PLAIN = HistorianTest.tag(0, "plain");
  private static final Tag DOOR = recorded(1, "door", Double.NaN, 0.5);
  private static final Tag BAND = recorded(2, "band", 1, Double.NaN);
  private static final TagTable TAGS = new TagTable(List.of(PLAIN, DOOR, BAND));

  @TempDir Path folder;
  private Historian historian;
  private Board board;
  private Intake intake;

  private static Tag recorded(int index, String name, double deadband, double swing) {
    return HistorianTest.tag(index, name)
        .with(
            TagDetails.NONE.withRecording(new Recording(deadband, swing, Duration.ofMinutes(10))));
  }

  @BeforeEach
  void open() throws IOException {
    HistorianSettings usual = HistorianSettings.in(folder.resolve("history"));
    historian =
        Historian.open(
            new HistorianSettings(
                usual.folder(),
                Duration.ofMillis(10),
                Duration.ZERO,
                usual.commitRows(),
                1000,
                usual.retention(),
                usual.keepFreeMb(),
                usual.timeBehind(),
                usual.timeAhead()),
            Clock.system());
    board = new Board(TAGS);
    intake = new Intake(board, historian);
  }

  @AfterEach
  void close() throws IOException {
    historian.close();
  }

  private static Sample at(Tag tag, double second, double value) {
    Instant time = T0.plusNanos((long) (second * 1e9));
    return new Sample(tag, Value.of(value), Quality.GOOD, time, time, (long) (second * 1e9));
  }

  /** A value with a source time of its own, which arrives later. */
  private static Sample told(Tag tag, double sourceSecond, double arrivalSecond, double value) {
    Instant source = T0.plusNanos((long) (sourceSecond * 1e9));
    Instant arrival = T0.plusNanos((long) (arrivalSecond * 1e9));
    return new Sample(
        tag, Value.of(value), Quality.GOOD, source, arrival, (long) (arrivalSecond * 1e9));
  }

  private Sample latest(Tag tag) {
    return Objects.requireNonNull(board.latest(tag));
  }

  private void awaitHistory() {
    long ticket = historian.lastTicket();
    Await.until("commit", () -> historian.committedTicket() >= ticket);
    Await.until("visible", () -> historian.status().unread() == 0);
  }

  private List<Double> stored(Tag tag) {
    awaitHistory();
    return DoubleStream.of(
            historian.trend(tag, T0.minusSeconds(9), T0.plusSeconds(9000), 999).values())
        .boxed()
        .toList();
  }

  @Test
  void theBoardGetsEveryValueAndTheHistoryWhatIsKept() {
    intake.accept(List.of(at(PLAIN, 0, 1), at(BAND, 0, 1)));
    intake.accept(List.of(at(PLAIN, 1, 1), at(BAND, 1, 1.5)));
    assertEquals(1.5, latest(BAND).asDouble());
    assertEquals(List.of(1.0), stored(BAND));
    assertEquals(List.of(1.0, 1.0), stored(PLAIN));
    assertEquals(1, intake.leftOut());
  }

  @Test
  void aBatchWithAHeldSampleIsDurableOnlyOnceItIsWrittenDown() {
    intake.accept(List.of(at(DOOR, 0, 1)));
    long ticket = intake.accept(List.of(at(DOOR, 1, 1.1)));
    awaitHistory();
    assertTrue(intake.committed() < ticket, "it is in no file yet");
    intake.tick(T0, 0);
    Await.until(
        "durable",
        () -> {
          intake.tick(T0, SECOND);
          return intake.committed() >= ticket;
        });
  }

  @Test
  void whatWasHeldAtACrashComesBackOnce() throws IOException {
    intake.accept(List.of(at(DOOR, 0, 1)));
    long ticket = intake.accept(List.of(at(DOOR, 1, 1.25)));
    Await.until(
        "durable",
        () -> {
          intake.tick(T0, SECOND);
          return intake.committed() >= ticket;
        });
    historian.close(); // without closing the intake: what it held is in its file alone
    open();
    assertEquals(List.of(1.0, 1.25), stored(DOOR));
    historian.close();
    open();
    assertEquals(List.of(1.0, 1.25), stored(DOOR));
  }

  @Test
  void aTornFileOfHeldSamplesIsPassedOver() throws IOException {
    Path torn = folder.resolve("history").resolve("held.1");
    historian.close();
    Files.write(torn, new byte[] {0x44, 0x48, 0x4c, 0x31, 0, 0, 0});
    open();
    assertEquals(List.of(), stored(DOOR));
  }

  @Test
  void stoppingLosesNothing() throws IOException {
    intake.accept(List.of(at(DOOR, 0, 1), at(DOOR, 1, 1), at(DOOR, 2, 1.2)));
    intake.close();
    assertEquals(List.of(1.0, 1.2), stored(DOOR));
  }

  @Test
  void aHeldSampleIsKeptAfterTheLongestInterval() {
    intake.accept(List.of(at(DOOR, 0, 1), at(DOOR, 1, 1)));
    intake.tick(T0, 601 * SECOND);
    assertEquals(List.of(1.0, 1.0), stored(DOOR));
  }

  @Test
  void aRepeatedValueNeverGetsAFreshTimeAndTheHistoryKnowsThatItStood() {
    intake.accept(List.of(told(PLAIN, 0, 0.1, 7)));
    intake.accept(List.of(told(PLAIN, 0, 60, 7)));
    Sample latest = latest(PLAIN);
    assertEquals(T0, latest.sourceTime());
    assertEquals(60 * SECOND, latest.arrivalNs());
    awaitHistory();
    List<StoredSample> rows = historian.tail(0, 10);
    assertEquals(2, rows.size());
    assertEquals(Quality.GOOD, rows.get(0).quality());
    assertEquals(Quality.GOOD_CONFIRMED, rows.get(1).quality());
    assertEquals(T0.plusSeconds(60), rows.get(1).sourceTime());
  }

  @Test
  void aValueThatStoodThroughALostLinkIsNotStoredTwice() {
    intake.accept(List.of(told(PLAIN, 0, 0.1, 7)));
    Instant lost = T0.plusSeconds(10);
    intake.accept(List.of(Sample.bad(PLAIN, Quality.BAD_NO_LINK, lost, 10 * SECOND)));
    intake.accept(List.of(Sample.bad(PLAIN, Quality.BAD_TIMEOUT, lost, 10 * SECOND)));
    intake.accept(List.of(told(PLAIN, 0, 60, 7)));
    awaitHistory();
    List<StoredSample> rows = historian.tail(0, 10);
    assertEquals(4, rows.size());
    assertEquals(Quality.GOOD_CONFIRMED, rows.get(3).quality());
    assertEquals(T0.plusSeconds(60), rows.get(3).sourceTime());
    assertEquals(T0, latest(PLAIN).sourceTime());
  }

  @Test
  void aDevicesClockIsJudgedByItsQuickestValues() {
    for (int i = 0; i < 100; i++) {
      double delay = 7 + (i % 5) * 0.5; // seven seconds behind, and up to two of delay
      intake.accept(List.of(told(PLAIN, i, i + delay, i)));
    }
    assertEquals(7e6, (double) intake.clockBehindUs("plc", 107 * SECOND).getAsLong(), 1000);
    assertFalse(intake.clockBehindUs("plc", 1000 * SECOND).isPresent(), "too long ago");
    assertFalse(intake.clockBehindUs("other", 0).isPresent());
  }

  @Test
  void valuesThatStandForLongSayNothingAboutTheClock() {
    for (int i = 0; i < 200; i++) {
      intake.accept(List.of(told(PLAIN, 0, i + 1, 7)));
    }
    assertFalse(intake.clockBehindUs("plc", 200 * SECOND).isPresent());
  }

  @Test
  void aReasonStandsAsLongAsItsQuality() {
    intake.reason(PLAIN, "illegal data address");
    Sample rejected = Sample.bad(PLAIN, Quality.BAD_REJECTED, T0, 0);
    intake.accept(List.of(rejected));
    assertEquals("illegal data address", board.reasons().of(board.latest(PLAIN)));
    intake.accept(List.of(Sample.bad(PLAIN, Quality.BAD_TIMEOUT, T0, 0)));
    assertEquals("", board.reasons().of(board.latest(PLAIN)));
    intake.reason(PLAIN, "illegal data address");
    intake.accept(List.of(rejected));
    intake.accept(List.of(at(PLAIN, 5, 1)));
    assertEquals("", board.reasons().of(board.latest(PLAIN)));
  }

  @Test
  void timesBeyondAllReasonBreakNothing() {
    Sample odd = new Sample(DOOR, Value.of(1), Quality.GOOD, Instant.MAX, T0, 0);
    intake.accept(List.of(odd, odd));
    intake.accept(List.of(at(DOOR, 1, 1)));
    awaitHistory();
    assertEquals(2, historian.count(DOOR), "the odd one once, and the one after it");
  }
}
