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
    assertEquals(6, schedule.overruns(), "400 to 900");
  }

  @Test
  void exchangesLongerThanThePeriodAreOverrunsAlthoughNothingWaits() {
    Schedule<Block<Point>> schedule = new Schedule<>(List.of(block(0, 10)), 0);
    for (int i = 0; i < 10; i++) {
      long dueNs = schedule.nextDueNs(0);
      Schedule.Entry<Block<Point>> entry = schedule.take(dueNs);
      if (entry != null) {
        schedule.again(entry, dueNs + 15 * MS);
      }
    }
    assertEquals(10, schedule.overruns(), "every other moment");
  }

  @Test
  void scanThatIsPutBackSoonKeepsItsMoments() {
    Schedule<Block<Point>> schedule = new Schedule<>(List.of(block(0, 100)), 0);
    Schedule.Entry<Block<Point>> entry = schedule.take(0);
    if (entry != null) {
      schedule.soon(entry, 30 * MS);
    }
    assertEquals(List.of(30L, 100L, 200L), runs(schedule, 0, 30, 300));
    assertEquals(0, schedule.overruns());
  }

  @Test
  void fastBlockGoesBeforeASlowOneThatHasBeenDueForLonger() {
    Schedule<Block<Point>> schedule = new Schedule<>(List.of(block(0, 1000), block(1, 10)), 0);
    runs(schedule, 0, 0, 1000);
    assertEquals(List.of(1, 0), order(schedule, 1_010));
  }

  @Test
  void slowBlockIsNotStarvedByAFastOneThatCannotBeKeptUpWith() {
    Schedule<Block<Point>> schedule = new Schedule<>(List.of(block(0, 1000), block(1, 10)), 0);
    List<Long> slow = new ArrayList<>();
    for (long ms = 0; ms < 5_000; ms += 25) { // an exchange takes longer than the fast period
      Schedule.Entry<Block<Point>> entry = schedule.take(ms * MS);
      if (entry != null) {
        schedule.again(entry, (ms + 25) * MS);
        if (entry.scan().points().get(0).tag().index() == 0) {
          slow.add(ms);
        }
      }
    }
    assertTrue(slow.size() >= 3, "the slow block was read at " + slow);
  }

  @Test
  void manyBlocksShareMomentsTwentyMillisecondsApart() {
    List<Block<Point>> blocks = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      blocks.add(block(i, 1000));
    }
    Schedule<Block<Point>> schedule = new Schedule<>(blocks, 0);
    assertEquals(List.of(0L, 1000L, 2000L), runs(schedule, 0, 0, 2_100).subList(0, 3));
    assertEquals(List.of(2_100 * MS, 2_120 * MS), moments(schedule, 2));
    assertEquals(4, order(schedule, 2_140).size());
  }

  /** Which blocks are taken at a time, in their order. */
  private static List<Integer> order(Schedule<Block<Point>> schedule, long ms) {
    List<Integer> taken = new ArrayList<>();
    for (Schedule.Entry<Block<Point>> e = schedule.take(ms * MS);
        e != null;
        e = schedule.take(ms * MS)) {
      taken.add(e.scan().points().get(0).tag().index());
      schedule.again(e, ms * MS);
    }
    return taken;
  }

  /** The next moments at which something is due. */
  private static List<Long> moments(Schedule<Block<Point>> schedule, int count) {
    List<Long> moments = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long dueNs = schedule.nextDueNs(-1);
      moments.add(dueNs);
      order(schedule, dueNs / MS);
    }
    return moments;
  }

  @Test
  void nothingIsTakenEarly() {
    Schedule<Block<Point>> schedule = new Schedule<>(List.of(), 0);
    assertNull(schedule.take(5));
    assertEquals(77, schedule.nextDueNs(77));
    assertTrue(schedule.overruns() == 0);
  }
}
