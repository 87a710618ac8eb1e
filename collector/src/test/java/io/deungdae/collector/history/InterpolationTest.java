package io.deungdae.collector.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.deungdae.collector.history.ValueAt.How;
import io.deungdae.collector.signal.Value;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InterpolationTest {

  private static ValueAt at(Rows rows, double second, int limitSeconds) throws IOException {
    return Interpolation.at(rows, List.of("a"), Rows.at(second), Duration.ofSeconds(limitSeconds))
        .get(0);
  }

  private static void assertValue(Value value, How how, ValueAt found) {
    assertEquals(how, found.how());
    assertEquals(value, found.value());
  }

  @Test
  void realNumbersLieOnTheLineBetweenTheirNeighbours() throws IOException {
    Rows rows = new Rows().add("a", 0, 10).add("a", 4, 20);
    assertValue(Value.of(12.5), How.LINEAR, at(rows, 1, 60));
    assertValue(Value.of(20.0), How.MEASURED, at(rows, 4, 60));
  }

  @Test
  void wholeNumbersFlagsAndTextsStand() throws IOException {
    long exact = (1L << 62) + 1;
    Rows rows = new Rows().add("a", 0, Value.of(exact)).add("a", 4, Value.of(0L));
    assertValue(Value.of(exact), How.STEP, at(rows, 3.9, 60));
    assertValue(Value.of("run"), How.STEP, at(new Rows().add("a", 0, Value.of("run")), 50, 60));
    assertValue(Value.of(true), How.STEP, at(new Rows().add("a", 0, Value.of(true)), 1, 60));
  }

  @Test
  void itSaysWhyThereIsNoValue() throws IOException {
    Rows rows = new Rows().add("a", 0, 10).add("a", 100, 20).bad("a", 150).add("a", 151, 21);
    assertEquals(How.NOTHING_BEFORE, at(rows, -1, 60).how());
    assertEquals(How.NOTHING_AFTER, at(rows, 200, 60).how());
    assertEquals(How.TOO_FAR_APART, at(rows, 50, 60).how());
    assertEquals(How.LINEAR, at(rows, 50, 100).how());
    assertEquals(How.NOT_GOOD_AFTER, at(rows, 120, 60).how());
    assertEquals(How.NOT_GOOD_BEFORE, at(rows, 150.5, 60).how());
    assertEquals(Value.missing(), at(rows, 150.5, 60).value());
  }
}
