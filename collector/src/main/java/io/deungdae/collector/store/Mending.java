package io.deungdae.collector.store;

import io.deungdae.collector.signal.Clock;
import io.questdb.cairo.sql.RecordMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the tables beside that of the samples: those of classes, and of roll-ups. A day or month
 * of one whose files are cut off is put aside and read into its table again, row by row, without
 * touching the rest.
 */
final class Mending {

  private static final long DAY_MS = 86_400_000L;

  private Mending() {}

  /**
   * Brings the tables up to date and mends what is damaged; what was is reported.
   *
   * @throws IOException when a table as a whole is damaged
   */
  static void run(Database database, Path folder, Clock clock) throws IOException {
    boolean mended = false;
    for (String table : database.others()) {
      for (String name : damaged(database, table)) {
        mend(database, folder, table, name, clock.now());
        mended = true;
      }
      database.applyAll(table);
      database.checkSizes(table);
    }
    if (mended) {
      KeepState.open(folder).rollUpAnew(SourceTimes.micros(clock.now()));
    }
  }

  /** Brings the tables up to date, for those who want to know whether the program outlives it. */
  static void look(Database database) throws IOException {
    for (String table : database.others()) {
      database.checkSizes(table);
      database.applyAll(table);
    }
  }

  private static Set<String> damaged(Database database, String table) throws IOException {
    RecordMetadata columns = database.columns(database.table(table));
    Set<String> damaged = new TreeSet<>();
    for (Part part : database.parts(table)) {
      try {
        part.check(columns);
      } catch (Opening.DamageException e) {
        damaged.add(part.name());
      }
    }
    return damaged;
  }

  private static void mend(Database database, Path folder, String table, String name, Instant now)
      throws IOException {
    List<@Nullable String> names = SymbolFile.read(database.home(table), TagNames.load(folder));
    String aside = Opening.aside(now);
    List<Part> parts =
        database.parts(table).stream().filter(part -> part.name().equals(name)).toList();
    List<Path> copies = new ArrayList<>();
    for (Part part : parts) { // the database may cut a day into several
      Path copy = folder.resolve(aside).resolve(table).resolve(part.folder().getFileName());
      copy(part.folder(), copy);
      copies.add(copy);
    }
    database.execute("ALTER TABLE " + table + " DROP PARTITION LIST '" + name + "'");
    database.applyAll(table);
    long read = 0;
    for (Path copy : copies) {
      read += Salvage.again(copy, table, names, database).rows();
    }
    boolean month = name.length() == 7;
    LocalDate day = LocalDate.parse(month ? name + "-01" : name);
    LocalDate end = month ? day.plusMonths(1) : day.plusDays(1);
    Opening.report(
        folder,
        new Damage(
            now.toEpochMilli(),
            "files of " + table + " " + name + " are cut off",
            day.toEpochDay() * DAY_MS,
            end.toEpochDay() * DAY_MS,
            parts.stream().mapToLong(Part::rows).sum() - read,
            0,
            aside));
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    if (!Files.isDirectory(from)) {
      return;
    }
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(String.valueOf(file.getFileName())));
      }
    }
  }
}
