package io.deungdae.collector.store;

import io.deungdae.collector.signal.Clock;
import io.questdb.cairo.sql.RecordMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the tables beside that of the samples: those of classes, and of roll-ups. A day or month
 * of one whose files are cut off is put aside and read into its table again, row by row, without
 * touching the rest. Each step is noted before it is taken, so that a crash in between loses
 * nothing: the next start begins again with the copies.
 */
final class Mending {

  private static final Logger LOG = LoggerFactory.getLogger(Mending.class);

  // What the note has.
  private static final String TABLE = "table";
  private static final String NAME = "part";
  private static final String ROWS = "rows";

  private Mending() {}

  /**
   * Brings the tables up to date and mends what is damaged, what a crash has interrupted first;
   * what was damaged is reported.
   *
   * @param reached told of each step
   * @throws IOException when a table as a whole is damaged
   */
  static void run(Database database, Path folder, Clock clock, Consumer<MendingStep> reached)
      throws IOException {
    takeUp(database, folder, clock, reached);
    for (String table : database.others()) {
      for (String name : damaged(database, table)) {
        mend(database, folder, table, name, clock.now(), reached);
      }
      database.applyAll(table);
      database.checkSizes(table);
    }
  }

  /** Takes up the mending of a day or month that was interrupted, if there is one. */
  static void takeUp(Database database, Path folder, Clock clock, Consumer<MendingStep> reached)
      throws IOException {
    MendingNote note = MendingNote.open(folder, MendingNote.PART);
    if (!note.isTakenUpAgain()) {
      return;
    }
    Path copies = note.aside().resolve(note.text(TABLE));
    LOG.warn(
        "history mending was interrupted, it is taken up again table={} part={} aside={}",
        note.text(TABLE),
        note.text(NAME),
        note.aside());
    if (note.isAllAside() && Files.isDirectory(copies)) {
      refill(database, folder, note, clock.now(), reached);
      return;
    }
    for (Path half : copies(copies, note.text(NAME))) {
      Folders.delete(half); // the files themselves are in their place, and are found again
    }
    note.end();
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

  private static void mend(
      Database database,
      Path folder,
      String table,
      String name,
      Instant now,
      Consumer<MendingStep> reached)
      throws IOException {
    List<Part> parts =
        database.parts(table).stream().filter(part -> part.name().equals(name)).toList();
    long rows = parts.stream().mapToLong(Part::rows).sum();
    MendingNote note =
        MendingNote.open(folder, MendingNote.PART)
            .with(TABLE, table)
            .with(NAME, name)
            .with(ROWS, Long.toString(rows));
    note.begin(Opening.aside(now));
    reached.accept(MendingStep.NOTED);
    Path copies = note.aside().resolve(table);
    Files.createDirectories(copies);
    for (String names : SymbolFile.FILES) {
      copy(database.home(table).resolve(names), copies);
    }
    reached.accept(MendingStep.HALF_ASIDE);
    for (Part part : parts) { // the database may cut a day into several
      copyAll(part.folder(), copies.resolve(part.folder().getFileName()));
    }
    Folders.force(copies);
    note.allAside();
    reached.accept(MendingStep.ASIDE);
    refill(database, folder, note, now, reached);
  }

  /** Puts the rows of the files that are aside into the table; the same when done once more. */
  private static void refill(
      Database database, Path folder, MendingNote note, Instant now, Consumer<MendingStep> reached)
      throws IOException {
    String table = note.text(TABLE);
    String name = note.text(NAME);
    Path aside = note.aside().resolve(table);
    empty(database, table, name);
    reached.accept(MendingStep.EMPTY);
    List<@Nullable String> names = SymbolFile.read(aside, TagNames.load(folder));
    long read = 0;
    for (Path copy : copies(aside, name)) {
      read += Salvage.again(copy, table, names, database, reached).rows();
    }
    reached.accept(MendingStep.BACK);
    KeepState.open(folder).rollUpAnew(SourceTimes.micros(now));
    note.tell(
        new Damage(
            now.toEpochMilli(),
            "files of " + table + " " + name + " are cut off",
            Part.fromUs(name) / 1_000,
            Part.toUs(name) / 1_000,
            Math.max(0, note.number(ROWS) - read),
            0,
            String.valueOf(note.aside().getFileName())));
    reached.accept(MendingStep.TOLD);
    note.end();
  }

  private static void empty(Database database, String table, String name) throws IOException {
    if (!database.tableNames().contains(table)) {
      Salvage.shelve(database, table);
    }
    database.applyAll(table);
    if (database.parts(table).stream().anyMatch(part -> part.name().equals(name))) {
      database.execute("ALTER TABLE " + table + " DROP PARTITION LIST '" + name + "'");
      database.applyAll(table);
    }
  }

  private static List<Path> copies(Path aside, String name) throws IOException {
    if (!Files.isDirectory(aside)) {
      return List.of();
    }
    try (Stream<Path> inside = Files.list(aside)) {
      return inside
          .filter(path -> Files.isDirectory(path))
          .filter(path -> Part.name(path).equals(name))
          .sorted()
          .toList();
    }
  }

  private static void copyAll(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    if (!Files.isDirectory(from)) {
      return;
    }
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        copy(file, to);
      }
    }
    Folders.force(to);
  }

  private static void copy(Path file, Path into) throws IOException {
    if (Files.exists(file)) {
      Path copy = into.resolve(String.valueOf(file.getFileName()));
      Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      Folders.forceFile(copy);
    }
  }
}
