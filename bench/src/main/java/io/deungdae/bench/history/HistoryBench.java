package io.deungdae.bench.history;

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
import io.deungdae.collector.store.Trend;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * How fast a year of one tag is drawn and a day of fifty laid out as a table, and what this does to
 * 100,000 samples a second that come in meanwhile.
 *
 * <p>Arguments: an empty folder, tags, days; see {@link Rows}.
 */
public final class HistoryBench {

  private static final int PIXELS = 2_000;
  private static final int POINTS = 4 * PIXELS; // first, lowest, highest, last of each
  private static final int WIDE = 50;
  private static final int PER_SECOND = 100_000;
  private static final int SECONDS = 20;

  private final Clock clock = Clock.system();
  private final PrintStream out = System.out;
  private final OperatingSystemMXBean machine =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final HistorianSettings settings;
  private final Rows rows;
  private final List<Tag> tags = new ArrayList<>();

  private HistoryBench(Path folder, Rows rows) {
    HistorianSettings usual = HistorianSettings.in(folder);
    this.settings =
        new HistorianSettings(
            folder,
            usual.commit(),
            usual.readable(),
            usual.commitRows(),
            usual.queueRows(),
            Duration.ZERO,
            usual.keepFreeMb(),
            usual.timeBehind(),
            usual.timeAhead());
    this.rows = rows;
    for (int i = 0; i < rows.tags(); i++) {
      String name = Rows.name(i);
      tags.add(new Tag(i, name, "bench", Kind.NUMBER, Unit.NONE, Range.ALL, Label.of(name), null));
    }
  }

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    Rows rows =
        Rows.before(Clock.system().now(), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    HistoryBench bench = new HistoryBench(Path.of(args[0]), rows);
    bench.fill();
    bench.run();
  }

  private void fill() throws Exception {
    Historian.open(settings, clock).close();
    long startNs = clock.nanoTime();
    try (Fill fill = new Fill(settings.folder())) {
      for (long second = rows.startS(); second < rows.endS(); second++) {
        boolean lastDay = second >= rows.endS() - Rows.DAY;
        add(fill, 0, second);
        // Before the last day each of the others has its second in the hour.
        int first = lastDay ? 1 : (int) (second % Rows.HOUR) + 1;
        for (int tag = first; tag < rows.tags(); tag += lastDay ? 1 : Rows.HOUR) {
          add(fill, tag, second);
        }
      }
      say(
          "filled: %,d rows of %,d tags and %d days (%,d of the first tag) in %.0f s",
          fill.rows(), rows.tags(), rows.days(), (long) rows.days() * Rows.DAY, seconds(startNs));
    }
  }

  private void add(Fill fill, int tag, long second) {
    fill.add(second * 1_000_000, tags.get(tag).name(), Rows.value(tag, second));
  }

  private void run() throws Exception {
    long startNs = clock.nanoTime();
    try (Historian historian = Historian.open(settings, clock)) {
      say("open, with the index of numbers made from the table: %.1f s", seconds(startNs));
      rollUp(historian);
      say("on the disk: %.2f GB", historian.status().diskBytes() / 1e9);
      year(historian, 40);
      windows(historian);
      frame(historian, 5);
      ingest(historian, "alone", () -> {});
      ingest(
          historian,
          "while a year is drawn and a day laid out, over and over",
          () -> {
            year(historian, 5);
            frame(historian, 1);
          });
    }
  }

  private void rollUp(Historian historian) {
    long startNs = clock.nanoTime();
    long cpuNs = machine.getProcessCpuTime();
    long before = -1;
    while (historian.status().keep().behind() > 0
        || historian.status().keep().rolledUp() > before) {
      before = historian.status().keep().rolledUp();
      LockSupport.parkNanos(4_000_000_000L);
    }
    double tookS = seconds(startNs) - 4;
    say(
        "roll-ups: %,d made of %,d rows in %.0f s, %.2f us of processor a row",
        before,
        historian.lastSeq(),
        tookS,
        (machine.getProcessCpuTime() - cpuNs) / 1e3 / historian.lastSeq());
  }

  private void year(Historian historian, int times) {
    Trend[] trend = new Trend[1];
    double[] ms =
        timed(
            times, () -> trend[0] = historian.trend(tags.get(0), rows.start(), rows.end(), POINTS));
    say(
        "year of the first tag at %,d pixels: p50 %.0f ms, p95 %.0f ms, first %.0f ms; %,d points",
        PIXELS, part(ms, 50), part(ms, 95), ms[0], trend[0].size());
  }

  private void windows(Historian historian) {
    for (int days : new int[] {90, 30, 7, 1}) {
      if (days <= rows.days()) {
        Instant from = rows.end().minus(Duration.ofDays(days));
        double[] ms = timed(10, () -> historian.trend(tags.get(0), from, rows.end(), POINTS));
        say(
            "last %d days of it: p50 %.0f ms, p95 %.0f ms, first %.0f ms",
            days, part(ms, 50), part(ms, 95), ms[0]);
      }
    }
  }

  private void frame(Historian historian, int times) {
    List<Tag> wide = tags.subList(0, Math.min(WIDE, tags.size()));
    Duration second = Duration.ofSeconds(1);
    Frame[] frame = new Frame[1];
    Instant from = rows.end().minus(Duration.ofDays(1));
    double[] ms =
        timed(
            times,
            () ->
                frame[0] =
                    historian.frame(
                        wide, from, rows.end().minusSeconds(1), second, Duration.ofSeconds(10)));
    say(
        "table of %d tags and %,d seconds: p50 %.0f ms, worst %.0f ms; %,d empty cells",
        wide.size(), frame[0].rows(), part(ms, 50), part(ms, 100), empty(frame[0]));
  }

  private static long empty(Frame frame) {
    return Arrays.stream(frame.values())
        .flatMapToDouble(Arrays::stream)
        .filter(Double::isNaN)
        .count();
  }

  private void ingest(Historian historian, String beside, Runnable queries) throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    Thread reader =
        new Thread(
            () -> {
              while (!done.get()) {
                queries.run();
                LockSupport.parkNanos(1_000_000);
              }
            },
            "reader");
    reader.start();
    long cpuNs = machine.getProcessCpuTime();
    long startNs = clock.nanoTime();
    long before = historian.lastSeq();
    long number = 0;
    double worstMs = 0;
    double worstCommitMs = 0;
    long worstUnread = 0;
    while (clock.nanoTime() - startNs < SECONDS * 1_000_000_000L) {
      long due = (clock.nanoTime() - startNs) / 1_000 * PER_SECOND / 1_000_000;
      Instant now = clock.now();
      List<Sample> batch = new ArrayList<>();
      while (number < due) {
        Tag tag = tags.get((int) (number % tags.size()));
        batch.add(new Sample(tag, Value.of((double) number++), Quality.GOOD, now, now, 0));
      }
      long appendNs = clock.nanoTime();
      historian.append(batch);
      worstMs = Math.max(worstMs, (clock.nanoTime() - appendNs) / 1e6);
      HistorianStatus status = historian.status();
      worstUnread = Math.max(worstUnread, status.unread());
      worstCommitMs = Math.max(worstCommitMs, status.lastCommit().toNanos() / 1e6);
      LockSupport.parkNanos(10_000_000);
    }
    double tookS = seconds(startNs);
    say(
        "ingest %s: %,.0f rows/s on disk of %,d, append waited %.0f ms at most, commit %.0f ms at"
            + " most, %,d rows not yet readable at most, process %.2f of a core",
        beside,
        (historian.lastSeq() - before) / tookS,
        PER_SECOND,
        worstMs,
        worstCommitMs,
        worstUnread,
        (machine.getProcessCpuTime() - cpuNs) / 1e9 / tookS);
    done.set(true);
    reader.join(60_000);
  }

  private double[] timed(int times, Runnable work) {
    double[] ms = new double[times];
    for (int i = 0; i < times; i++) {
      long startNs = clock.nanoTime();
      work.run();
      ms[i] = (clock.nanoTime() - startNs) / 1e6;
    }
    return ms;
  }

  static double part(double[] ms, int percent) {
    double[] sorted = ms.clone();
    Arrays.sort(sorted);
    return sorted[Math.max(0, (int) Math.ceil(sorted.length * percent / 100.0) - 1)];
  }

  private double seconds(long startNs) {
    return (clock.nanoTime() - startNs) / 1e9;
  }

  private void say(String text, Object... values) {
    out.println(String.format(Locale.ROOT, text, values));
  }
}
