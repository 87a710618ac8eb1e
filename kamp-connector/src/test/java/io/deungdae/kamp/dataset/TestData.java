package io.deungdae.kamp.dataset;

import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.Range;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.Unit;
import io.deungdae.collector.store.Frame;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** A small moulding data set and a history that every reader sees the same. */
public final class TestData {

  private TestData() {}

  /** A data set of a number, a whole number and a flag. */
  public static DataSetSpec spec(String name, CsvEncoding encoding) {
    return new DataSetSpec(
        name,
        card(),
        List.of(
            column(0, "Cycle_Time", Kind.NUMBER, "s", Role.OUTPUT),
            column(1, "No_Shot", Kind.WHOLE, "", Role.INPUT),
            column(2, "PassOrFail", Kind.FLAG, "", Role.LABEL)),
        List.of(),
        "TimeStamp",
        ZoneId.of("Asia/Seoul"),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        encoding);
  }

  static Card card() {
    return new Card(
        new Label("Injection moulding <cycle>", "사출성형 <사이클>"),
        "사출성형기 사이클 데이터",
        "",
        "사출성형",
        "고무 및 플라스틱제품 제조업",
        "뿌리(사출)",
        "생산공정 최적화",
        "불량과 사이클 시간",
        "사출성형기 PLC(OPC UA)",
        "등대",
        "콘텐츠 변경허용",
        "C-2026-001",
        "",
        "",
        "",
        "1=합격, 0=불합격",
        List.of("#사출", "#품질"));
  }

  private static ColumnSpec column(int index, String name, Kind kind, String unit, Role role) {
    Tag tag =
        new Tag(
            index,
            "moulding.t" + index,
            "imm",
            kind,
            new Unit(unit),
            new Range(0, 1e12),
            Label.of("설명 " + name),
            null);
    return new ColumnSpec(
        name, tag, tag.description(), tag.range(), Double.POSITIVE_INFINITY, role);
  }

  /**
   * A history: every value follows from its time; a gap for the seconds 40 to 49 of each minute.
   */
  public static FrameSource history() {
    return (tags, from, to, step, lookBack) -> {
      List<Long> times = new ArrayList<>();
      for (long ms = from.toEpochMilli(); ms <= to.toEpochMilli(); ms += step.toMillis()) {
        times.add(ms);
      }
      long[] timesMs = times.stream().mapToLong(Long::longValue).toArray();
      double[][] values = new double[timesMs.length][];
      for (int i = 0; i < timesMs.length; i++) {
        values[i] = at(timesMs[i] / 1000, tags.size());
      }
      return new Frame(tags, timesMs, values);
    };
  }

  private static double[] at(long second, int columns) {
    double[] row = new double[columns];
    for (int c = 0; c < columns; c++) {
      boolean gap = second % 60 >= 40 && second % 60 < 50;
      boolean hole = c == 0 && second % 7 == 0;
      row[c] =
          gap || hole
              ? Double.NaN
              : switch (c) {
                case 0 -> 15 + (second % 100) / 64.0;
                case 1 -> second;
                default -> second % 2;
              };
    }
    return row;
  }
}
