package io.deungdae.collector.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.signal.Sample;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The law of damage: whatever file is cut off or has a bit flipped, the history opens, at the
 * latest at the second start, and every row outside of what it reports is there and the same.
 */
class DamageIT {

  private static final int TRIALS = Integer.getInteger("damage.trials", 6);
  private static final long SEED = Long.getLong("damage.seed", 20261123);

  @TempDir Path folder;

  @Test
  void opensAndSaysWhatIsLostAndKeepsTheRest() throws Exception {
    Path sound = folder.resolve("sound");
    assertEquals(List.of("stored " + DamagedHistory.ROWS), run("store", sound));
    SplittableRandom chance = new SplittableRandom(SEED);
    for (int trial = 0; trial < TRIALS; trial++) {
      Path copy = folder.resolve("trial-" + trial);
      copy(sound, copy);
      String done = damage(copy, chance);
      List<String> said = run("open", copy);
      if (said.isEmpty()) {
        said = run("open", copy); // the first start died of it
      }
      check(done, said);
    }
  }

  private static void check(String done, List<String> said) {
    List<long[]> spans = new ArrayList<>();
    Set<String> rows = new HashSet<>();
    int count = 0;
    for (String line : said) {
      String[] words = line.split(" ", 4);
      if (words[0].equals("damage")) {
        spans.add(new long[] {Long.parseLong(words[1]), Long.parseLong(words[2])});
      } else if (words[0].equals("row")) {
        rows.add(line.substring(4));
        count++;
      }
    }
    assertTrue(count > 0, () -> done + ": it did not open; it said " + said);
    assertEquals(count, rows.size(), () -> done + ": rows are there twice");
    long seq = 0;
    for (Sample sample : DamagedHistory.samples()) {
      StoredSample row =
          new StoredSample(
              ++seq,
              sample.tag().name(),
              sample.value(),
              sample.quality(),
              sample.sourceTime(),
              sample.arrivalTime());
      assertTrue(
          rows.contains(row.toString()) || isReported(spans, sample.sourceTime()),
          () -> done + ": " + row + " is not there and not reported: " + spans.size());
    }
  }

  private static boolean isReported(List<long[]> spans, Instant at) {
    long ms = at.toEpochMilli();
    return spans.stream().anyMatch(span -> ms >= span[0] && ms < span[1]);
  }

  private static String damage(Path history, SplittableRandom chance) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(history)) {
      files = all.filter(Files::isRegularFile).filter(file -> size(file) > 0).sorted().toList();
    }
    Path file = files.get(chance.nextInt(files.size()));
    long used = Math.min(size(file), chance.nextBoolean() ? 64 : 20_000); // most of it is zeros
    long place = chance.nextLong(Math.max(1, used));
    String what = history.relativize(file) + " at " + place + " of " + size(file);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      if (chance.nextInt(3) == 0) {
        channel.truncate(place);
        return "cut off " + what;
      }
      ByteBuffer one = ByteBuffer.allocate(1);
      channel.read(one, place);
      one.put(0, (byte) (one.get(0) ^ 1 << chance.nextInt(8))).flip();
      channel.write(one, place);
      return "flipped " + what;
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
  }

  private List<String> run(String what, Path history) throws Exception {
    Path out = Files.createTempFile(folder, "out", "");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dfile.encoding=UTF-8",
                "-XX:ErrorFile=" + folder.resolve("hs_err"),
                "-XX:-CreateCoredumpOnCrash",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                DamagedHistory.class.getName(),
                what,
                history.toString())
            .redirectOutput(out.toFile())
            .redirectError(folder.resolve("errors").toFile())
            .start();
    try {
      assertTrue(process.waitFor(120, TimeUnit.SECONDS), "it hangs");
    } finally {
      process.destroyForcibly();
    }
    return process.exitValue() == 0
        ? Files.readAllLines(out).stream()
            .filter(line -> line.matches("(stored|damage|row) .*"))
            .toList()
        : List.of();
  }
}
