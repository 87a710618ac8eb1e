package io.deungdae.collector.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.Range;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.TagTable;
import io.deungdae.collector.signal.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The board takes another table while samples come in. */
class BoardTest {

  private static Tag tag(int index, String name) {
    return new Tag(index, name, "plc", Kind.NUMBER, Unit.NONE, Range.ALL, Label.of(name), null);
  }

  private static Sample sample(Tag tag, double value) {
    return Sample.number(tag, value, Instant.EPOCH, Instant.EPOCH, 0);
  }

  @Test
  void whatStaysKeepsItsSampleAndWhatIsNewHasNone() {
    Tag a = tag(0, "a");
    Tag old = tag(1, "b");
    Board board = new Board(new TagTable(List.of(a, old)));
    board.put(List.of(sample(a, 1), sample(old, 2)));

    Tag changed = tag(1, "b");
    Tag far = tag(5_000, "far");
    board.retable(new TagTable(List.of(a, changed, far)));
    Sample kept = board.latest(a);
    assertEquals(1, kept == null ? Double.NaN : kept.asDouble());
    assertNull(board.latest(changed), "a value of its predecessor is not its own");
    assertNull(board.latest(far));
    board.put(List.of(sample(far, 3)));
    Sample came = board.latest(far);
    assertEquals(3, came == null ? Double.NaN : came.asDouble());
  }

  @Test
  void anImageMadeForFewerTagsStillHoldsThem() {
    Tag a = tag(0, "a");
    Board board = new Board(new TagTable(List.of(a)));
    @Nullable Sample[] image = new @Nullable Sample[1];
    Sample sample = sample(a, 7);
    board.put(List.of(sample));
    board.retable(new TagTable(List.of(a, tag(1, "b"))));
    board.copyTo(image);
    assertSame(sample, image[0]);
  }

  @Test
  void noSampleIsLostWhileTheBoardGrows() throws InterruptedException {
    Tag a = tag(0, "a");
    Board board = new Board(new TagTable(List.of(a)));
    AtomicBoolean growing = new AtomicBoolean(true);
    List<String> wrong = new ArrayList<>();
    Thread device =
        new Thread(
            () -> {
              for (int i = 0; growing.get(); i++) {
                Sample sample = sample(a, i);
                board.put(List.of(sample));
                if (!sample.equals(board.latest(a)) && wrong.isEmpty()) {
                  wrong.add("sample " + i);
                }
              }
            });
    device.start();
    for (int i = 1; i <= 200; i++) {
      board.retable(new TagTable(List.of(a, tag(i * 1024, "t" + i))));
    }
    growing.set(false);
    device.join(10_000);
    assertEquals(List.of(), wrong);
  }
}
