package io.deungdae.collector.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Range;
import io.deungdae.collector.signal.Recording;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.TagDetails;
import io.deungdae.collector.signal.Unit;
import io.deungdae.collector.signal.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SieveTest {

  private static final Instant T0 = Instant.parse("2026-11-23T06:00:00Z");

  private final List<Sample> kept = new ArrayList<>();

  static Tag tag(double deadband, double swing, Duration maxInterval) {
    return new Tag(
            0, "t", "plc", Kind.NUMBER, Unit.NONE, Range.ALL, Label.of("t"), null, TagDetails.NONE)
        .with(TagDetails.NONE.withRecording(new Recording(deadband, swing, maxInterval)));
  }

  private static Tag deadband(double width) {
    return tag(width, Double.NaN, Duration.ofMinutes(1));
  }

  private static Tag door(double width) {
    return tag(Double.NaN, width, Duration.ofMinutes(1));
  }

  private static Sample at(Tag tag, double second, double value) {
    return at(tag, second, value, Quality.GOOD);
  }

  private static Sample at(Tag tag, double second, double value, Quality quality) {
    Instant time = T0.plusNanos(Math.round(second * 1e9));
    Value held = quality.isBad() ? Value.missing() : Value.of(value);
    return new Sample(tag, held, quality, time, time, Math.round(second * 1e9));
  }

  private void offer(Sieve sieve, double[]... secondsAndValues) {
    for (double[] pair : secondsAndValues) {
      sieve.offer(at(sieve.tag(), pair[0], pair[1]), kept);
    }
  }

  private List<Double> keptSeconds() {
    return kept.stream().map(s -> Duration.between(T0, s.sourceTime()).toNanos() / 1e9).toList();
  }

  @Test
  void deadbandKeepsWhatLeavesItAndComparesWithTheLastKept() {
    Sieve sieve = new Sieve(deadband(1));
    offer(sieve, d(0, 10), d(1, 10.6), d(2, 11), d(3, 11.1), d(4, 10.2), d(5, 10));
    assertEquals(List.of(0.0, 3.0, 5.0), keptSeconds());
  }

  @Test
  void deadbandZeroKeepsChangesAlone() {
    Sieve sieve = new Sieve(deadband(0));
    offer(sieve, d(0, 1), d(1, 1), d(2, 2), d(3, 2), d(4, 1));
    assertEquals(List.of(0.0, 2.0, 4.0), keptSeconds());
  }

  @Test
  void longestIntervalKeepsAnUnchangedValue() {
    Sieve sieve = new Sieve(deadband(1));
    offer(sieve, d(0, 1), d(59, 1), d(60, 1), d(61, 1), d(130, 1));
    assertEquals(List.of(0.0, 60.0, 130.0), keptSeconds());
  }

  @Test
  void everyChangeOfQualityIsKeptAfterWhatWasHeldBack() {
    Sieve sieve = new Sieve(door(1));
    offer(sieve, d(0, 0), d(1, 0), d(2, 0));
    sieve.offer(at(sieve.tag(), 3, 0, Quality.BAD_NO_LINK), kept);
    sieve.offer(at(sieve.tag(), 4, 0, Quality.BAD_NO_LINK), kept);
    sieve.offer(at(sieve.tag(), 5, 0, Quality.UNCERTAIN_RANGE), kept);
    offer(sieve, d(6, 0));
    assertEquals(List.of(0.0, 2.0, 3.0, 5.0, 6.0), keptSeconds());
  }

  @Test
  void aValueConfirmedByItsDeviceIsNoChangeOfQuality() {
    Sieve sieve = new Sieve(deadband(1));
    offer(sieve, d(0, 5));
    sieve.offer(at(sieve.tag(), 1, 5, Quality.GOOD_CONFIRMED), kept);
    assertEquals(List.of(0.0), keptSeconds());
  }

  @Test
  void doorKeepsTheCornersOfARampWithTheirOwnTimes() {
    Sieve sieve = new Sieve(door(0.5));
    for (int second = 0; second <= 20; second++) {
      offer(sieve, d(second, second <= 10 ? 2.0 * second : 20 - (second - 10) * 3.0));
    }
    sieve.release(kept);
    assertEquals(List.of(0.0, 10.0, 20.0), keptSeconds());
  }

  @Test
  void samplesOutOfTurnAreKeptAndMoveNothing() {
    Sieve sieve = new Sieve(deadband(1));
    offer(sieve, d(10, 5), d(3, 100), d(11, 5.5));
    assertEquals(List.of(10.0, 3.0), keptSeconds());
  }

  @Test
  void aSampleGivenTwiceIsNotKeptTheSecondTime() {
    Sieve sieve = new Sieve(door(1));
    offer(sieve, d(0, 0), d(1, 0.5), d(2, 0), d(3, 0.2), d(1, 0.5), d(2, 0), d(3, 0.2));
    sieve.release(kept);
    assertEquals(List.of(0.0, 3.0), keptSeconds());
  }

  @Test
  void aHeldSampleIsKeptWhenNothingComesAnyMore() {
    Sieve sieve = new Sieve(door(1));
    offer(sieve, d(0, 0), d(1, 0));
    sieve.overdue(59_000_000_000L, kept);
    assertEquals(List.of(0.0), keptSeconds());
    sieve.overdue(60_000_000_000L, kept);
    assertEquals(List.of(0.0, 1.0), keptSeconds());
  }

  /** The law: whatever comes in order, what is kept tells it all within the width. */
  @Test
  void linesBetweenKeptSamplesPassEverySampleWithinTheDoorsWidth() {
    Random random = new Random(1990);
    for (int run = 0; run < 500; run++) {
      double width = random.nextDouble() * 3;
      Sieve sieve = new Sieve(tag(Double.NaN, width, Duration.ofSeconds(30)));
      List<Sample> all = walk(random, sieve.tag());
      kept.clear();
      all.forEach(sample -> sieve.offer(sample, kept));
      sieve.release(kept);
      assertEquals(all.get(0), kept.get(0));
      assertEquals(all.get(all.size() - 1), kept.get(kept.size() - 1));
      assertInOrderAndReal(all);
      for (Sample sample : all) {
        assertTrue(
            Math.abs(onLine(sample) - sample.asDouble()) <= width * (1 + 1e-9) + 1e-9,
            () -> "run of width " + width + " loses " + sample);
      }
      assertNoLongGap(all, Duration.ofSeconds(30));
    }
  }

  @Test
  void theLastKeptValueIsNeverFurtherThanTheDeadband() {
    Random random = new Random(7);
    for (int run = 0; run < 200; run++) {
      double width = random.nextDouble() * 2;
      Sieve sieve = new Sieve(tag(width, Double.NaN, Duration.ofSeconds(30)));
      List<Sample> all = walk(random, sieve.tag());
      kept.clear();
      for (Sample sample : all) {
        sieve.offer(sample, kept);
        double last = kept.get(kept.size() - 1).asDouble();
        assertTrue(Math.abs(last - sample.asDouble()) <= width);
      }
      assertNoLongGap(all, Duration.ofSeconds(30));
    }
  }

  @Test
  void aQuietSignalShrinksToItsEnds() {
    Random random = new Random(3);
    Sieve sieve = new Sieve(door(0.5));
    for (int i = 0; i < 6000; i++) { // ten minutes of noise well inside the door
      offer(sieve, d(i / 10.0, 20 + random.nextDouble() * 0.4));
    }
    sieve.release(kept);
    assertTrue(kept.size() <= 25, () -> kept.size() + " kept");
    assertFalse(kept.isEmpty());
  }

  private static List<Sample> walk(Random random, Tag tag) {
    List<Sample> all = new ArrayList<>();
    double second = 0;
    double value = 0;
    double drift = 0;
    int count = 20 + random.nextInt(200);
    for (int i = 0; i < count; i++) {
      second += random.nextInt(50) == 0 ? 40 : 0.001 + random.nextDouble() * 3;
      drift = random.nextInt(10) == 0 ? random.nextGaussian() : drift;
      value += drift + (random.nextInt(40) == 0 ? 50 * random.nextGaussian() : 0);
      all.add(at(tag, second, value + random.nextGaussian() * random.nextDouble()));
    }
    return all;
  }

  private void assertInOrderAndReal(List<Sample> all) {
    for (int i = 0; i < kept.size(); i++) {
      assertTrue(all.contains(kept.get(i)));
      assertTrue(i == 0 || kept.get(i).sourceTime().isAfter(kept.get(i - 1).sourceTime()));
    }
  }

  /** What comes after the longest interval is kept: all left out are nearer to the last kept. */
  private void assertNoLongGap(List<Sample> all, Duration longest) {
    for (int i = 1; i < kept.size(); i++) {
      Instant from = kept.get(i - 1).sourceTime();
      Instant to = kept.get(i).sourceTime();
      assertTrue(
          all.stream()
              .filter(s -> s.sourceTime().isAfter(from) && s.sourceTime().isBefore(to))
              .allMatch(s -> Duration.between(from, s.sourceTime()).compareTo(longest) <= 0));
    }
  }

  private double onLine(Sample sample) {
    for (int i = 0; i < kept.size(); i++) {
      Sample end = kept.get(i);
      if (end.sourceTime().equals(sample.sourceTime())) {
        return end.asDouble();
      }
      if (end.sourceTime().isAfter(sample.sourceTime())) {
        Sample start = kept.get(i - 1);
        double run = Duration.between(start.sourceTime(), end.sourceTime()).toNanos();
        double part = Duration.between(start.sourceTime(), sample.sourceTime()).toNanos() / run;
        return start.asDouble() + part * (end.asDouble() - start.asDouble());
      }
    }
    throw new AssertionError("nothing kept after " + sample);
  }

  private static double[] d(double second, double value) {
    return new double[] {second, value};
  }
}
