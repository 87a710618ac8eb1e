package io.deungdae.collector.store;

import io.questdb.cairo.TableWriter;
import io.questdb.cairo.sql.RecordMetadata;
import io.questdb.cairo.wal.WalWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets the rows out of a database's files that the database itself cannot or must not open any
 * more: samples, those of classes, and roll-ups. It reads the columns' files of days and months,
 * and of the samples' write-ahead log, ignores everything that says which of them are in force, and
 * takes every row that can be one: rows that turn up twice have the same keys and become one row
 * again. Reads only.
 */
final class Salvage {

  private static final Logger LOG = LoggerFactory.getLogger(Salvage.class);
  private static final Pattern TABLE =
      Pattern.compile("((samples|minutes|hours)(?:_(" + KeepClass.NAME + "))?)~\\d+");
  private static final Pattern PART = Pattern.compile("\\d{4}-\\d{2}(-\\d{2})?([T.].*)?");
  private static final Pattern WAL = Pattern.compile("wal\\d+");
  private static final Pattern SEGMENT = Pattern.compile("\\d+");
  private static final int ROWS_IN_COMMIT = 200_000;
  private static final long LATEST_US = 4_102_444_800_000_000L; // 2100-01-01

  /**
   * What was read of a table.
   *
   * @param table its name
   * @param rows rows, some of them more than once
   * @param unreadable rows that cannot be what was stored, as far as can be told
   * @param fromUs start of the first day or month that has such rows
   * @param toUs end of the last one
   */
  record Read(String table, long rows, long unreadable, long fromUs, long toUs) {

    /** What is to be told of it; of plain samples the ledger tells exactly. */
    Optional<Damage> damage(Instant now, String aside) {
      if (table.equals("samples") || unreadable == 0) {
        return Optional.empty();
      }
      String what =
          table.startsWith("samples")
              ? "samples of the class table " + table + " cannot be read"
              : "roll-ups (" + table + ") cannot be read; made anew where samples are left";
      return Optional.of(
          new Damage(now.toEpochMilli(), what, fromUs / 1_000, toUs / 1_000, unreadable, 0, aside));
    }
  }

  private final String level;
  private final RecordMetadata columns;
  private final List<@Nullable String> names;
  private final WalWriter into;
  private long rows;
  private long unreadable;
  private long badFromUs = Long.MAX_VALUE;
  private long badToUs;
  private int waiting;

  private Salvage(
      String level, RecordMetadata columns, List<@Nullable String> names, WalWriter into) {
    this.level = level;
    this.columns = columns;
    this.names = names;
    this.into = into;
  }

  /**
   * Puts all rows that can be read into a database that has none, and brings those into their
   * tables that are not plain samples.
   *
   * @param from the damaged history's folder
   * @return what was read of each table
   */
  static List<Read> run(Path from, Database database) throws IOException {
    List<Read> read = new ArrayList<>();
    for (Path folder : folders(from, TABLE)) {
      Matcher name = TABLE.matcher(String.valueOf(folder.getFileName()));
      if (name.matches()) {
        shelve(database, name.group(1));
        read.add(table(from, folder, name.group(2), name.group(1), database));
      }
    }
    return read;
  }

  /** Makes the table of a level, or of a class of it, when there is none. */
  static void shelve(Database database, String table) {
    int end = table.indexOf('_');
    String level = end < 0 ? table : table.substring(0, end);
    Shelf shelf = database.samples();
    for (Period period : Period.values()) {
      if (period.table().equals(level)) {
        shelf = new RollupTable(database, period).shelf();
      }
    }
    if (end > 0) {
      shelf.of(table.substring(end + 1));
    }
  }

  private static Read table(Path from, Path folder, String level, String table, Database database)
      throws IOException {
    boolean samples = table.equals("samples");
    List<String> ours = TagNames.load(from);
    List<@Nullable String> theirs = SymbolFile.read(folder, ours);
    List<@Nullable String> names =
        samples && ours.size() >= theirs.size() ? new ArrayList<>(ours) : theirs;
    Database.Table into = database.table(table);
    try (WalWriter writer = database.writer(into)) {
      Salvage salvage = new Salvage(level, database.columns(into), names, writer);
      for (Path part : folders(folder, PART)) {
        salvage.part(part);
      }
      if (samples) { // the others are applied before anything relies on them
        for (Path wal : folders(folder, WAL)) {
          for (Path segment : folders(wal, SEGMENT)) {
            salvage.pour(segment, PartFiles.TIME_IN_LOG, 0, LATEST_US);
          }
        }
      }
      salvage.commit();
      if (!samples) {
        database.bringIn(into);
      }
      LOG.info(
          "history salvaged table={} rows={} unreadable={}",
          table,
          salvage.rows,
          salvage.unreadable);
      return new Read(table, salvage.rows, salvage.unreadable, salvage.badFromUs, salvage.badToUs);
    }
  }

  /**
   * Puts what can be read of one day or month, whose files were put aside, into its table again.
   */
  static Read again(
      Path part,
      String table,
      List<@Nullable String> names,
      Database database,
      Consumer<MendingStep> reached)
      throws IOException {
    Database.Table into = database.table(table);
    String level = table.contains("_") ? table.substring(0, table.indexOf('_')) : table;
    try (WalWriter writer = database.writer(into)) {
      Salvage salvage = new Salvage(level, database.columns(into), names, writer);
      salvage.part(part);
      salvage.commit();
      reached.accept(MendingStep.POURED);
      database.bringIn(into);
      return new Read(table, salvage.rows, salvage.unreadable, salvage.badFromUs, salvage.badToUs);
    }
  }

  private static List<Path> folders(Path above, Pattern name) throws IOException {
    try (Stream<Path> inside = Files.list(above)) {
      return inside
          .filter(path -> Files.isDirectory(path))
          .filter(path -> name.matcher(String.valueOf(path.getFileName())).matches())
          .sorted(Comparator.comparing(Salvage::version).thenComparing(Comparator.naturalOrder()))
          .toList();
    }
  }

  /** Later versions of a day have a higher number behind a dot; they come last and stay. */
  private static long version(Path folder) {
    String name = String.valueOf(folder.getFileName());
    int dot = name.indexOf('.');
    try {
      return dot < 0 ? 0 : Long.parseLong(name.substring(dot + 1));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  // ---- rows

  private void part(Path folder) {
    String name = String.valueOf(folder.getFileName());
    boolean day = name.length() >= 10 && name.charAt(7) == '-';
    try {
      LocalDate from = LocalDate.parse(day ? name.substring(0, 10) : name.substring(0, 7) + "-01");
      LocalDate to = day ? from.plusDays(1) : from.plusMonths(1);
      pour(folder, PartFiles.TIME, micros(from), micros(to));
    } catch (DateTimeException e) {
      LOG.warn("history has a folder that is no day, it is left out folder={}", folder);
    }
  }

  private static long micros(LocalDate day) {
    return SourceTimes.micros(day.atStartOfDay(ZoneOffset.UTC).toInstant());
  }

  private void pour(Path folder, int timeWidth, long fromUs, long toUs) {
    try (PartFiles files = new PartFiles(folder, columns, names, timeWidth)) {
      pour(files, fromUs, toUs);
    } catch (IOException e) {
      LOG.warn("a part of the history cannot be read folder={} reason={}", folder, e.toString());
      bad(1, fromUs, toUs);
    }
  }

  private void bad(long count, long fromUs, long toUs) {
    unreadable += count;
    badFromUs = Math.min(badFromUs, fromUs);
    badToUs = Math.max(badToUs, toUs);
  }

  private void pour(PartFiles files, long fromUs, long toUs) throws IOException {
    long first = 0;
    for (int count = files.load(first); count > 0; count = files.load(first)) {
      boolean any = false;
      for (int row = 0; row < count; row++) {
        long us = files.us(row);
        if (us < fromUs || us >= toUs) {
          continue;
        }
        if (!files.has(row)) {
          bad(1, fromUs, toUs); // a file was cut off
          any = true;
          continue;
        }
        any |= isWritten(files, row);
        if (isRow(files, row)) {
          take(files, row, us);
        } else if (isWritten(files, row)) {
          bad(1, fromUs, toUs);
        }
      }
      if (!any) {
        return; // the rest of the file was never written
      }
      first += count;
    }
  }

  private void take(PartFiles files, int row, long us) throws IOException {
    TableWriter.Row fresh = into.newRow(us);
    files.put(row, fresh);
    rows++;
    if (++waiting == ROWS_IN_COMMIT) {
      commit();
    }
  }

  /** False for room that was never used. */
  private boolean isWritten(PartFiles files, int row) {
    return level.equals("samples")
        ? files.whole(Database.SEQ, row) > 0
        : files.whole(RollupTable.SAMPLES, row) > 0;
  }

  private boolean isRow(PartFiles files, int row) throws IOException {
    if (files.text(Database.TAG, row) == null) {
      return false;
    }
    return level.equals("samples") ? isSample(files, row) : RollupTable.isRollup(files, row, level);
  }

  private static boolean isSample(PartFiles files, int row) throws IOException {
    byte code = (byte) files.whole(Database.KIND, row);
    return files.whole(Database.SEQ, row) > 0
        && StoredValue.isKnown(code)
        && (code != StoredValue.TEXT || files.text(Database.TEXT, row) != null);
  }

  private void commit() {
    if (waiting > 0) {
      into.commit();
      waiting = 0;
    }
  }
}
