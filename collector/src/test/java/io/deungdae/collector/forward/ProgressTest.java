package io.deungdae.collector.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProgressTest {

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("x.cursor");
  }

  private Progress with(long head, long doneFrom, long doneTo) throws IOException {
    Progress progress = Progress.open(file());
    progress.advance(head);
    progress.done(new SeqRange(doneFrom, doneTo));
    progress.store();
    return progress;
  }

  @Test
  void rangesToDoSurviveAndARowIsGivenOutOnce() throws IOException {
    Progress unused = with(100, 40, 60);
    Progress again = Progress.open(file());
    assertEquals(0, again.doneUpTo());
    assertEquals(79, again.todo());
    SeqRanges others = new SeqRanges();
    others.add(new SeqRange(1, 39));
    assertEquals(new SeqRange(61, 70), again.next(others, 1, 10));
    others.add(new SeqRange(61, 100));
    assertNull(again.next(others, 1, 10));
  }

  @Test
  void cursorsOfTheFirstVersionAreRead() throws IOException {
    Files.writeString(file(), "500\n");
    assertEquals(500, Progress.open(file()).doneUpTo());
  }

  @Test
  void aDamagedFileFallsBackToTheOneBefore() throws IOException {
    Progress progress = with(100, 1, 50);
    progress.done(new SeqRange(51, 70));
    progress.store();
    byte[] bytes = Files.readAllBytes(file());
    for (int i = 0; i < bytes.length; i++) {
      byte[] flipped = bytes.clone();
      flipped[i] ^= 4;
      Files.write(file(), flipped);
      assertEquals(50, Progress.open(file()).doneUpTo(), "byte " + i);
    }
    Files.delete(file()); // killed between the two renames
    assertEquals(50, Progress.open(file()).doneUpTo());
    Files.writeString(folder.resolve("x.cursor.before"), "");
    Files.writeString(file(), "");
    assertEquals(0, Progress.open(file()).doneUpTo());
  }

  @Test
  void manyRangesAreJoinedAndNoneIsForgotten() throws IOException {
    Progress progress = Progress.open(file());
    progress.advance(1_000);
    for (long seq = 2; seq < 1_000; seq += 2) {
      progress.done(new SeqRange(seq, seq));
    }
    progress.store();
    assertEquals(0, progress.doneUpTo());
    Progress again = Progress.open(file());
    assertEquals(progress.todo(), again.todo());
    assertEquals(64, Files.readAllLines(file()).size() - 3);
  }

  @Test
  void rangesAreASetOfNumbers() {
    Random random = new Random(5);
    SeqRanges ranges = new SeqRanges();
    BitSet model = new BitSet();
    for (int i = 0; i < 20_000; i++) {
      int from = 1 + random.nextInt(200);
      int to = from + random.nextInt(20);
      if (random.nextBoolean()) {
        ranges.add(new SeqRange(from, to));
        model.set(from, to + 1);
      } else {
        ranges.remove(new SeqRange(from, to));
        model.clear(from, to + 1);
      }
      assertEquals(model.cardinality(), ranges.size());
      BitSet made = new BitSet();
      long last = -1;
      for (SeqRange range : ranges.all()) {
        made.set((int) range.from(), (int) range.to() + 1);
        assertEquals(true, range.from() > last + 1, "apart");
        last = range.to();
      }
      assertEquals(model, made);
    }
  }
}
