package io.deungdae.collector.store;

import io.deungdae.collector.store.Rollup.End;
import io.questdb.cairo.TableToken;
import io.questdb.cairo.TableWriter;
import io.questdb.cairo.sql.Record;
import io.questdb.cairo.wal.WalWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The roll-ups of one period, on disk. A tag has one row for a period, and writing it again
 * replaces it. Times within the period lie as unsigned 32-bit numbers of microseconds from its
 * start. Written by one thread.
 */
final class RollupTable {

  /** What {@link #of} reads, in this order. */
  static final String COLUMNS =
      "ts, tag, samples, used, first_value, low, high, last_value, mean, weighted_mean, held, good,"
          + " first_at, low_at, high_at, last_at, gap_at, ends";

  /** The column of {@link Rollup#samples}. */
  static final int SAMPLES = 2;

  private static final int TAG = 1;
  private static final int USED = 3;
  private static final int FIRST = 4;
  private static final int LOW = 5;
  private static final int HIGH = 6;
  private static final int LAST = 7;
  private static final int MEAN = 8;
  private static final int GOOD = 11;
  private static final int FIRST_AT = 12;
  private static final int GAP_AT = 16;
  private static final int ENDS = 17;

  private static final String OUTLINE =
      "ts, first_value, low, high, last_value, first_at, low_at, high_at, last_at, gap_at";

  private static final int NOT = -1; // 4,294,967,295: beyond an hour

  private final Database database;
  private final Shelf shelf;
  private final TableToken table;
  private @Nullable WalWriter writer;

  RollupTable(Database database, Period period) {
    String name = period.table();
    this.database = database;
    this.table = database.token(name, ddl(name, period == Period.MINUTE ? "DAY" : "MONTH"));
    this.shelf = new Shelf(database, name, other -> ddl(other, "MONTH"));
  }

  private static String ddl(String name, String part) {
    // The index lets a year of one tag be read without looking at the other tags' rows.
    return "CREATE TABLE IF NOT EXISTS "
        + name
        + " (ts TIMESTAMP, tag SYMBOL CAPACITY 2048 INDEX CAPACITY 64, samples INT, used INT,"
        + " first_value DOUBLE, low DOUBLE, high DOUBLE, last_value DOUBLE, mean DOUBLE,"
        + " weighted_mean DOUBLE, held INT, good DOUBLE, first_at INT, low_at INT, high_at INT,"
        + " last_at INT, gap_at INT, ends BYTE) TIMESTAMP(ts) PARTITION BY "
        + part
        + " WAL DEDUP UPSERT KEYS(ts, tag)";
  }

  /** The tables they lie in. */
  Shelf shelf() {
    return shelf;
  }

  TableToken token() {
    return table;
  }

  /**
   * Puts roll-ups on disk; when it returns they outlive a power cut and can be read.
   *
   * @param rows by ascending time
   * @throws IOException when it could not be made sure of
   */
  void write(List<Rollup> rows) throws IOException {
    if (rows.isEmpty()) {
      return;
    }
    database.enter();
    try {
      WalWriter open = writer == null ? database.writer(table) : writer;
      writer = open;
      rows.forEach(row -> put(open.newRow(row.us()), row));
      open.commit();
    } catch (RuntimeException | Error e) {
      writer = null; // see Journal
      throw new IOException("cannot write roll-ups: " + e.getMessage(), e);
    } finally {
      database.leave();
    }
    database.applyAll(table);
  }

  private static void put(TableWriter.Row into, Rollup row) {
    into.putSym(1, row.tag());
    into.putInt(2, row.samples());
    into.putInt(3, row.used());
    into.putDouble(4, row.first());
    into.putDouble(5, row.low());
    into.putDouble(6, row.high());
    into.putDouble(7, row.last());
    into.putDouble(8, row.mean());
    into.putDouble(9, row.weightedMean());
    into.putInt(10, (int) row.heldUs());
    into.putDouble(11, row.good());
    into.putInt(12, offset(row, row.firstUs()));
    into.putInt(13, offset(row, row.lowUs()));
    into.putInt(14, offset(row, row.highUs()));
    into.putInt(15, offset(row, row.lastUs()));
    into.putInt(16, offset(row, row.gapUs()));
    into.putByte(17, row.end().code());
    into.append();
  }

  private static int offset(Rollup row, long us) {
    return us < 0 ? NOT : (int) (us - row.us());
  }

  /** Reads roll-ups of all tags, or of one by its index, by ascending time. */
  void read(@Nullable String tag, long fromUs, long toUs, Consumer<Rollup> rows) {
    String what = "SELECT " + COLUMNS + " FROM %s" + where(tag, fromUs, toUs);
    if (fromUs < toUs) {
      read(what, tag, RollupTable::of, Rollup::us, Rollup::tag, rows);
    }
  }

  /** Reads what is drawn of the roll-ups of a tag, by ascending time. */
  void draw(String tag, long fromUs, long toUs, Consumer<Outline> rows) {
    String what = "SELECT " + OUTLINE + " FROM %s" + where(tag, fromUs, toUs);
    if (fromUs < toUs) {
      read(what, tag, RollupTable::outline, Outline::us, outline -> tag, rows);
    }
  }

  private static String where(@Nullable String tag, long fromUs, long toUs) {
    String when = " WHERE ts >= " + fromUs + " AND ts < " + toUs;
    return tag == null ? when : when + " AND tag = $1";
  }

  private <T> void read(
      String sql,
      @Nullable String tag,
      Function<Record, T> of,
      ToLongFunction<T> us,
      Function<T, String> tagOf,
      Consumer<T> rows) {
    if (shelf.tables().size() == 1) {
      database.query(sql.formatted(shelf.base()), tag, row -> rows.accept(of.apply(row)));
      return;
    }
    List<T> all = new ArrayList<>();
    for (String name : shelf.tables()) {
      database.query(sql.formatted(name), tag, row -> all.add(of.apply(row)));
    }
    all.sort(Comparator.comparingLong(us));
    once(all, us, tagOf, rows);
  }

  /** One that is made anew after it was moved lies in two tables; the first table's is newer. */
  private static <T> void once(
      List<T> sorted, ToLongFunction<T> time, Function<T, String> tag, Consumer<T> rows) {
    Set<String> tags = new HashSet<>();
    long us = Long.MIN_VALUE;
    for (T row : sorted) {
      if (time.applyAsLong(row) != us) {
        us = time.applyAsLong(row);
        tags.clear();
      }
      if (tags.add(tag.apply(row))) {
        rows.accept(row);
      }
    }
  }

  private static Outline outline(Record row) {
    long us = row.getTimestamp(0);
    return new Outline(
        us,
        row.getDouble(1),
        row.getDouble(2),
        row.getDouble(3),
        row.getDouble(4),
        time(us, row.getInt(5)),
        time(us, row.getInt(6)),
        time(us, row.getInt(7)),
        time(us, row.getInt(8)),
        time(us, row.getInt(9)));
  }

  private static Rollup of(Record row) {
    long us = row.getTimestamp(0);
    return new Rollup(
        String.valueOf(row.getSymA(1)),
        us,
        row.getInt(2),
        row.getInt(3),
        row.getDouble(4),
        row.getDouble(5),
        row.getDouble(6),
        row.getDouble(7),
        row.getDouble(8),
        row.getDouble(9),
        Integer.toUnsignedLong(row.getInt(10)),
        row.getDouble(11),
        time(us, row.getInt(12)),
        time(us, row.getInt(13)),
        time(us, row.getInt(14)),
        time(us, row.getInt(15)),
        time(us, row.getInt(16)),
        End.ofCode(row.getByte(17)));
  }

  private static long time(long us, int offset) {
    return offset == NOT ? -1 : us + Integer.toUnsignedLong(offset);
  }

  /**
   * True when a row of a file that may be damaged can be a roll-up: its numbers fit each other.
   *
   * @param table name of the period's table
   */
  static boolean isRollup(PartFiles files, int row, String table) throws IOException {
    Period period = table.equals(Period.HOUR.table()) ? Period.HOUR : Period.MINUTE;
    long us = files.us(row);
    long samples = files.whole(SAMPLES, row);
    long used = files.whole(USED, row);
    double good = files.real(GOOD, row);
    return files.text(TAG, row) != null
        && period.floor(us) == us
        && samples > 0
        && used >= 0
        && used <= samples
        && good >= 0
        && good <= 1
        && files.whole(ENDS, row) >= 0
        && files.whole(ENDS, row) <= End.NONE.code()
        && timesFit(files, row, period, used > 0)
        && (used == 0 || valuesFit(files, row));
  }

  private static boolean timesFit(PartFiles files, int row, Period period, boolean used) {
    for (int column = FIRST_AT; column <= GAP_AT; column++) {
      int offset = (int) files.whole(column, row);
      boolean may = offset == NOT ? !used || column == GAP_AT : used || column == GAP_AT;
      if (!may || (offset != NOT && Integer.toUnsignedLong(offset) >= period.us())) {
        return false;
      }
    }
    return true;
  }

  private static boolean valuesFit(PartFiles files, int row) {
    double low = files.real(LOW, row);
    double high = files.real(HIGH, row);
    double slack = 1e-9 * Math.max(Math.abs(low), Math.abs(high)); // means are rounded
    for (int column : new int[] {FIRST, LAST, MEAN}) {
      double value = files.real(column, row);
      if (!(value >= low - slack && value <= high + slack)) {
        return false;
      }
    }
    return low <= high;
  }
}
