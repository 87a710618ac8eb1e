package io.deungdae.collector.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.deungdae.collector.history.WideSpec.Fill;
import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.Value;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class WideTableTest {

  private static final WideSpec.Column A = new WideSpec.Column("a", Kind.NUMBER);
  private static final WideSpec.Column B = new WideSpec.Column("b", Kind.NUMBER);
  private static final WideSpec.Column N = new WideSpec.Column("n", Kind.WHOLE);

  private static WideSpec grid(Fill fill, double to, int reachSeconds, WideSpec.Column... tags) {
    return new WideSpec(
        List.of(tags),
        Rows.T0,
        Rows.at(to),
        Duration.ofSeconds(1),
        Optional.empty(),
        fill,
        Duration.ofSeconds(reachSeconds));
  }

  private static List<String> table(Rows rows, WideSpec spec) throws IOException {
    List<String> lines = new ArrayList<>();
    WideTable.read(
        rows,
        spec,
        (us, values) -> {
          StringBuilder line = new StringBuilder();
          line.append((us - Interpolation.micros(Rows.T0)) / 1e6);
          values.forEach(v -> line.append(' ').append(text(v)));
          return lines.add(line.toString());
        });
    return lines;
  }

  private static String text(Value value) {
    if (value instanceof Value.Whole whole) {
      return Long.toString(whole.number());
    }
    return value == Value.missing() ? "-" : Double.toString(value.asDouble());
  }

  @Test
  void eachRowHasTheLastGoodValueWithinReach() throws IOException {
    Rows rows =
        new Rows().add("a", -1, 1).add("a", 1, 2).bad("a", 1.5).add("b", 1.2, 7).add("b", 2, 8);
    assertEquals(
        List.of("0.0 1.0 -", "1.0 2.0 -", "2.0 2.0 8.0", "3.0 2.0 8.0", "4.0 - 8.0", "5.0 - -"),
        table(rows, grid(Fill.LAST, 6, 2, A, B)));
  }

  @Test
  void ofTwoSamplesOfOneTimeTheLaterArrivalCounts() throws IOException {
    Rows rows = new Rows().add("a", 0, 1).add("a", 0, 2);
    assertEquals(List.of("0.0 2.0"), table(rows, grid(Fill.LAST, 1, 5, A)));
  }

  @Test
  void linearRowsWaitForTheNextSample() throws IOException {
    Rows rows =
        new Rows()
            .add("a", 0, 0)
            .add("n", 0, Value.of(Long.MAX_VALUE))
            .add("n", 1.5, Value.of(3L))
            .add("a", 4, 8)
            .bad("a", 4.5)
            .add("a", 6, 1);
    assertEquals(
        List.of(
            "0.0 0.0 " + Long.MAX_VALUE,
            "1.0 2.0 " + Long.MAX_VALUE,
            "2.0 4.0 3",
            "3.0 6.0 3",
            "4.0 8.0 3",
            "5.0 - 3",
            "6.0 1.0 3"),
        table(rows, grid(Fill.LINEAR, 7, 5, A, N)));
  }

  @Test
  void noLineLeadsFurtherThanTheReach() throws IOException {
    Rows rows = new Rows().add("a", 0, 0).add("a", 4, 8);
    assertEquals(
        List.of("0.0 0.0", "1.0 -", "2.0 -", "3.0 -", "4.0 8.0"),
        table(rows, grid(Fill.LINEAR, 5, 3, A)));
  }

  @Test
  void aLeadingTagGivesTheTimes() throws IOException {
    Rows rows =
        new Rows().add("b", 0.5, 1).add("a", 0.7, 5).bad("b", 1).add("a", 2, 6).add("b", 2, 2);
    WideSpec spec =
        new WideSpec(
            List.of(A),
            Rows.T0,
            Rows.at(10),
            Duration.ZERO,
            Optional.of("b"),
            Fill.LAST,
            Duration.ofMinutes(1));
    assertEquals(List.of("0.5 -", "2.0 6.0"), table(rows, spec));
  }

  @Test
  void streamedLinesAreThoseOfEachTimeByItself() throws IOException {
    Random random = new Random(4);
    Rows rows = new Rows();
    for (int i = 0; i < 300; i++) {
      String tag = random.nextBoolean() ? "a" : "b";
      double second = Math.round(random.nextDouble() * 1000) / 10.0;
      if (random.nextInt(10) == 0) {
        rows.bad(tag, second);
      } else {
        rows.add(tag, second, random.nextInt(100));
      }
    }
    List<String> expected = new ArrayList<>();
    for (int second = 0; second < 100; second++) {
      StringBuilder line = new StringBuilder(second + ".0");
      for (ValueAt value :
          Interpolation.at(rows, List.of("a", "b"), Rows.at(second), Duration.ofSeconds(2))) {
        line.append(' ').append(text(value.value()));
      }
      expected.add(line.toString());
    }
    assertEquals(expected, table(rows, grid(Fill.LINEAR, 100, 2, A, B)));
  }

  @Test
  void whatWouldNotFitIntoMemoryIsRefusedBeforeItIsRead() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new WideSpec(
                    List.of(A, B),
                    Rows.T0,
                    Rows.at(10),
                    Duration.ofMillis(1),
                    Optional.empty(),
                    Fill.LINEAR,
                    Duration.ofHours(1)));
    assertEquals(
        "reach / every * tags must be at most 2000000 for linear values, found 7200002; take a"
            + " shorter reach, a longer step or fewer tags",
        refused.getMessage());
  }
}
