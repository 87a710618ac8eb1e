package io.deungdae.kamp.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.Range;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.Unit;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The six indices, against tables counted by hand. */
class QualityMeterTest {

  private static final double NONE = Double.NaN;
  private static final Instant START = Instant.parse("2026-11-23T05:00:00Z");
  private static final long T = START.toEpochMilli();

  private final QualityMeter meter =
      new QualityMeter(spec(), new Window(START, START.plusSeconds(10)));

  @Test
  void aSoundTableHasAllIndicesAtAHundred() {
    for (int i = 0; i < 10; i++) {
      meter.add(T + 1000L * i, new double[] {20 + i, i % 2, 30 + i});
    }
    assertEquals(new QualityIndices(100, 100, 100, 100, 100, 100), meter.counts().indices());
  }

  @Test
  void missingValuesLowerCompletenessOnly() {
    meter.add(T, new double[] {20, 0, 30});
    meter.add(T + 1000, new double[] {NONE, 0, 30});
    meter.add(T + 2000, new double[] {NONE, NONE, 30});
    meter.add(T + 3000, new double[] {20, 0, 30});
    // 3 of 12 values missing
    assertEquals(new QualityIndices(75, 100, 100, 100, 100, 100), meter.counts().indices());
    assertEquals(0.5, meter.missing(0));
    assertEquals(0.25, meter.missing(1));
  }

  @Test
  void aRepeatedTimeIsNeitherUniqueNorOnTheGrid() {
    meter.add(T, new double[] {20, 0, 30});
    meter.add(T + 1000, new double[] {20, 0, 30});
    meter.add(T + 1000, new double[] {20, 0, 30});
    meter.add(T + 2000, new double[] {20, 0, 30});
    // 3 of 4 unique, 3 of 4 consistent; two of three indices below 100: 1 - 2/3
    QualityIndices indices = meter.counts().indices();
    assertEquals(75, indices.uniqueness());
    assertEquals(75, indices.consistency());
    assertEquals(100, indices.validity());
    assertEquals(100.0 / 3, indices.integrity(), 1e-9);
  }

  @Test
  void valuesOutsideTheRangeOfCollectionAreInvalidButMayBeAccurate() {
    meter.add(T, new double[] {20, 0, 30});
    meter.add(
        T + 1000, new double[] {55, 0, 60}); // range of collection ends at 50, the sensor's at 100
    meter.add(T + 20_000, new double[] {20, 0, 30}); // after the window, off the grid
    QualityCounts counts = meter.counts();
    assertEquals(1, counts.valid());
    assertEquals(2, counts.consistent());
    assertEquals(0, counts.violating());
    assertEquals(100.0 / 3, counts.indices().integrity(), 1e-9);
  }

  @Test
  void whatNoSensorShowsViolatesAccuracy() {
    meter.add(T, new double[] {20, 0, 30});
    meter.add(T + 1000, new double[] {120, 0, 130}); // outside the sensor's range, and a jump
    meter.add(T + 2000, new double[] {NONE, 0, 30});
    meter.add(T + 3000, new double[] {20, 0, 30}); // jump of 100 from the last value there was
    QualityIndices indices = meter.counts().indices();
    assertEquals(50, indices.accuracy());
  }

  @Test
  void typesAndRelationsMakeConsistency() {
    meter.add(T, new double[] {20, 0.5, 30}); // a flag that is neither
    meter.add(T + 1000, new double[] {31, 1, 30}); // first column must be at most the third
    meter.add(T + 2000, new double[] {31, 1, NONE}); // cannot be told: holds
    meter.add(T + 3000, new double[] {30, 1, 30});
    assertEquals(50, meter.counts().indices().consistency());
  }

  @Test
  void anEmptyTableHasNoQuality() {
    assertEquals(new QualityIndices(0, 0, 0, 0, 0, 0), meter.counts().indices());
  }

  private static DataSetSpec spec() {
    List<ColumnSpec> columns =
        List.of(
            column(0, "a", Kind.NUMBER, 50, 60),
            column(1, "b", Kind.FLAG, 1, Double.POSITIVE_INFINITY),
            column(2, "c", Kind.NUMBER, 100, Double.POSITIVE_INFINITY));
    return new DataSetSpec(
        "test",
        TestData.card(),
        columns,
        List.of(new Relation(0, Relation.Comparison.AT_MOST, 2)),
        "TimeStamp",
        ZoneId.of("Asia/Seoul"),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        CsvEncoding.UTF_8_BOM);
  }

  private static ColumnSpec column(int index, String name, Kind kind, double high, double jump) {
    Range sensor = new Range(0, 100 + 100 * index);
    Tag tag = new Tag(index, "t." + name, "d", kind, Unit.NONE, sensor, Label.of(name), null);
    return new ColumnSpec(name, tag, Label.of(name), new Range(0, high), jump, Role.INPUT);
  }
}
