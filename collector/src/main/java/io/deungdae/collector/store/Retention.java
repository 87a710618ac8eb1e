package io.deungdae.collector.store;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what is too old or too much: whole days of samples and minutes, whole months of hours,
 * the oldest first and one at a time. For age at most one an hour of each: a gateway whose clock
 * has jumped years ahead then loses a few days before somebody notices, and not all.
 *
 * <p>A table is cut down to the shortest age of all classes. Before a day goes, the rows of classes
 * that are kept longer are moved to the class's own table, in one transaction that may be repeated:
 * rows are told apart by their keys. Days of samples are not deleted before their roll-ups are
 * made. Ticked by the applier's thread.
 */
final class Retention {

  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  private static final long PAUSE_NS = Duration.ofHours(1).toNanos();
  private static final long LOOK_NS = Duration.ofSeconds(10).toNanos();
  private static final long NONE = Long.MIN_VALUE;
  private static final int TAGS_AT_ONCE = 300;

  private final Database database;
  private final Spans spans;
  private final Ledger ledger;
  private final Keep keep;
  private final Rollups rollups;
  private final KeepState state;
  private final List<Level> levels;
  private final AtomicLong deleted = new AtomicLong();
  private volatile @Nullable UnaryOperator<String> groups;
  private volatile LongSupplier delivered = () -> 0;
  private final Map<String, Long> nextNs = new HashMap<>();

  /** Samples, minutes, or hours. */
  private record Level(Shelf shelf, Function<KeepAges, Duration> age, boolean byMonth) {
    boolean isSamples() {
      return shelf.base().equals("samples");
    }
  }

  /** A day or month of a table. */
  private record Part(String table, String name, long fromUs, long toUs) {}

  Retention(
      Database database, Spans spans, Ledger ledger, Keep keep, Rollups rollups, KeepState state) {
    this.ledger = ledger;
    this.database = database;
    this.spans = spans;
    this.keep = keep;
    this.rollups = rollups;
    this.state = state;
    this.levels =
        List.of(
            new Level(database.samples(), KeepAges::raw, false),
            new Level(rollups.shelf(Period.MINUTE), KeepAges::minutes, false),
            new Level(rollups.shelf(Period.HOUR), KeepAges::hours, true));
    rollups.keepBefore(state.number("deleted.samples", 0));
  }

  /** Who says which group a tag is in; until then nothing is deleted if a class asks for groups. */
  void groups(UnaryOperator<String> groupOfTag) {
    this.groups = groupOfTag;
  }

  /** Who says up to which number all receivers have the rows; without it none has any. */
  void delivered(LongSupplier upToSeq) {
    this.delivered = upToSeq;
  }

  /** Days and months deleted. */
  long deleted() {
    return deleted.get();
  }

  /** Deletes what is due by age. */
  void tick(Instant now, long nowNs) throws IOException {
    for (Level level : levels) {
      for (String table : List.copyOf(level.shelf.tables())) {
        Long next = nextNs.get(table);
        if (next == null || nowNs - next >= 0) {
          nextNs.put(table, nowNs + byAge(level, table, now));
        }
      }
    }
  }

  /** Says after how many nanoseconds to look again. */
  private long byAge(Level level, String table, Instant now) throws IOException {
    boolean base = table.equals(level.shelf.base());
    Duration age = base ? shortest(level) : ageOf(level, level.shelf.classOf(table));
    if (age.isZero()) {
      return PAUSE_NS;
    }
    Part part = oldest(level, table);
    if (part == null || part.toUs >= SourceTimes.micros(now.minus(age))) {
      return LOOK_NS;
    }
    if (base && level.isSamples() && rollups.isDueBefore(part.toUs)) {
      return 0;
    }
    boolean minutes = !level.isSamples() && !level.byMonth;
    if (base && minutes && rollups.isHourDueBefore(part.toUs)) {
      return 0;
    }
    if (base && !groupsKnown()) {
      return LOOK_NS;
    }
    if (base) {
      move(level, part);
    }
    delete(level, part, "older than " + age);
    return PAUSE_NS;
  }

  private boolean groupsKnown() {
    return groups != null || keep.classes().stream().allMatch(one -> one.groups().isEmpty());
  }

  private Duration shortest(Level level) {
    Duration age = level.age.apply(keep.ages());
    for (KeepClass one : keep.classes()) {
      Duration other = level.age.apply(one.ages());
      age = KeepAges.isLonger(age, other) ? other : age;
    }
    return age;
  }

  private Duration ageOf(Level level, String keepClass) {
    return level.age.apply(
        keep.classes().stream()
            .filter(one -> one.name().equals(keepClass))
            .findFirst()
            .map(KeepClass::ages)
            .orElse(keep.ages()));
  }

  /**
   * Deletes the oldest day of samples for room, if all receivers have it and a later day is there.
   *
   * @return false when there is none to delete
   */
  boolean makeRoom(Instant now) throws IOException {
    Level level = levels.get(0);
    Part part = oldest(level, level.shelf.base());
    if (part == null || part.toUs > SourceTimes.micros(now) || !groupsKnown()) {
      return false;
    }
    if (spans.lastSeqBefore(part.toUs) > delivered.getAsLong()) {
      return false;
    }
    move(level, part);
    delete(level, part, "room is needed");
    return true;
  }

  private @Nullable Part oldest(Level level, String table) {
    long oldestUs = database.number("SELECT ts FROM " + table + " LIMIT 1", null, NONE);
    if (oldestUs == NONE) {
      return null;
    }
    // The tables that classes have are cut into months, whatever the first one is cut into.
    boolean byMonth = level.byMonth || !table.equals(level.shelf.base());
    LocalDate day = LocalDate.ofInstant(SourceTimes.instant(oldestUs), ZoneOffset.UTC);
    LocalDate from = byMonth ? day.withDayOfMonth(1) : day;
    LocalDate to = byMonth ? from.plusMonths(1) : from.plusDays(1);
    String name = byMonth ? from.toString().substring(0, 7) : from.toString();
    return new Part(table, name, micros(from), micros(to));
  }

  private static long micros(LocalDate day) {
    return SourceTimes.micros(day.atStartOfDay(ZoneOffset.UTC).toInstant());
  }

  // ---- rows that are kept longer

  private void move(Level level, Part part) throws IOException {
    Duration least = shortest(level);
    for (KeepClass one : keep.classes()) {
      if (KeepAges.isLonger(level.age.apply(one.ages()), least)) {
        move(level, part, one.name());
      }
    }
    if (KeepAges.isLonger(level.age.apply(keep.ages()), least)) {
      move(level, part, Keep.REST);
    }
  }

  private void move(Level level, Part part, String keepClass) throws IOException {
    List<String> tags = new ArrayList<>();
    for (String tag : database.tagsIn(part.table)) {
      if (classOf(tag).equals(keepClass)) {
        tags.add(tag);
      }
    }
    for (int from = 0; from < tags.size(); from += TAGS_AT_ONCE) {
      List<String> some = tags.subList(from, Math.min(tags.size(), from + TAGS_AT_ONCE));
      String where =
          " WHERE ts >= "
              + part.fromUs
              + " AND ts < "
              + part.toUs
              + " AND tag IN "
              + some.stream()
                  .map(tag -> "'" + tag.replace("'", "''") + "'")
                  .collect(Collectors.joining(",", "(", ")"));
      if (database.number("SELECT count() FROM " + part.table + where, null, 0) > 0) {
        copy(part, level.shelf.of(keepClass), where);
      }
    }
  }

  private void copy(Part part, String into, String where) throws IOException {
    database.copy("INSERT INTO " + into + " SELECT * FROM " + part.table + where);
    database.applyAll(into);
    long rows = database.number("SELECT count() FROM " + part.table + where, null, 0);
    long moved = database.number("SELECT count() FROM " + into + where, null, 0);
    if (moved < rows) {
      throw new IOException(
          "of %d rows to be kept of %s only %d came into %s"
              .formatted(rows, part.name, moved, into));
    }
    LOG.info("history kept on day={} table={} rows={}", part.name, into, rows);
  }

  private String classOf(String tag) {
    UnaryOperator<String> known = groups;
    String group = known == null ? "" : known.apply(tag);
    for (KeepClass one : keep.classes()) {
      if (one.holds(tag, group)) {
        return one.name();
      }
    }
    return Keep.REST;
  }

  // ---- deleting

  private void delete(Level level, Part part, String why) throws IOException {
    if (part.table.equals("samples")) {
      // First of all: roll-ups of what is gone must not be made anew from the little that is left.
      state.put("deleted.samples", Math.max(part.toUs, state.number("deleted.samples", 0)));
      state.save();
      rollups.keepBefore(part.toUs);
      // It tells of this table alone. Before the rows go, so that they are never taken for lost.
      ledger.forgetBefore(part.toUs);
    }
    database.execute("ALTER TABLE " + part.table + " DROP PARTITION LIST '" + part.name + "'");
    if (!part.table.equals("samples")) { // that one is applied all the time
      database.applyAll(part.table);
    }
    if (level.isSamples() && level.shelf.tables().size() == 1) {
      spans.forgetBefore(part.toUs); // else what was moved must still be found by its numbers
    }
    deleted.incrementAndGet();
    LOG.info("history deleted table={} part={} reason={}", part.table, part.name, why);
  }
}
