package io.deungdae.bench;

import com.sun.management.OperatingSystemMXBean;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Range;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.Unit;
import io.deungdae.collector.signal.Value;
import io.deungdae.collector.store.Frame;
import io.deungdae.collector.store.Historian;
import io.deungdae.collector.store.HistorianSettings;
import io.deungdae.collector.store.HistorianStatus;
import io.deungdae.collector.store.StoredSample;
import io.deungdae.collector.store.Trend;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * What the historian costs and how fast it answers, as a whole process with synced commits every
 * 200 ms.
 *
 * <p>Arguments: an empty folder, samples per second (10000), seconds (60), tags (200), millions of
 * rows for the queries (5).
 */
public final class HistorianBench {

  private final Clock clock = Clock.system();
  private final PrintStream out = System.out;
  private final OperatingSystemMXBean machine =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final HistorianSettings settings;
  private final List<Tag> tags = new ArrayList<>();

  private HistorianBench(Path folder, int tagCount) {
    this.settings = HistorianSettings.in(folder);
    for (int i = 0; i < tagCount; i++) {
      String name = "bench.t%03d".formatted(i);
      tags.add(new Tag(i, name, "bench", Kind.NUMBER, Unit.NONE, Range.ALL, Label.of(name), null));
    }
  }

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    int[] numbers = {10_000, 60, 200, 5};
    for (int i = 1; i < args.length; i++) {
      numbers[i - 1] = Integer.parseInt(args[i]);
    }
    new HistorianBench(Path.of(args[0]), numbers[2]).run(numbers[0], numbers[1], numbers[3]);
  }

  private void run(int perSecond, int seconds, int millions) throws Exception {
    try (Historian historian = Historian.open(settings, clock)) {
      steady(historian, perSecond, seconds);
      bulk(historian, millions);
    }
    long startNs = clock.nanoTime();
    try (Historian historian = Historian.open(settings, clock)) {
      say("reopen with %,d rows: %.0f ms", historian.count(), ms(startNs));
      queries(historian);
    }
  }

  private void steady(Historian historian, int perSecond, int seconds) {
    append(historian, perSecond, 5); // warm up
    long cpuNs = machine.getProcessCpuTime();
    long startNs = clock.nanoTime();
    long before = historian.lastSeq();
    long worstUnread = append(historian, perSecond, seconds);
    double tookS = ms(startNs) / 1000;
    double cpu = (machine.getProcessCpuTime() - cpuNs) / 1e9 / tookS;
    HistorianStatus status = historian.status();
    say(
        "steady: %,.0f samples/s for %.0f s, CPU %.0f %% of one core, resident %d MB",
        (historian.lastSeq() - before) / tookS, tookS, 100 * cpu, residentMb());
    say(
        "steady: commits %d, last %d ms, worst %d ms, worst rows not yet readable %,d",
        status.commits(),
        status.lastCommit().toMillis(),
        status.worstCommit().toMillis(),
        worstUnread);
  }

  private long append(Historian historian, int perSecond, int seconds) {
    long startNs = clock.nanoTime();
    long number = 0;
    long worstUnread = 0;
    while (clock.nanoTime() - startNs < seconds * 1_000_000_000L) {
      long due = (clock.nanoTime() - startNs) * perSecond / 1_000_000_000L;
      List<Sample> batch = new ArrayList<>();
      Instant now = clock.now();
      while (number < due) {
        batch.add(sample(number++, now));
      }
      historian.append(batch);
      worstUnread = Math.max(worstUnread, historian.status().unread());
      LockSupport.parkNanos(10_000_000);
    }
    return worstUnread;
  }

  private Sample sample(long number, Instant at) {
    Tag tag = tags.get((int) (number % tags.size()));
    Value value = Value.of(Math.sin(number / 1e5) * 100);
    return new Sample(tag, value, Quality.GOOD, at, at, 0);
  }

  private void bulk(Historian historian, int millions) {
    long rows = millions * 1_000_000L;
    Instant start = clock.now().minus(Duration.ofDays(2));
    long stepNs = Duration.ofDays(1).toNanos() / rows;
    long startNs = clock.nanoTime();
    long ticket = 0;
    for (long i = 0; i < rows; ) {
      List<Sample> batch = new ArrayList<>(1000);
      for (int k = 0; k < 1000; k++, i++) {
        batch.add(sample(i, start.plusNanos(i * stepNs)));
      }
      ticket = historian.append(batch);
    }
    while (historian.committedTicket() < ticket) {
      LockSupport.parkNanos(1_000_000);
    }
    say("bulk: %,d rows committed at %,.0f rows/s", rows, rows / ms(startNs) * 1000);
    while (historian.status().unread() > 0) {
      LockSupport.parkNanos(1_000_000);
    }
    say("bulk: readable at %,.0f rows/s", rows / ms(startNs) * 1000);
  }

  private void queries(Historian historian) {
    Tag tag = tags.get(7);
    Instant to = clock.now();
    Instant from = to.minus(Duration.ofDays(3));
    Trend trend =
        timed("trend, all rows of a tag to 2000", () -> historian.trend(tag, from, to, 2000));
    say("  %,d points of %,d rows", trend.size(), historian.count(tag));
    timed("trend, last minute", () -> historian.trend(tag, to.minusSeconds(60), to, 2000));
    List<Tag> twenty = tags.subList(0, Math.min(20, tags.size()));
    Frame frame =
        timed(
            "frame, 20 tags, 3 days by 1 min",
            () -> historian.frame(twenty, from, to, Duration.ofMinutes(1), Duration.ofMinutes(10)));
    say("  %,d rows", frame.rows());
    timed("count", historian::count);
    say("disk: %.1f bytes a row", bytes(settings.folder()) / (double) historian.count());
    tail(historian);
  }

  private void tail(Historian historian) {
    long startNs = clock.nanoTime();
    long rows = 0;
    long cursor = 0;
    while (rows < 500_000) {
      List<StoredSample> piece = historian.tail(cursor, 5_000);
      if (piece.isEmpty()) {
        break;
      }
      historian.turns(piece);
      rows += piece.size();
      cursor = piece.get(piece.size() - 1).seq();
    }
    say("tail with turns, pieces of 5000: %,.0f rows/s", rows / ms(startNs) * 1000);
  }

  private <T> T timed(String what, Supplier<T> query) {
    T answer = query.get();
    double best = Double.MAX_VALUE;
    double sum = 0;
    for (int i = 0; i < 5; i++) {
      long startNs = clock.nanoTime();
      answer = query.get();
      best = Math.min(best, ms(startNs));
      sum += ms(startNs);
    }
    say("%s: best %.1f ms, mean %.1f ms", what, best, sum / 5);
    return answer;
  }

  private double ms(long sinceNs) {
    return (clock.nanoTime() - sinceNs) / 1e6;
  }

  /** Without the write-ahead log, which is deleted as it is applied. */
  private static long bytes(Path folder) {
    try (var files = Files.walk(folder.resolve("."))) {
      return files
          .filter(file -> Files.isRegularFile(file) && !file.toString().contains("/wal"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static long residentMb() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
        }
      }
    } catch (IOException e) {
      return -1; // not Linux
    }
    return -1;
  }

  private void say(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
