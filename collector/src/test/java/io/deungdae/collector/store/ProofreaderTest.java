package io.deungdae.collector.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bits that flip on the disk while the gateway runs. */
final class ProofreaderTest {

  private static final Instant NOW = Instant.parse("2026-11-23T06:00:00Z");
  private static final Tag A = HistorianTest.tag(0, "a");

  @TempDir Path folder;
  private final PushedClock clock = new PushedClock(NOW);

  @Test
  void aRollUpThatChangesOnDiskBeforeTheFirstReadingOfAllIsFound() throws Exception {
    try (Historian historian = Historian.open(HistorianSettings.in(folder), clock)) {
      for (int i = 0; i < 100; i++) {
        Instant at = NOW.minusSeconds(200 - i);
        historian.append(List.of(new Sample(A, Value.of(i / 8.0), Quality.GOOD, at, at, 0)));
      }
      Await.visible(historian, 100);
      for (int settle = 0; settle < 3; settle++) {
        clock.push(Duration.ofSeconds(61));
        historian.wake();
        Await.until("rolled up", historian::rolledUp);
      }
      clock.push(Duration.ofHours(19)); // past midnight
      historian.proofread();
      assertEquals(0, historian.readAgain());
      flip(file("mean.d"));
      historian.proofread();
      assertEquals(List.of(), historian.foundByReading(), "it is not read again every night");
      clock.push(Duration.ofDays(7));
      historian.proofread();
      assertEquals(1, historian.readAgain());
      assertEquals(
          List.of("minutes 2026-11-23: rows are not what they were; found by reading again"),
          historian.foundByReading().stream().map(Damage::what).toList());
    }
  }

  private Path file(String name) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(path -> path.toString().contains("/minutes~"))
          .filter(path -> path.toString().contains("/2026-11-23"))
          .filter(path -> path.endsWith(name))
          .findFirst()
          .orElseThrow();
    }
  }

  private static void flip(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      channel.read(one, 5);
      one.put(0, (byte) (one.get(0) ^ 4)).rewind();
      channel.write(one, 5);
    }
  }
}
