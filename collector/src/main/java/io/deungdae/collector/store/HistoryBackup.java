package io.deungdae.collector.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.deungdae.collector.store.Database.Table;
import io.questdb.cairo.wal.WalWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A copy of the history in a folder: for each table and day a file of rows, and a list of them with
 * row counts and checksums. It says what the rows are and not how the database keeps them, so it
 * can be read without the database and outlives its versions.
 */
public final class HistoryBackup {

  /** The list, in the backup's folder. */
  static final String MANIFEST = "history.json";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int VERSION = 1;
  private static final long HOUR_US = 3_600_000_000L;
  private static final long DAY_US = 24 * HOUR_US;
  private static final int ROWS_IN_COMMIT = 200_000;
  private static final int ROWS_BETWEEN_LOOKS = 10_000;

  private HistoryBackup() {}

  /** Is told how far it is. */
  @FunctionalInterface
  public interface Progress {
    /** Rows dealt with so far, and about how many there are in all. */
    void rows(long done, long all);
  }

  /**
   * A day of a table.
   *
   * @param day the day, UTC, as 2026-11-23
   * @param file its file, relative to the folder
   * @param rows rows in it
   * @param bytes size of the file
   * @param crc CRC32C of the file, hexadecimal
   * @param sum the sum of its rows' checksums, hexadecimal
   * @param mark the same as long as the day has the same rows; empty when that is not known
   */
  public record Day(
      String day, String file, long rows, long bytes, String crc, String sum, String mark) {}

  /**
   * A table.
   *
   * @param name its name
   * @param create the statement that makes it
   * @param days its days, the oldest first
   */
  public record TableDays(String name, String create, List<Day> days) {}

  /**
   * What a backup of the history has.
   *
   * @param version of the format
   * @param lastSeq every row up to this number is in it, and none after it
   * @param tables its tables
   */
  public record Manifest(int version, long lastSeq, List<TableDays> tables) {
    /** Rows in all tables. */
    public long rows() {
      return days().stream().mapToLong(Day::rows).sum();
    }

    List<Day> days() {
      return tables.stream().flatMap(table -> table.days().stream()).toList();
    }
  }

  // ---- making

  /**
   * Copies a history that may be open and written to.
   *
   * @param folder an empty folder
   * @param earlier an earlier backup's folder of the same history, whose files of days that have
   *     not changed are linked or copied; or null
   * @param upTo the last row that is wanted
   */
  static Manifest make(
      Database database, long upTo, Path folder, @Nullable Path earlier, Progress progress)
      throws IOException {
    Map<String, Day> known = new HashMap<>();
    if (earlier != null && Files.exists(earlier.resolve(MANIFEST))) {
      for (TableDays table : read(earlier).tables()) {
        table.days().forEach(day -> known.put(day.file(), day));
      }
    }
    Map<Table, List<Day>> wanted = new java.util.LinkedHashMap<>();
    for (Table table : database.tables()) {
      wanted.put(table, days(database, table, upTo));
    }
    long all = wanted.values().stream().flatMap(List::stream).mapToLong(Day::rows).sum();
    long done = 0;
    List<TableDays> tables = new ArrayList<>();
    for (Map.Entry<Table, List<Day>> entry : wanted.entrySet()) {
      Table table = entry.getKey();
      Files.createDirectories(folder.resolve(table.name()));
      List<Day> days = new ArrayList<>();
      for (Day day : entry.getValue()) {
        Day before = known.get(day.file());
        long offset = done;
        if (before != null
            && !day.mark().isEmpty()
            && before.mark().equals(day.mark())
            && before.rows() == day.rows()
            && earlier != null) {
          take(earlier.resolve(day.file()), folder.resolve(day.file()));
          days.add(before);
        } else {
          days.add(
              copy(database, table, day, upTo, folder, rows -> progress.rows(offset + rows, all)));
        }
        done += day.rows();
        progress.rows(done, all);
      }
      tables.add(new TableDays(table.name(), database.create(table), days));
    }
    Manifest manifest = new Manifest(VERSION, upTo, tables);
    JSON.writerWithDefaultPrettyPrinter().writeValue(folder.resolve(MANIFEST).toFile(), manifest);
    return manifest;
  }

  private static void take(Path from, Path to) throws IOException {
    try {
      Files.createLink(to, from);
    } catch (IOException | UnsupportedOperationException e) {
      Files.copy(from, to);
    }
  }

  private static List<Day> days(Database database, Table table, long upTo) {
    String mark =
        table.numbered() ? ", concat(max(seq), '-', sum(seq % 1000003), '-', min(seq))" : "";
    List<Day> days = new ArrayList<>();
    database.query(
        "SELECT timestamp_floor('d', "
            + table.time()
            + ") day, count()"
            + mark
            + " FROM "
            + table.name()
            + (table.numbered() ? " WHERE seq <= " + upTo : "")
            + " ORDER BY day",
        null,
        row -> {
          String day =
              LocalDate.ofInstant(SourceTimes.instant(row.getTimestamp(0)), ZoneOffset.UTC)
                  .toString();
          days.add(
              new Day(
                  day,
                  table.name() + "/" + day + ".rows",
                  row.getLong(1),
                  0,
                  "",
                  "",
                  table.numbered() ? String.valueOf(row.getStrA(2)) : ""));
        });
    return days;
  }

  /** Is told of rows of one file. */
  private interface Counter {
    void rows(long rows);
  }

  private static Day copy(
      Database database, Table table, Day day, long upTo, Path folder, Counter counter)
      throws IOException {
    Path file = folder.resolve(day.file());
    long fromUs =
        SourceTimes.micros(LocalDate.parse(day.day()).atStartOfDay(ZoneOffset.UTC).toInstant());
    try (DayFile.Writing writing = new DayFile.Writing(file, database.shape(table))) {
      long[] rows = {0};
      // Hour by hour, so that nobody who wants to close the database has to wait for a whole day.
      for (long us = fromUs; us < fromUs + DAY_US; us += HOUR_US) {
        database.query(
            "SELECT * FROM "
                + table.name()
                + " WHERE "
                + table.time()
                + " >= "
                + us
                + " AND "
                + table.time()
                + " < "
                + (us + HOUR_US)
                + (table.numbered() ? " AND seq <= " + upTo : ""),
            null,
            row -> {
              add(writing, row);
              if (++rows[0] % ROWS_BETWEEN_LOOKS == 0) {
                counter.rows(rows[0]);
              }
            });
      }
      DaySums sums = writing.finish();
      return new Day(
          day.day(),
          day.file(),
          sums.rows(),
          Files.size(file),
          Long.toHexString(writing.crc()),
          Long.toHexString(sums.sum()),
          day.mark());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void add(DayFile.Writing writing, io.questdb.cairo.sql.Record row) {
    try {
      writing.add(row);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // ---- checking

  /**
   * What a backup says it has.
   *
   * @throws IOException when it cannot be read, or is of another version
   */
  public static Manifest read(Path folder) throws IOException {
    Manifest manifest = JSON.readValue(folder.resolve(MANIFEST).toFile(), Manifest.class);
    if (manifest.version() != VERSION) {
      throw new IOException(
          folder + " was made by another version: " + manifest.version() + ", not " + VERSION);
    }
    return manifest;
  }

  /**
   * Reads everything and compares it with what the backup says it has.
   *
   * @return what is wrong; empty when nothing is
   */
  public static List<String> verify(Path folder, Progress progress) throws IOException {
    Manifest manifest = read(folder);
    List<String> wrong = new ArrayList<>();
    long done = 0;
    for (Day day : manifest.days()) {
      fault(folder.resolve(day.file()), day).ifPresent(wrong::add);
      done += day.rows();
      progress.rows(done, manifest.rows());
    }
    return wrong;
  }

  private static Optional<String> fault(Path file, Day day) {
    try {
      if (!Files.exists(file)) {
        return Optional.of(file + " is missing");
      }
      if (!Long.toHexString(DayFile.crc(file)).equals(day.crc())) {
        return Optional.of(file + " is damaged: its checksum is another");
      }
      DaySums sums = DayFile.read(file, new Ignored());
      boolean same = sums.rows() == day.rows() && Long.toHexString(sums.sum()).equals(day.sum());
      return same ? Optional.empty() : Optional.of(file + " has other rows than it should");
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static final class Ignored implements DayFile.Rows {
    @Override
    public void shape(TableShape shape) {}

    @Override
    public void row(TableShape.Row row) {}
  }

  // ---- restoring

  /**
   * Makes a history from a backup, and compares every day and tag with it.
   *
   * @param folder where there is no history yet
   * @throws IOException when something in the backup is damaged, or did not arrive
   */
  public static Manifest restore(Path from, Path folder, Progress progress) throws IOException {
    Manifest manifest = read(from);
    try (Database database = Database.open(folder)) {
      long done = 0;
      long all = 2 * manifest.rows();
      for (TableDays table : manifest.tables()) {
        Table into = database.table(table.name(), table.create());
        for (Day day : table.days()) {
          fill(database, into, from.resolve(day.file()), day);
          done += day.rows();
          progress.rows(done, all);
        }
        database.bringIn(into);
      }
      for (TableDays table : manifest.tables()) {
        Table into = database.table(table.name(), table.create());
        for (Day day : table.days()) {
          compare(database, into, from.resolve(day.file()), day);
          done += day.rows();
          progress.rows(done, all);
        }
      }
    }
    return manifest;
  }

  private static void fill(Database database, Table table, Path file, Day day) throws IOException {
    if (!Long.toHexString(DayFile.crc(file)).equals(day.crc())) {
      throw new IOException(file + " is damaged: its checksum is another");
    }
    try (Filling filling = new Filling(database, table)) {
      DaySums sums = DayFile.read(file, filling);
      filling.commit();
      if (sums.rows() != day.rows()) {
        throw new IOException(file + " has " + sums.rows() + " rows, not " + day.rows());
      }
    }
    database.bringIn(table);
  }

  /** Puts rows into a table. */
  private static final class Filling implements DayFile.Rows, AutoCloseable {
    private final Database database;
    private final Table table;
    private final WalWriter writer;
    private int[] places = {};
    private int waiting;

    Filling(Database database, Table table) {
      this.database = database;
      this.table = table;
      this.writer = database.writer(table);
    }

    @Override
    public void shape(TableShape shape) throws IOException {
      places = shape.placesIn(database.columns(table));
    }

    @Override
    public void row(TableShape.Row row) {
      row.put(writer.newRow(row.us()), places);
      if (++waiting == ROWS_IN_COMMIT) {
        commit();
      }
    }

    void commit() {
      if (waiting > 0) {
        writer.commit();
        waiting = 0;
      }
    }

    @Override
    public void close() {
      writer.close();
    }
  }

  private static void compare(Database database, Table table, Path file, Day day)
      throws IOException {
    DaySums told = DayFile.read(file, new Ignored());
    DaySums found = new DaySums();
    TableShape shape = database.shape(table);
    long fromUs =
        SourceTimes.micros(LocalDate.parse(day.day()).atStartOfDay(ZoneOffset.UTC).toInstant());
    database.query(
        "SELECT * FROM "
            + table.name()
            + " WHERE "
            + table.time()
            + " >= "
            + fromUs
            + " AND "
            + table.time()
            + " < "
            + (fromUs + DAY_US),
        null,
        row -> found.add(shape.tag(row), shape.sum(row)));
    String difference = told.differenceTo(found);
    if (!difference.isEmpty()) {
      throw new IOException(table.name() + " " + day.day() + " was not restored: " + difference);
    }
  }
}
