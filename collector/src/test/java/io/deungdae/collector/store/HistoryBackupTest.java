package io.deungdae.collector.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.Value;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HistoryBackupTest {

  private static final Instant T0 = Instant.parse("2026-11-21T23:59:00Z");
  private static final Tag A = HistorianTest.tag(0, "line 1.pv");
  private static final Tag B = HistorianTest.tag(1, "배치.lot");

  @TempDir Path folder;

  private Historian open(String name) throws IOException {
    return Historian.open(HistorianSettings.in(folder.resolve(name)), Clock.system());
  }

  private static Sample sample(Tag tag, Value value, Instant at) {
    Quality quality = value instanceof Value.Missing ? Quality.BAD_NO_LINK : Quality.GOOD;
    return new Sample(tag, value, quality, at, at.plusMillis(7), 0);
  }

  /** Two days, every kind of value, late rows, and two rows of one tag and time. */
  private static List<Sample> samples() {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      Instant at = T0.plus(Duration.ofMillis(100L * (i % 2 == 0 ? i : 2_000 - i)));
      samples.add(sample(A, Value.of(i / 7.0), at));
      samples.add(sample(B, i % 3 == 0 ? Value.of(Long.MAX_VALUE - i) : Value.of("로트 " + i), at));
    }
    samples.add(sample(A, Value.missing(), T0));
    samples.add(sample(A, Value.of(true), T0));
    samples.add(sample(B, Value.of("\uD800 alone, and a zero \0"), T0));
    return samples;
  }

  @Test
  void whatIsRestoredIsWhatWasThereAndGoesOnFromThere() throws IOException {
    List<StoredSample> before;
    try (Historian historian = open("history")) {
      Await.visible(historian, historian.append(samples()));
      before = historian.tail(0, 10_000);
      Path made = Files.createDirectory(folder.resolve("backup"));
      HistoryBackup.Manifest manifest = historian.backup(made, null, (done, all) -> {});
      assertEquals(before.size(), manifest.rows());
      assertEquals(List.of(), HistoryBackup.verify(made, (done, all) -> {}));
    }
    HistoryBackup.restore(folder.resolve("backup"), folder.resolve("again"), (done, all) -> {});
    try (Historian again = open("again")) {
      assertEquals(before, again.tail(0, 10_000));
      assertEquals(before.size(), again.lastSeq());
      Await.visible(again, again.append(List.of(sample(A, Value.of(1.5), T0))));
      assertEquals(before.size() + 1, again.lastSeq());
      assertEquals(1, again.tail(before.size(), 10).size());
    }
  }

  @Test
  void daysThatHaveNotChangedAreTakenFromTheEarlierBackup() throws IOException {
    Path first = Files.createDirectory(folder.resolve("first"));
    Path second = Files.createDirectory(folder.resolve("second"));
    try (Historian historian = open("history")) {
      Await.visible(historian, historian.append(samples()));
      historian.backup(first, null, (done, all) -> {});
      Instant secondDay = T0.plus(Duration.ofHours(1));
      Await.visible(historian, historian.append(List.of(sample(A, Value.of(9), secondDay))));
      historian.backup(second, first, (done, all) -> {});
    }
    assertEquals(List.of(), HistoryBackup.verify(second, (done, all) -> {}));
    assertTrue(Files.isSameFile(day(first, "2026-11-21"), day(second, "2026-11-21")));
    assertFalse(Files.isSameFile(day(first, "2026-11-22"), day(second, "2026-11-22")));
  }

  private static Path day(Path backup, String day) {
    return backup.resolve("samples").resolve(day + ".rows");
  }

  @Test
  void aFlippedBitIsFoundAndNothingIsRestoredFromIt() throws IOException {
    Path made = Files.createDirectory(folder.resolve("backup"));
    try (Historian historian = open("history")) {
      Await.visible(historian, historian.append(samples()));
      historian.backup(made, null, (done, all) -> {});
    }
    Path day = day(made, "2026-11-22");
    try (FileChannel file =
        FileChannel.open(day, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      file.read(one, file.size() / 2);
      one.put(0, (byte) (one.get(0) ^ 4)).flip();
      file.write(one, file.size() / 2);
    }
    List<String> wrong = HistoryBackup.verify(made, (done, all) -> {});
    assertEquals(1, wrong.size());
    assertTrue(wrong.get(0).contains("2026-11-22"), wrong.get(0));
    Path into = folder.resolve("again");
    assertThrows(IOException.class, () -> HistoryBackup.restore(made, into, (done, all) -> {}));
  }
}
