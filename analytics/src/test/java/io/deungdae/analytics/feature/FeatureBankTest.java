package io.deungdae.analytics.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.analytics.feature.FeatureBank.Readiness;
import io.deungdae.analytics.feature.FeatureSpec.Input;
import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.Range;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.TagTable;
import io.deungdae.collector.signal.Unit;
import io.deungdae.collector.store.Board;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FeatureBankTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration STEP = Duration.ofSeconds(1);

  private static FeatureSpec spec(List<Double> levels) {
    return new FeatureSpec(
        "unit",
        List.of(new Input("sp", List.of()), new Input("product", levels)),
        List.of("pv"),
        STEP,
        List.of(Duration.ofSeconds(3), Duration.ofSeconds(10)),
        Duration.ofSeconds(2),
        "rate",
        0.5);
  }

  private static final List<String> COLUMNS = List.of("sp", "product", "pv", "rate");

  @Test
  void liveFeaturesEqualTrainingFeaturesBitForBit() {
    List<Tag> tags = new ArrayList<>();
    for (String name : COLUMNS) {
      tags.add(
          new Tag(tags.size(), name, "d", Kind.NUMBER, Unit.NONE, Range.ALL, Label.of(name), null));
    }
    Board board = new Board(new TagTable(tags));
    Sampler sampler = new Sampler(board, tags, Duration.ofSeconds(5));
    FeatureSpec spec = spec(List.of(1.0, 2.0, 3.0));
    FeatureBank live = new FeatureBank(spec, COLUMNS);
    SplittableRandom random = new SplittableRandom(1);
    int rows = 60;
    long[] times = new long[rows];
    double[][] frame = new double[rows][];
    double[] row = new double[tags.size()];
    List<double[]> seen = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      Instant now = START.plusSeconds(r);
      double[] values = {
        random.nextDouble(), 1 + random.nextInt(3), random.nextDouble(), 1 + random.nextDouble()
      };
      for (Tag tag : tags) {
        double value = values[tag.index()];
        board.put(List.of(Sample.number(tag, value, now, now, r * 1_000_000_000L)));
      }
      times[r] = now.toEpochMilli();
      frame[r] = values;
      sampler.read(r * 1_000_000_000L, row);
      if (live.push(row) == Readiness.USABLE) {
        seen.add(live.inputs().clone());
      }
    }
    Samples samples = Samples.of(spec, COLUMNS, times, frame, ms -> false);
    assertEquals(seen.size(), samples.rows());
    for (int r = 0; r < seen.size(); r++) {
      assertArrayEquals(samples.inputs()[r], seen.get(r), 0);
    }
  }

  @Test
  void lagsFollowAStepByTheirTimeConstants() {
    FeatureBank bank = new FeatureBank(spec(List.of(1.0)), COLUMNS);
    for (int r = 0; r < 20; r++) {
      bank.push(new double[] {0, 1, 0, 1});
    }
    for (int r = 0; r < 3; r++) {
      bank.push(new double[] {1, 1, 0, 1});
    }
    assertEquals(1, bank.inputs()[0], 0);
    assertEquals(1 - Math.exp(-1), bank.inputs()[1], 1e-12);
    assertEquals(1 - Math.exp(-0.3), bank.inputs()[2], 1e-12);
  }

  @Test
  void aMissingValueIsNoRowAndAStopStartsTheMemoryAnew() {
    FeatureBank bank = new FeatureBank(spec(List.of(1.0)), COLUMNS);
    double[] good = {1, 1, 1, 1};
    for (int r = 0; r < 11; r++) {
      bank.push(good);
    }
    assertEquals(Readiness.MISSING, bank.push(new double[] {1, 1, Double.NaN, 1}));
    assertEquals(Readiness.USABLE, bank.push(good));
    assertEquals(Readiness.STANDING, bank.push(new double[] {1, 1, 1, 0}));
    assertEquals(Readiness.WARMING, bank.push(good));
  }

  @Test
  void aCodeThatWasNeverMetIsTold() {
    FeatureBank bank = new FeatureBank(spec(List.of(1.0, 2.0)), COLUMNS);
    bank.push(new double[] {1, 7, 1, 1});
    assertTrue(bank.unknownLevel());
  }

  @Test
  void theHashSeesEveryChangeButTheLevels() {
    FeatureSpec spec = spec(List.of(1.0, 2.0));
    assertEquals(spec.hash(), spec(List.of(3.0)).hash());
    FeatureSpec other =
        new FeatureSpec(
            "unit",
            spec.inputs(),
            spec.outputs(),
            STEP,
            List.of(Duration.ofSeconds(4)),
            spec.smoothing(),
            "rate",
            0.5);
    assertNotEquals(spec.hash(), other.hash());
  }
}
