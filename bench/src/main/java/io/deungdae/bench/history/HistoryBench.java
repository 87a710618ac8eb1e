package io.deungdae.bench.history;

import com.sun.management.OperatingSystemMXBean;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.Range;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.Unit;
import io.deungdae.collector.store.Historian;
import io.deungdae.collector.store.HistorianSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * How fast a year of one tag is drawn and a day of fifty laid out as a table, and what this does to
 * 100,000 samples a second that come in meanwhile.
 *
 * <p>Arguments: a folder, tags, days; see {@link Rows}. A folder that is filled already is not
 * filled again. A fourth one names what is measured, if not all: warm, cold, verify, ingest.
 */
public final class HistoryBench {

  private static final int PER_SECOND = 100_000;
  private static final int PLANT = 10_000; // samples a second
  private static final int SECONDS = 20;
  private static final long STANDSTILL_NS = 90_000_000_000L;

  private final Clock clock = Clock.system();
  private final PrintStream out = System.out;
  private final OperatingSystemMXBean machine =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final HistorianSettings settings;
  private final Rows rows;
  private final List<Tag> tags = new ArrayList<>();
  private final Questions questions;

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
    this.questions = new Questions(tags, rows);
  }

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    Rows rows = Rows.in(folder, Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    HistoryBench bench = new HistoryBench(folder.resolve("history"), rows);
    if (!Rows.isFilled(folder)) {
      bench.fill();
      bench.rollUp();
      rows.filled(folder);
    }
    bench.run(args.length > 3 ? args[3] : "warm cold verify ingest");
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

  private void run(String parts) throws Exception {
    if (parts.contains("warm")) {
      try (Historian historian = open()) {
        warm(historian);
        say("on the disk: %.2f GB", historian.status().diskBytes() / 1e9);
      }
    }
    if (parts.contains("cold")) {
      cold();
    }
    if (parts.contains("verify")) {
      verify();
    }
    if (parts.contains("ingest")) {
      try (Historian historian = open()) {
        ingest(historian);
      }
    }
  }

  private void ingest(Historian historian) throws InterruptedException {
    Intake intake = new Intake(historian, tags);
    intake.run(PER_SECOND, SECONDS / 2); // for the compilers
    say("ingest alone: %s", intake.run(PER_SECOND, SECONDS));
    beside(historian, intake);
    say("ingest alone again: %s", intake.run(PER_SECOND, SECONDS));
    say("ingest as fast as it is taken: %s", intake.run(10_000_000, SECONDS));
  }

  /** What reading the closed day again takes while samples come in as in a plant. */
  private void verify() throws IOException, InterruptedException {
    HistorianSettings again =
        new HistorianSettings(
            settings.folder(),
            settings.commit(),
            settings.readable(),
            settings.commitRows(),
            settings.queueRows(),
            settings.retention(),
            settings.keepFreeMb(),
            settings.timeBehind(),
            settings.timeAhead(),
            settings.keep(),
            Duration.ofSeconds(1));
    for (HistorianSettings each : List.of(settings, again, settings)) {
      try (Historian historian = Historian.open(each, clock)) {
        Intake intake = new Intake(historian, tags);
        intake.run(PLANT, SECONDS / 2); // for the compilers, and until it has begun
        long readBytes = read();
        long cpuNs = proofreaderNs();
        String went = intake.run(PLANT, SECONDS);
        say(
            "%s: %s; reading again %.3f of a core, %.2f MB/s read by the process",
            each.equals(again) ? "reading again" : "alone",
            went,
            (proofreaderNs() - cpuNs) / 1e9 / SECONDS,
            (read() - readBytes) / 1e6 / SECONDS);
      }
    }
  }

  private static long proofreaderNs() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    for (long id : threads.getAllThreadIds()) {
      ThreadInfo thread = threads.getThreadInfo(id);
      if (thread != null && thread.getThreadName().equals("historian-proofreader")) {
        return threads.getThreadCpuTime(id);
      }
    }
    return 0;
  }

  /** Bytes read with calls, from the disk or the system's cache. */
  private static long read() throws IOException {
    String first = Files.readAllLines(Path.of("/proc/self/io")).get(0);
    return Long.parseLong(first.substring(first.indexOf(' ') + 1));
  }

  private Historian open() throws IOException {
    long startNs = clock.nanoTime();
    Historian historian = Historian.open(settings, clock);
    say("open: %.1f s", seconds(startNs));
    return historian;
  }

  /** Waits until hours are made too, which is a minute after the last minutes. */
  private void rollUp() throws IOException {
    long startNs = clock.nanoTime();
    long cpuNs = machine.getProcessCpuTime();
    try (Historian historian = open()) {
      long before = -1;
      long grewNs = clock.nanoTime();
      while (clock.nanoTime() - grewNs < STANDSTILL_NS) {
        long made = historian.status().keep().rolledUp();
        if (historian.status().keep().behind() > 0 || made > before) {
          before = made;
          grewNs = clock.nanoTime();
        }
        LockSupport.parkNanos(1_000_000_000L);
      }
      say(
          "roll-ups: %,d made of %,d rows in %.0f s, %.2f us of processor a row",
          before,
          historian.lastSeq(),
          (grewNs - startNs) / 1e9,
          (machine.getProcessCpuTime() - cpuNs) / 1e3 / historian.lastSeq());
    }
  }

  private void warm(Historian historian) {
    for (Questions.Named each : questions.all()) {
      Times times = new Times();
      long[] much = {0};
      int often = each.name().contains("table") || each.name().contains("export") ? 5 : 40;
      long beganNs = machine.getProcessCpuTime();
      ask(each, historian, times, much); // whose files may have to be read and mapped
      long cpuNs = machine.getProcessCpuTime();
      while (times.size() < often) {
        ask(each, historian, times, much);
      }
      say(
          "%s: %s; %,d values, %.1f ms of processor, the first %.0f ms",
          each.name(),
          times,
          much[0],
          (machine.getProcessCpuTime() - cpuNs) / 1e6 / (often - 1),
          (cpuNs - beganNs) / 1e6);
    }
  }

  /** Each question as the first after the files were forgotten. */
  private void cold() throws IOException {
    for (Questions.Named each : questions.all()) {
      Times times = new Times();
      for (int i = 0; i < 3; i++) {
        ColdFiles.forget(settings.folder());
        try (Historian historian = Historian.open(settings, clock)) {
          ask(each, historian, times, new long[1]);
        }
      }
      say("%s, files not in memory: %s", each.name(), times);
    }
  }

  private void ask(Questions.Named each, Historian historian, Times times, long[] much) {
    long startNs = clock.nanoTime();
    much[0] = each.question().ask(historian);
    times.add((clock.nanoTime() - startNs) / 1e6);
  }

  private void beside(Historian historian, Intake intake) throws InterruptedException {
    AtomicBoolean done = new AtomicBoolean();
    Times year = new Times();
    Times wide = new Times();
    Thread reader =
        new Thread(
            () -> {
              while (!done.get()) {
                for (int i = 0; i < 5 && !done.get(); i++) {
                  ask(questions.year(), historian, year, new long[1]);
                }
                ask(questions.frame(), historian, wide, new long[1]);
              }
            },
            "reader");
    reader.start();
    String went = intake.run(PER_SECOND, SECONDS);
    done.set(true);
    reader.join(60_000);
    say("ingest while a year is drawn and a day laid out, over and over: %s", went);
    say("meanwhile the year: %s; the table: %s", year, wide);
  }

  private double seconds(long startNs) {
    return (clock.nanoTime() - startNs) / 1e9;
  }

  private void say(String text, Object... values) {
    out.println(String.format(Locale.ROOT, text, values));
  }
}
