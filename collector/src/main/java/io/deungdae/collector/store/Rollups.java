package io.deungdae.collector.store;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the roll-ups of minutes and hours up to date.
 *
 * <p>It follows the rows by their numbers, as a forwarder does. What is new says which minutes of
 * which tags have to be made; once such a minute is over, it is made from all rows that lie in it,
 * and hours are made from minutes. So a row that comes late, out of order or is imported into the
 * past makes its minute anew, and nothing is ever added to what is there: after a crash it goes on
 * from the last number that is on disk, and making a minute twice gives the same row. What stood
 * when a minute began is remembered, or looked up in the hour of minutes before.
 *
 * <p>The applier's thread ticks; anybody may ask.
 */
final class Rollups {

  /** How long after its end a minute is made; what comes later makes it once more. */
  static final long GRACE_US = 5_000_000;

  private static final long MINUTE = Period.MINUTE.us();
  private static final long HOUR = Period.HOUR.us();
  private static final long HOLD_US = RollupTally.HOLD_US;
  private static final long LOOK_NS = 15_000_000_000L;
  private static final long HOURS_NS = 60_000_000_000L;
  private static final long ROWS_AT_ONCE = 2_000_000;
  private static final long RUN_US = 24 * HOUR;
  private static final int ROWS_IN_COMMIT = 50_000;
  private static final int FEW = 100; // tags, that are looked up one by one
  private static final long NEAR_US = 10 * MINUTE;
  private static final long AHEAD_US = 11 * MINUTE;

  /** A minute to be made: whose, and the lowest number among the rows that say so. */
  private static final class Due {
    private final BitSet tags = new BitSet();
    private long firstSeq = Long.MAX_VALUE;
  }

  private final Database database;
  private final Spans spans;
  private final Visibility visibility;
  private final KeepState state;
  private final RollupTable minutes;
  private final RollupTable hours;

  // Guarded by this.
  private final Map<String, Integer> ids = new HashMap<>();
  private final List<String> names = new ArrayList<>();
  private final TreeMap<Long, Due> due = new TreeMap<>();
  private final TreeSet<Long> dueHours = new TreeSet<>();
  private long seen;

  // Of the applier's thread.
  private final List<RollupTally> standing = new ArrayList<>();
  private boolean standingKnown;
  private final BitSet forgotten = new BitSet();
  private long frontierUs;
  private long nextLookNs;
  private long nextHoursNs;
  private boolean started;
  private volatile long keptBeforeUs;
  private final long salvagedBeforeUs;
  private volatile long lookedUs;
  private volatile long hoursUs;
  private volatile boolean behind;

  private final AtomicLong made = new AtomicLong();

  Rollups(Database database, Spans spans, Visibility visibility, KeepState state) {
    this.database = database;
    this.spans = spans;
    this.visibility = visibility;
    this.state = state;
    this.minutes = new RollupTable(database, Period.MINUTE);
    this.hours = new RollupTable(database, Period.HOUR);
    this.seen = state.number("seq", 0);
    this.frontierUs = state.number("frontier", 0);
    this.salvagedBeforeUs = state.number("salvaged", 0);
    for (String hour : state.text("hours").split(",", -1)) {
      if (!hour.isEmpty()) {
        dueHours.add(Long.parseLong(hour));
      }
    }
  }

  /** Brings what a crash left behind into the tables. Before the first tick. */
  void recover() throws IOException {
    database.applyAll(minutes.token());
    database.applyAll(hours.token());
  }

  /** Rows that are not looked at yet. */
  long behind() {
    return Math.max(0, visibility.seq() - seen());
  }

  private synchronized long seen() {
    return seen;
  }

  /** True when nothing that is over waits to be made. */
  synchronized boolean isDone(Instant now) {
    long nowUs = SourceTimes.micros(now);
    return lookedUs == nowUs
        && !behind
        && visibility.seq() <= seen
        && (due.isEmpty() || due.firstKey() + MINUTE + GRACE_US > nowUs)
        && (dueHours.isEmpty() || hoursUs == nowUs);
  }

  /** The tables of a period. */
  Shelf shelf(Period period) {
    return (period == Period.MINUTE ? minutes : hours).shelf();
  }

  /**
   * From now on a roll-up before a time that is there stays as it is: the samples it was made from
   * are about to go.
   */
  void keepBefore(long us) {
    keptBeforeUs = Math.max(keptBeforeUs, us);
  }

  /** Before this time samples are deleted, but for those of classes that are kept longer. */
  long keptBeforeUs() {
    return keptBeforeUs;
  }

  /** True when an hour that is made from minutes before a time has still to be made. */
  synchronized boolean isHourDueBefore(long us) {
    return !dueHours.isEmpty() && dueHours.first() <= us;
  }

  /** True when a roll-up before a time has still to be made. */
  boolean isDueBefore(long us) {
    for (Stretch fresh : spans.stretches(seen() + 1, Long.MAX_VALUE)) {
      if (fresh.fromUs() < us) {
        return true;
      }
    }
    synchronized (this) {
      return !due.isEmpty() && due.firstKey() < us;
    }
  }

  /** Roll-ups made since opening. */
  long made() {
    return made.get();
  }

  /** Does a bounded piece of work, if any is due. Returns true when there is more to do at once. */
  boolean tick(Instant now, long nowNs) throws IOException {
    boolean more = false;
    long nowUs = SourceTimes.micros(now);
    if (!started || nowNs - nextLookNs >= 0) {
      nextLookNs = nowNs + LOOK_NS;
      more = look();
      lookedUs = nowUs;
      behind = more;
      if (more) {
        nextLookNs = nowNs;
      }
    }
    boolean worked = makeMinutes(nowUs);
    if (!worked && !more && (!started || nowNs - nextHoursNs >= 0)) {
      nextHoursNs = nowNs + HOURS_NS;
      worked = makeHours(nowUs);
      hoursUs = worked ? hoursUs : nowUs;
      if (worked) {
        nextHoursNs = nowNs;
      }
    }
    started = true;
    if (worked || more) {
      save();
    }
    return worked || more;
  }

  // ---- which minutes

  /** Looks at the next rows; true when there are more. */
  private boolean look() {
    long from = seen() + 1;
    long end = visibility.seq();
    if (from > end) {
      return false;
    }
    long to = Math.min(end, from + ROWS_AT_ONCE - 1);
    for (Stretch stretch : near(spans.stretches(from, to))) {
      database.scan(stretch, this::id, block -> note(block, from, to));
    }
    synchronized (this) {
      seen = to;
    }
    return to < end;
  }

  /** Near stretches are scanned together. */
  private static List<Stretch> near(List<Stretch> stretches) {
    return Stretch.joined(
            stretches.stream().map(s -> new Stretch(s.fromUs(), s.toUs() + NEAR_US)).toList())
        .stream()
        .map(s -> new Stretch(s.fromUs(), s.toUs() - NEAR_US))
        .toList();
  }

  private synchronized void note(Block block, long from, long to) {
    Due last = null;
    long lastUs = -1;
    for (int row = 0; row < block.size(); row++) {
      long seq = block.seq(row);
      if (seq < from || seq > to || block.isText(row)) {
        continue;
      }
      long us = block.us(row);
      if (last == null || us - lastUs >= MINUTE || us < lastUs) {
        lastUs = Period.MINUTE.floor(us);
        last = due.computeIfAbsent(lastUs, start -> new Due());
      }
      last.tags.set(block.tag(row));
      last.firstSeq = Math.min(last.firstSeq, seq);
    }
  }

  private synchronized int id(String tag) {
    Integer known = ids.get(tag);
    if (known != null) {
      return known;
    }
    ids.put(tag, names.size());
    names.add(tag);
    return names.size() - 1;
  }

  private synchronized String name(int id) {
    return names.get(id);
  }

  // ---- minutes

  /** Minutes that are made together, ascending, with at most the hold time between two. */
  private synchronized NavigableMap<Long, Due> nextRun(long nowUs) {
    TreeMap<Long, Due> run = new TreeMap<>();
    for (Map.Entry<Long, Due> entry : due.entrySet()) {
      long us = entry.getKey();
      boolean over = us + MINUTE + GRACE_US <= lookedUs || us > nowUs + AHEAD_US;
      if (behind && us == due.lastKey()) {
        break; // more of it comes with the next rows
      }
      boolean near =
          run.isEmpty() || (us - run.lastKey() <= HOLD_US && us - run.firstKey() < RUN_US);
      boolean alike = run.isEmpty() || (run.firstKey() < frontierUs) == (us < frontierUs);
      if (!over || !near || !alike) {
        break;
      }
      run.put(us, entry.getValue());
    }
    return run;
  }

  private boolean makeMinutes(long nowUs) throws IOException {
    NavigableMap<Long, Due> run = nextRun(nowUs);
    if (run.isEmpty()) {
      return false;
    }
    if (run.firstKey() >= frontierUs) {
      makeNew(run);
    } else {
      makeAgain(run, nowUs);
    }
    synchronized (this) {
      due.keySet().removeAll(run.keySet());
    }
    return true;
  }

  /** Minutes after all that were ever made: all their rows are scanned once, in order. */
  private void makeNew(NavigableMap<Long, Due> run) throws IOException {
    long fromUs = run.firstKey();
    long toUs = run.lastKey() + MINUTE;
    if (!standingKnown) {
      minutes.read(null, fromUs - HOLD_US, fromUs, row -> standing(id(row.tag())).stand(row));
      standingKnown = true;
    } else if (!forgotten.isEmpty()) {
      forgotten.stream().forEach(id -> standing.set(id, tally(id)));
      lookUp(forgotten, fromUs).forEach((id, row) -> standing(id).stand(row));
    }
    forgotten.clear();
    Output output = new Output(run);
    output.respect(null, fromUs, toUs);
    try {
      Stretch when = new Stretch(fromUs, toUs - 1);
      database.scan(when, this::id, block -> gather(block, output));
      standing.forEach(tally -> output.take(tally.close()));
      output.commit();
    } catch (IOException | RuntimeException e) {
      standing.clear(); // half fed
      standingKnown = false;
      throw e;
    }
    frontierUs = toUs;
  }

  private void gather(Block block, Output output) {
    for (int row = 0; row < block.size(); row++) {
      if (!block.isText(row)) {
        output.take(feed(standing(block.tag(row)), block, row));
      }
    }
  }

  private static @Nullable Rollup feed(RollupTally tally, Block block, int row) {
    return tally.sample(block.us(row), block.seq(row), block.quality(row), block.number(row));
  }

  private RollupTally standing(int id) {
    while (standing.size() <= id) {
      standing.add(tally(standing.size()));
    }
    return standing.get(id);
  }

  private RollupTally tally(int id) {
    return new RollupTally(name(id), Period.MINUTE);
  }

  /**
   * Minutes before the newest: rows came late. Of the tags concerned those minutes are made anew,
   * and the next one in which the tag has a row, as another value may stand when it begins.
   */
  private void makeAgain(NavigableMap<Long, Due> run, long nowUs) throws IOException {
    BitSet tags = new BitSet();
    run.values().forEach(minute -> tags.or(minute.tags));
    long fromUs = run.firstKey();
    long overUs = Period.MINUTE.floor(nowUs - GRACE_US);
    long toUs =
        Math.max(run.lastKey() + MINUTE, Math.min(run.lastKey() + MINUTE + HOLD_US, overUs));
    Map<Integer, RollupTally> tallies = new HashMap<>();
    lookUp(tags, fromUs).forEach((id, row) -> tallies.computeIfAbsent(id, this::tally).stand(row));
    Output output = new Output(run);
    output.follow();
    output.respect(tags, fromUs, toUs);
    Stretch when = new Stretch(fromUs, toUs - 1);
    ToIntFunction<String> wanted = tag -> tags.get(id(tag)) ? id(tag) : -1;
    database.scan(when, wanted, block -> gatherOf(block, tallies, output));
    tallies.values().forEach(tally -> output.take(tally.close()));
    forgotten.or(tags);
    output.commit();
  }

  private void gatherOf(Block block, Map<Integer, RollupTally> tallies, Output output) {
    for (int row = block.next(0); row < block.size(); row = block.next(row + 1)) {
      int id = block.tag(row);
      if (!block.isText(row)) {
        output.take(feed(tallies.computeIfAbsent(id, this::tally), block, row));
      }
    }
  }

  /** The last roll-ups of tags within the hold time before. */
  private Map<Integer, Rollup> lookUp(BitSet tags, long beforeUs) {
    Map<Integer, Rollup> found = new HashMap<>();
    read(tags, beforeUs - HOLD_US, beforeUs, (id, row) -> found.put(id, row));
    return found;
  }

  private void read(BitSet tags, long fromUs, long toUs, BiConsumer<Integer, Rollup> rows) {
    if (tags.cardinality() <= FEW) {
      tags.stream()
          .forEach(id -> minutes.read(name(id), fromUs, toUs, row -> rows.accept(id, row)));
      return;
    }
    minutes.read(
        null,
        fromUs,
        toUs,
        row -> {
          int id = id(row.tag());
          if (tags.get(id)) {
            rows.accept(id, row);
          }
        });
  }

  /** Of how many samples a roll-up must at least be made to take the place of one that is there. */
  private int mostToReplace(Rollup there) {
    return there.us() < keptBeforeUs ? Integer.MAX_VALUE : there.samples();
  }

  /** A minute of a tag. */
  private record Place(int tag, long us) {}

  /** Collects what was made and puts it on disk. */
  private final class Output {
    private final NavigableMap<Long, Due> run;
    private final List<Rollup> rows = new ArrayList<>();
    private final Set<Integer> followed = new HashSet<>();
    private final Map<Place, Integer> stays = new HashMap<>();
    private boolean again;

    Output(NavigableMap<Long, Due> run) {
      this.run = run;
    }

    void follow() {
      again = true;
    }

    /** Looks which roll-ups there may be that must stay, of some tags or of all. */
    void respect(@Nullable BitSet tags, long fromUs, long toUs) {
      long endUs = Math.min(toUs, Math.max(keptBeforeUs, salvagedBeforeUs));
      if (fromUs >= endUs) {
        return;
      }
      BiConsumer<Integer, Rollup> found =
          (id, row) -> stays.put(new Place(id, row.us()), mostToReplace(row));
      if (tags == null) {
        minutes.read(null, fromUs, endUs, row -> found.accept(id(row.tag()), row));
      } else {
        read(tags, fromUs, endUs, found);
      }
    }

    void take(@Nullable Rollup row) {
      if (row == null) {
        return;
      }
      Due asked = run.get(row.us());
      int id = again || asked != null || !stays.isEmpty() ? id(row.tag()) : 0;
      if (row.samples() <= stays.getOrDefault(new Place(id, row.us()), 0)) {
        return;
      }
      if (asked != null && asked.tags.get(id)) {
        rows.add(row);
        if (again) {
          followed.add(id);
        }
      } else if (again && followed.remove(id)) {
        rows.add(row);
      }
    }

    void commit() throws IOException {
      rows.sort(Comparator.comparingLong(Rollup::us));
      for (int from = 0; from < rows.size(); from += ROWS_IN_COMMIT) {
        minutes.write(rows.subList(from, Math.min(rows.size(), from + ROWS_IN_COMMIT)));
      }
      made.addAndGet(rows.size());
      synchronized (Rollups.this) {
        for (Rollup row : rows) {
          dueHours.add(Period.HOUR.floor(row.us()));
          if (again) {
            dueHours.add(Period.HOUR.floor(row.us()) + HOUR);
          }
        }
      }
    }
  }

  // ---- hours

  private synchronized List<Long> nextHours(long nowUs) {
    List<Long> run = new ArrayList<>();
    long blocked = due.isEmpty() ? Long.MAX_VALUE : Period.HOUR.floor(due.firstKey());
    for (long us : dueHours) {
      boolean over = us + HOUR + GRACE_US <= nowUs || us > nowUs + AHEAD_US;
      boolean near = run.isEmpty() || us - run.get(run.size() - 1) <= 2 * HOUR;
      if (!over || !near || run.size() == 24 || us >= blocked) {
        break;
      }
      run.add(us);
    }
    return run;
  }

  private boolean makeHours(long nowUs) throws IOException {
    List<Long> run = nextHours(nowUs);
    if (run.isEmpty()) {
      return false;
    }
    Set<Long> wanted = new HashSet<>(run);
    Map<String, RollupTally> tallies = new HashMap<>();
    List<Rollup> rows = new ArrayList<>();
    Consumer<@Nullable Rollup> take =
        row -> {
          if (row != null && wanted.contains(row.us())) {
            rows.add(row);
          }
        };
    minutes.read(
        null,
        run.get(0) - HOLD_US,
        run.get(run.size() - 1) + HOUR,
        minute ->
            take.accept(
                tallies
                    .computeIfAbsent(minute.tag(), tag -> new RollupTally(tag, Period.HOUR))
                    .merge(minute, MINUTE)));
    tallies.values().forEach(tally -> take.accept(tally.close()));
    rows.removeAll(fuller(run, rows));
    rows.sort(Comparator.comparingLong(Rollup::us));
    hours.write(rows);
    made.addAndGet(rows.size());
    synchronized (this) {
      dueHours.removeAll(wanted);
    }
    return true;
  }

  /** Those in whose place there is one that was made of as many samples or more, and is to stay. */
  private Set<Rollup> fuller(List<Long> run, List<Rollup> made) {
    Set<Rollup> stay = new HashSet<>();
    if (run.get(0) >= salvagedBeforeUs) {
      return stay;
    }
    Map<String, Integer> there = new HashMap<>();
    hours.read(
        null,
        run.get(0),
        Math.min(salvagedBeforeUs, run.get(run.size() - 1) + HOUR),
        row -> there.put(row.us() + row.tag(), row.samples()));
    for (Rollup row : made) {
      if (row.samples() <= there.getOrDefault(row.us() + row.tag(), 0)) {
        stay.add(row);
      }
    }
    return stay;
  }

  private synchronized void save() throws IOException {
    long sure = seen;
    for (Due minute : due.values()) {
      sure = Math.min(sure, minute.firstSeq - 1);
    }
    state.put("seq", sure);
    state.put("frontier", frontierUs);
    state.put("hours", dueHours.stream().map(String::valueOf).collect(Collectors.joining(",")));
    state.save();
  }

  // ---- reading

  /** Reads one tag's roll-ups from {@code fromUs} to {@code toUs} (excluded), ascending. */
  void read(Period period, String tag, long fromUs, long toUs, Consumer<Rollup> rows) {
    (period == Period.MINUTE ? minutes : hours).read(tag, fromUs, toUs, rows);
  }

  /** The same, what is drawn of them only. */
  void draw(Period period, String tag, long fromUs, long toUs, Consumer<Outline> rows) {
    (period == Period.MINUTE ? minutes : hours).draw(tag, fromUs, toUs, rows);
  }

  /**
   * Where, between two times that are starts of periods, the roll-ups of a tag cannot be relied
   * upon, because rows came that are not in them yet: whole periods, apart and ascending. To be
   * asked before they are read.
   */
  List<Stretch> unsettled(Period period, String tag, long fromUs, long toUs) {
    List<Stretch> found = new ArrayList<>();
    // First what nobody has looked at: what is looked at meanwhile is then found in both.
    for (Stretch fresh : spans.stretches(seen() + 1, Long.MAX_VALUE)) {
      found.add(whole(period, fresh.fromUs(), fresh.toUs()));
    }
    synchronized (this) {
      Integer id = ids.get(tag);
      for (Map.Entry<Long, Due> entry : due.subMap(fromUs - HOUR, true, toUs, false).entrySet()) {
        if (id != null && entry.getValue().tags.get(id)) {
          found.add(whole(period, entry.getKey(), entry.getKey() + MINUTE - 1));
        }
      }
      if (period == Period.HOUR) {
        dueHours.subSet(fromUs, toUs).forEach(us -> found.add(new Stretch(us, us + HOUR - 1)));
      }
    }
    return Stretch.joined(found).stream()
        .map(s -> new Stretch(Math.max(s.fromUs(), fromUs), Math.min(s.toUs(), toUs - 1)))
        .filter(s -> s.fromUs() <= s.toUs())
        .toList();
  }

  private static Stretch whole(Period period, long fromUs, long toUs) {
    return new Stretch(period.floor(fromUs), period.floor(toUs) + period.us() - 1);
  }
}
