package io.deungdae.collector.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Value;
import io.deungdae.collector.store.StoredSample;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class InfluxLinesTest {

  private static final Instant AT = Instant.parse("2026-11-23T06:00:00.123456Z");

  private static String line(String tag, Value value, Quality quality, int turn) {
    return line(InfluxMapping.USUAL, tag, value, quality, turn);
  }

  private static String line(
      InfluxMapping mapping, String tag, Value value, Quality quality, int turn) {
    StoredSample row = new StoredSample(1, tag, value, quality, AT, AT);
    return new InfluxLines(mapping, () -> Plc.TAGS)
        .lines(List.of(new Outgoing(row, turn, Lane.LIVE)))
        .toString()
        .stripTrailing();
  }

  @Test
  void namesWithSpacesAndCommasAreEscaped() {
    assertEquals(
        "samples,device=plc\\=1,tag=line\\ 1.pressure\\,\\ \"hot\",unit=kg/cm²"
            + " quality=0i,value=1.5 1795413600123456000",
        line("line 1.pressure, \"hot\"", Value.of(1.5), Quality.GOOD, 0));
  }

  @Test
  void wholeNumbersAreExactAndAlsoThereAsAFloat() {
    assertEquals(
        "samples,device=plc\\=1,tag=line1.shots quality=0i,value=9.223372036854776E18,"
            + "value_i=9223372036854775807i 1795413600123456000",
        line("line1.shots", Value.of(Long.MAX_VALUE), Quality.GOOD, 0));
  }

  @Test
  void noDigitOfARealNumberIsLost() {
    Random random = new Random(3);
    for (int i = 0; i < 2_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (i % 2 == 0) { // as those of a plant are
        value = random.nextInt(2_000_000) / Math.pow(10, random.nextInt(9)) - 50;
      }
      if (Double.isFinite(value)) {
        String line = line("gone", Value.of(value), Quality.GOOD, 0);
        String text = line.substring(line.indexOf("value=") + 6, line.lastIndexOf(' '));
        assertEquals(value, Double.parseDouble(text), text);
      }
    }
  }

  @Test
  void aBadSampleHasItsQualityAlone() {
    assertEquals(
        "samples,tag=gone quality=201i 1795413600123456000",
        line("gone", Value.missing(), Quality.BAD_TIMEOUT, 0));
    assertEquals(
        "samples,tag=gone quality=203i 1795413600123456000",
        line("gone", Value.of(Double.NaN), Quality.BAD_DEVICE, 0));
  }

  @Test
  void rowsWithTheSameTimeStayApartByTheirTurn() {
    assertEquals(
        "samples,tag=gone quality=0i,value=1.0 1795413600123456002",
        line("gone", Value.of(true), Quality.GOOD, 2));
  }

  @Test
  void textIsQuoted() {
    assertEquals(
        "samples,tag=gone quality=0i,value_s=\"a \\\"b\\\" \\\\ c\" 1795413600123456000",
        line("gone", Value.of("a \"b\" \\ c"), Quality.GOOD, 0));
  }

  @Test
  void aMeasurementCanBeMadeOfWhatTheTagHas() {
    InfluxMapping mapping = InfluxMapping.USUAL.with("{device} {tag}", Set.of("unit"));
    assertEquals(
        "plc=1\\ line1.shots quality=0i,value=-7.0,value_i=-7i 1795413600123456000",
        line(mapping, "line1.shots", Value.of(-7L), Quality.GOOD, 0));
  }

  @Test
  void rowsOfOneTimeMakeOnePointWhereFieldsHaveTheTagsNames() {
    Instant later = AT.plusSeconds(1);
    List<Outgoing> rows =
        List.of(
            row(1, "line 1.pressure, \"hot\"", Value.of(1.25), Quality.GOOD, AT, 0),
            row(2, "line1.shots", Value.of(7L), Quality.UNCERTAIN_RANGE, AT, 0),
            row(3, "line1.lot", Value.of("A"), Quality.GOOD, AT, 0),
            row(4, "line1.lot", Value.of("B"), Quality.GOOD, AT, 1),
            row(5, "line1.shots", Value.missing(), Quality.BAD_TIMEOUT, later, 0),
            row(6, "gone", Value.of(true), Quality.GOOD, later, 0));
    assertEquals(
        """
        samples,device=plc\\=1 line\\ 1.pressure\\,\\ "hot"=1.25,line1.shots_q=102i,line1.shots=7.0,line1.shots_i=7i,line1.lot_s="A" 1795413600123456000
        samples,device=plc\\=1 line1.lot_s="B" 1795413600123456001
        samples,device=plc\\=1 line1.shots_q=201i 1795413601123456000
        samples gone=1.0 1795413601123456000
        """,
        new InfluxLines(InfluxMapping.WIDE, () -> Plc.TAGS).lines(rows).toString());
  }

  private static Outgoing row(
      long seq, String tag, Value value, Quality quality, Instant at, int turn) {
    return new Outgoing(new StoredSample(seq, tag, value, quality, at, at), turn, Lane.LIVE);
  }
}
