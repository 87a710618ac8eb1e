package io.deungdae.collector.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Range;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.Unit;
import io.deungdae.collector.signal.Value;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows with the same tag and time are told apart by their turn, however they are read. */
final class SameTimesTest {

  @TempDir Path folder;

  @Test
  void aRowHasTheSameTurnInWhateverPiecesItIsRead() throws Exception {
    Random random = new Random(5);
    Clock clock = Clock.system();
    Instant t0 = clock.now().minusSeconds(60);
    try (Historian historian = Historian.open(HistorianSettings.in(folder), clock)) {
      List<Sample> samples = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        Instant at = t0.plusMillis(10L * random.nextInt(300));
        Tag tag = tag(random.nextInt(3));
        samples.add(new Sample(tag, Value.of((double) i), Quality.GOOD, at, clock.now(), 0));
      }
      Await.visible(historian, historian.append(samples));
      List<StoredSample> rows = historian.tail(0, 5_000);
      Map<String, Integer> seen = new HashMap<>();
      int[] turns = new int[rows.size()];
      for (int i = 0; i < turns.length; i++) {
        turns[i] = seen.merge(rows.get(i).tag() + rows.get(i).sourceTime(), 1, Integer::sum) - 1;
      }
      check(historian, rows, turns, 1, rows.size());
      check(historian, rows, turns, 1, 300);
      check(historian, rows, turns, 7, 100);
    }
  }

  private static void check(
      Historian historian, List<StoredSample> rows, int[] turns, int step, int length) {
    for (int from = 0; from < rows.size(); from += length) {
      List<StoredSample> piece = new ArrayList<>();
      List<Integer> expected = new ArrayList<>();
      for (int i = from; i < Math.min(rows.size(), from + length); i += step) {
        piece.add(rows.get(i));
        expected.add(turns[i]);
      }
      List<Integer> found = new ArrayList<>();
      for (int turn : historian.turns(piece)) {
        found.add(turn);
      }
      assertEquals(expected, found);
    }
  }

  private static Tag tag(int number) {
    String name = "t" + number;
    return new Tag(number, name, "plc", Kind.NUMBER, Unit.NONE, Range.ALL, Label.of(name), null);
  }
}
