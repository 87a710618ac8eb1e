package io.deungdae.collector.store;

import io.deungdae.collector.signal.Clock;
import io.questdb.cairo.sql.RecordMetadata;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the whole history again from time to time, as it lies on disk, one day after the other and
 * slowly: at most {@link #BYTES_PER_SECOND} and a fiftieth of a processor. Samples are compared
 * with the ledger, minute by minute; days and months of classes and roll-ups with what they added
 * up to the last time, as long as nothing was written to them. What these add up to is noted in the
 * night after they have ended, or were written to again. Today is left out. Where it was is
 * remembered over a restart.
 *
 * <p>It has a thread of its own; anybody may ask what was found.
 */
final class Proofreader {

  static final long BYTES_PER_SECOND = 4 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(Proofreader.class);
  private static final long SHARE = 50; // one fiftieth of a processor
  private static final long LONGEST_REST_NS = 2_000_000_000L; // after a first, slow piece
  private static final long DAY_US = 86_400_000_000L;
  private static final long SETTLED_US = 15 * Period.MINUTE.us(); // the day's roll-ups are made
  private static final int ATTEMPTS = 4;
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(1);
  private static final Duration LOOK = Duration.ofSeconds(30);
  static final String FILE = "verified";
  private static final String NOTED = "noted"; // the day at whose beginning it was last done

  private final Path folder;
  private final Database database;
  private final Ledger ledger;
  private final Rollups rollups;
  private final Clock clock;
  private final Duration every;
  private final KeepState state;
  private final CountDownLatch stopSignal = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "historian-proofreader");
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final List<Damage> found = new CopyOnWriteArrayList<>();
  private final AtomicLong passes = new AtomicLong();

  // Of its own thread.
  private long pieceCpuNs;

  /** A part could not be read in peace: rows came in, or it was deleted. */
  private static final class DisturbedException extends IOException {
    private static final long serialVersionUID = 1;

    DisturbedException(String message) {
      super(message);
    }
  }

  Proofreader(
      Path folder, Database database, Ledger ledger, Rollups rollups, Clock clock, Duration every)
      throws IOException {
    this.folder = folder;
    this.database = database;
    this.ledger = ledger;
    this.rollups = rollups;
    this.clock = clock;
    this.every = every;
    this.state = new KeepState(folder.resolve(FILE));
    thread.setDaemon(true);
  }

  /** Starts, unless it is never to read. */
  void start() {
    if (!every.isZero()) {
      thread.start();
    }
  }

  /** What was found since the start, in that order. */
  List<Damage> found() {
    return found;
  }

  /** How often everything was read since the start. */
  long passes() {
    return passes.get();
  }

  private void run() {
    try {
      while (!stopSignal.await(waitMs(), TimeUnit.MILLISECONDS)) {
        try {
          turn();
        } catch (IOException | RuntimeException e) { // the one catch of this thread
          LOG.warn("history cannot be verified, tried again later reason={}", e.toString());
          stopSignal.await(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Short turns, as the clock may be set meanwhile. */
  private long waitMs() {
    return Math.min(LOOK.toMillis(), every.toMillis());
  }

  /** Does what is due. By its own thread, or by a test. */
  synchronized void turn() throws IOException, InterruptedException {
    long nowMs = clock.now().toEpochMilli();
    long finishedMs = state.number("finished", -1);
    if (finishedMs < 0 || finishedMs > nowMs) {
      state.put("finished", nowMs);
      state.save();
    } else if (nowMs - finishedMs >= every.toMillis()) {
      pass();
    }
    noteEnded();
  }

  /** Classes and roll-ups that nobody has added up yet: soon, while memory has most of them. */
  private void noteEnded() throws IOException, InterruptedException {
    long todayUs = todayUs();
    if (state.number(NOTED, 0) == todayUs
        || SourceTimes.micros(clock.now()) - todayUs < SETTLED_US) {
      return;
    }
    for (String table : database.others()) {
      long unused = others(table, part -> !isNoted(table, part));
    }
    if (stopSignal.getCount() > 0) {
      state.put(NOTED, todayUs);
      state.save();
    }
  }

  private boolean isNoted(String table, Part part) {
    return state.text(key(table, part)).startsWith(part.rows() + ":");
  }

  private static String key(String table, Part part) {
    return "sum." + table + "." + part.folder().getFileName();
  }

  private void pass() throws IOException, InterruptedException {
    long beganNs = clock.nanoTime();
    int before = found.size();
    long rows = samples();
    for (String table : database.others()) {
      rows += others(table, part -> true);
      state.retain(
          "sum." + table + ".",
          database.parts(table).stream().map(part -> key(table, part)).collect(Collectors.toSet()));
    }
    if (stopSignal.getCount() == 0) {
      return;
    }
    state.put("finished", clock.now().toEpochMilli());
    state.put("day", 0);
    state.save();
    passes.incrementAndGet();
    LOG.info(
        "history verified rows={} damaged={} seconds={}",
        rows,
        found.size() - before,
        (clock.nanoTime() - beganNs) / 1_000_000_000L);
  }

  private long todayUs() {
    return SourceTimes.micros(clock.now().truncatedTo(ChronoUnit.DAYS));
  }

  // ---- samples

  private long samples() throws IOException, InterruptedException {
    TreeSet<Long> days = new TreeSet<>();
    ledger.all().keySet().forEach(m -> days.add(Math.floorDiv(m * Ledger.MINUTE_US, DAY_US)));
    database.parts("samples").forEach(part -> days.add(Math.floorDiv(part.us(), DAY_US)));
    long rows = 0;
    for (long day : days.tailSet(state.number("day", 0))) {
      if (stopSignal.getCount() == 0 || day * DAY_US + DAY_US > todayUs()) {
        break;
      }
      rows += day(day * DAY_US);
      state.put("day", day + 1);
      state.save();
    }
    return rows;
  }

  /** Says so when two readings in a row find the same that is not as it should be. */
  private long day(long fromUs) throws IOException, InterruptedException {
    Map<Long, Ledger.Minute> before = Map.of();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Map<Long, Ledger.Minute> should = minutes(fromUs);
      Map<Long, Ledger.Minute> is = new TreeMap<>();
      String unreadable = "";
      long rows = 0;
      try {
        awaitApplied();
        rows = read(fromUs, is);
      } catch (DisturbedException e) {
        continue;
      } catch (IOException e) {
        unreadable = e.toString();
      }
      if (stopSignal.getCount() == 0) {
        return rows;
      }
      Map<Long, Ledger.Minute> wrong = wrong(should, is);
      if (wrong.isEmpty() || !should.equals(minutes(fromUs))) {
        if (wrong.isEmpty()) {
          return rows;
        }
      } else if (attempt > 0 && wrong.equals(before)) {
        tell(should, is, unreadable);
        return rows;
      } else {
        before = wrong;
      }
      stopSignal.await(BETWEEN_ATTEMPTS.toMillis(), TimeUnit.MILLISECONDS);
    }
    return 0; // too much comes in; the next time
  }

  private Map<Long, Ledger.Minute> minutes(long fromUs) {
    Map<Long, Ledger.Minute> minutes = new TreeMap<>();
    ledger
        .between(fromUs, fromUs + DAY_US)
        .forEach(
            (minute, rows) -> {
              if (minute * Ledger.MINUTE_US >= rollups.keptBeforeUs()) {
                minutes.put(minute, rows);
              }
            });
    return minutes;
  }

  private void awaitApplied() throws IOException, InterruptedException {
    long txn = database.lastTxn();
    for (int look = 0; database.visibleTxn() < txn; look++) {
      if (look > LOOK.toSeconds() || stopSignal.await(1, TimeUnit.SECONDS)) {
        throw new DisturbedException("rows wait to be brought in");
      }
    }
  }

  private long read(long fromUs, Map<Long, Ledger.Minute> into)
      throws IOException, InterruptedException {
    RecordMetadata columns = database.columns(database.table("samples"));
    List<@Nullable String> names = new ArrayList<>(database.symbols());
    long rows = 0;
    for (Part part : database.parts("samples")) {
      if (Math.floorDiv(part.us(), DAY_US) * DAY_US == fromUs) {
        rows += part.rows();
        read(
            part,
            columns,
            names,
            (us, sum) -> {
              if (us >= rollups.keptBeforeUs()) {
                into.merge(
                    Math.floorDiv(us, Ledger.MINUTE_US),
                    new Ledger.Minute(1, sum),
                    (a, b) -> a.plus(b.rows(), b.sum()));
              }
            });
      }
    }
    return rows;
  }

  private static Map<Long, Ledger.Minute> wrong(
      Map<Long, Ledger.Minute> should, Map<Long, Ledger.Minute> is) {
    Map<Long, Ledger.Minute> wrong = new HashMap<>();
    for (Map.Entry<Long, Ledger.Minute> told : should.entrySet()) {
      Ledger.Minute there = is.getOrDefault(told.getKey(), Ledger.Minute.NONE);
      if (!there.equals(told.getValue())) {
        wrong.put(told.getKey(), there);
      }
    }
    is.forEach(
        (minute, rows) -> {
          if (!should.containsKey(minute)) {
            wrong.put(minute, rows);
          }
        });
    return wrong;
  }

  private void tell(Map<Long, Ledger.Minute> should, Map<Long, Ledger.Minute> is, String unreadable)
      throws IOException {
    String why =
        unreadable.isEmpty() ? "rows are not what was stored; found by reading again" : unreadable;
    for (Damage damage : Opening.compare(should, is, clock.now(), why, "")) {
      tell(damage);
    }
    for (Map.Entry<Long, Ledger.Minute> minute : wrong(should, is).entrySet()) {
      Ledger.Minute told = should.getOrDefault(minute.getKey(), Ledger.Minute.NONE);
      ledger.correct(minute.getKey(), told, minute.getValue()); // it is told once
    }
    ledger.save();
  }

  private void tell(Damage damage) throws IOException {
    Opening.report(folder, damage);
    found.add(damage);
  }

  // ---- classes and roll-ups

  private long others(String table, Predicate<Part> which)
      throws IOException, InterruptedException {
    RecordMetadata columns = database.columns(database.table(table));
    List<@Nullable String> names = new ArrayList<>(database.tagsIn(table));
    long rows = 0;
    for (Part part : database.parts(table)) {
      if (stopSignal.getCount() == 0 || part.endUs() > todayUs()) {
        break;
      }
      if (!which.test(part)) {
        continue;
      }
      long[] sum = {0};
      try {
        read(part, columns, names, (us, rowSum) -> sum[0] += rowSum);
      } catch (IOException e) {
        if (database.parts(table).contains(part)) {
          tell(changed(table, part, e.toString()));
        }
        continue; // else it was written anew meanwhile
      }
      if (stopSignal.getCount() == 0) {
        break;
      }
      rows += part.rows();
      compare(table, part, sum[0]);
    }
    return rows;
  }

  /** A folder is written once; a change makes a new one, or more rows in it. */
  private void compare(String table, Part part, long sum) throws IOException {
    String key = key(table, part);
    String before = state.text(key);
    String now = part.rows() + ":" + Long.toHexString(sum);
    if (!before.equals(now) && before.startsWith(part.rows() + ":")) {
      tell(changed(table, part, "rows are not what they were; found by reading again"));
    }
    state.put(key, now);
    state.save();
  }

  private Damage changed(String table, Part part, String why) {
    return new Damage(
        clock.now().toEpochMilli(),
        table + " " + part.name() + ": " + why,
        part.us() / 1_000,
        part.endUs() / 1_000,
        0,
        part.rows(),
        "");
  }

  // ---- slowly

  /** Takes a row's time and checksum. */
  private interface Sums {
    void row(long us, long sum);
  }

  private void read(Part part, RecordMetadata columns, List<@Nullable String> names, Sums sums)
      throws IOException, InterruptedException {
    if (part.rows() == 0) {
      return;
    }
    try (PartFiles files = new PartFiles(part.folder(), columns, names, PartFiles.TIME)) {
      pieceCpuNs = threads.getCurrentThreadCpuTime();
      long first = 0;
      while (first < part.rows()) {
        int count = (int) Math.min(files.load(first), part.rows() - first);
        if (count == 0) {
          return; // it is cut off, and rows are missing
        }
        for (int row = 0; row < count; row++) {
          if (files.has(row)) {
            sums.row(files.us(row), files.sum(row));
          }
        }
        first += count;
        if (rest((long) count * files.rowBytes())) {
          return;
        }
      }
    }
  }

  /** Until it has not done more than it may; true when it is to stop. */
  private boolean rest(long bytes) throws InterruptedException {
    long cpuNs = threads.getCurrentThreadCpuTime() - pieceCpuNs;
    long restNs = Math.max(cpuNs * (SHARE - 1), bytes * 1_000_000_000L / BYTES_PER_SECOND);
    restNs = Math.min(restNs, LONGEST_REST_NS);
    boolean stop = stopSignal.await(restNs, TimeUnit.NANOSECONDS);
    pieceCpuNs = threads.getCurrentThreadCpuTime();
    return stop;
  }

  /** Stops within a piece. */
  void stop(Duration longest) {
    stopSignal.countDown();
    try {
      thread.join(longest.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
