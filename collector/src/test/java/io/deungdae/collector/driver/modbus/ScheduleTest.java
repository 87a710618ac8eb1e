package io.deungdae.collector.driver.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.driver.scan.Block;
import io.deungdae.collector.driver.scan.Schedule;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {

  private static final long MS = 1_000_000;

  private static Block<Point> block(int index, long periodMs) {
    return new Block<>(List.of(Points.point(index, "hr:" + 100 * index, "int16", 1, 0, periodMs)));
  }

  /** Runs to {@code endMs} in steps of a millisecond and lists when the block of an index ran. */
  private static List<Long> runs(
      Schedule<Block<Point>> schedule, int index, long fromMs, long endMs) {
    List<Long> at = new ArrayList<>();
    for (long ms = fromMs; ms < endMs; ms++) {
      for (Schedule.Entry<Block<Point>> e = schedule.take(ms * MS);
          e != null;
          e = schedule.take(ms * MS)) {
        schedule.again(e, ms * MS);
        if (e.scan().points().get(0).tag().index() == index) {
          at.add(ms);
        }
      }
    }
    return at;
  }

  @Test
  void firstReadIsAtOnceAndTheRestIsSpreadOverThePeriod() {
    List<Block<Point>> blocks = List.of(block(0, 100), block(1, 100), block(2, 100), block(3, 100));
    assertEquals(List.of(0L, 100L, 200L), runs(new Schedule<>(blocks, 0), 0, 0, 300));
    assertEquals(List.of(0L, 25L, 125L, 225L), runs(new Schedule<>(blocks, 0), 1, 0, 300));
    assertEquals(List.of(0L, 75L, 175L, 275L), runs(new Schedule<>(blocks, 0), 3, 0, 300));
  }

  @Test
  void longExchangesDoNotMakeTheMomentsDrift() {
    Schedule<Block<Point>> schedule = new Schedule<>(List.of(block(0, 100)), 0);
    List<Long> starts = new ArrayList<>();
    long nowNs = 0;
    for (int i = 0; i < 5; i++) {
      nowNs = Math.max(nowNs, schedule.nextDueNs(0));
      Schedule.Entry<Block<Point>> entry = schedule.take(nowNs);
      starts.add(nowNs / MS);
      nowNs += 37 * MS;
      if (entry != null) {
        schedule.again(entry, nowNs);
      }
    }
    assertEquals(List.of(0L, 100L, 200L, 300L, 400L), starts);
    assertEquals(0, schedule.overruns());
  }

  @Test
  void momentsMissedInAStallArePassedOverAndCounted() {
    Schedule<Block<Point>> schedule = new Schedule<>(List.of(block(0, 100)), 0);
    runs(schedule, 0, 0, 250);
    assertEquals(List.of(950L, 1000L, 1100L), runs(schedule, 0, 950, 1200));
    assertEquals(1, schedule.overruns());
  }

  @Test
  void blockThatIsMoreLateGoesFirst() {
    Schedule<Block<Point>> schedule = new Schedule<>(List.of(block(0, 1000), block(1, 300)), 0);
    runs(schedule, 0, 0, 990);
    Schedule.Entry<Block<Point>> first = schedule.take(2_000 * MS);
    assertEquals(0, first == null ? -1 : first.scan().points().get(0).tag().index());
  }

  @Test
  void nothingIsTakenEarly() {
    Schedule<Block<Point>> schedule = new Schedule<>(List.of(), 0);
    assertNull(schedule.take(5));
    assertEquals(77, schedule.nextDueNs(77));
    assertTrue(schedule.overruns() == 0);
  }
}
