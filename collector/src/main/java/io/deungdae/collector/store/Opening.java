package io.deungdae.collector.store;

import io.deungdae.collector.signal.Clock;
import io.questdb.cairo.CairoException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a history, whatever state its files are in. When the database cannot be opened, or shows
 * fewer rows than were stored, its files are put aside, a new one is made and every row that can
 * still be read is put into it; what is then missing is said.
 *
 * @param database open and up to date
 * @param recovery spans and the last number
 * @param ledger open for writing
 * @param names open for writing
 */
record Opening(Database database, Recovery recovery, Ledger ledger, TagNames names) {

  private static final Logger LOG = LoggerFactory.getLogger(Opening.class);
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

  /** It is there from the beginning of an opening to its end. */
  private static final String MARK = "opening";

  private static final String SPANS = "spans";

  /** In the note of a salvage: what has happened. */
  private static final String WHY = "why";

  /** Files that are ours and not the database's; the others are put aside together. */
  private static final Set<String> OURS =
      Set.of(
          MARK,
          SPANS,
          "lock",
          Ledger.FILE,
          TagNames.FILE,
          KeepState.FILE,
          MendingNote.WHOLE,
          MendingNote.PART,
          Proofreader.FILE,
          "held.0",
          "held.1",
          "damage.jsonl");

  /** What the database has in a folder. */
  private static final Pattern DATABASE =
      Pattern.compile(".+~\\d+(\\.lock)?|tables\\.d\\..+|_.+\\.d|\\.data_id");

  /** Full disk, too many files, no rights: no damage. */
  private static final Set<Integer> NO_DAMAGE = Set.of(1, 13, 23, 24, 28, 30, 122);

  private static final Duration LONGEST_STANDSTILL = Duration.ofMinutes(1);

  /** Opens it, or makes it when there is none. */
  static Opening open(Path folder, Clock clock) throws IOException {
    return open(folder, clock, step -> LOG.debug("history mending step={}", step));
  }

  /**
   * The same.
   *
   * @param reached told of each step when something has to be put in order
   */
  static Opening open(Path folder, Clock clock, Consumer<MendingStep> reached) throws IOException {
    Path mark = folder.resolve(MARK);
    Ledger ledger = Ledger.read(folder);
    MendingNote note = salvage(folder);
    boolean salvaging = note.isTakenUpAgain();
    boolean died = Files.exists(mark) && !salvaging && !OpeningTrial.survives(folder);
    if (!Files.exists(mark)) {
      Files.createFile(mark);
    }
    Opening opened = null;
    String why = "the program died while it was opened";
    if (!died && !salvaging) {
      try {
        opened = attempt(folder, clock, ledger, reached);
        long missing = ledger.isWhole() ? ledger.rows() - rows(opened.database) : 0;
        if (missing > 0) {
          why = "it shows " + missing + " rows less than were stored";
          opened.release();
          opened = null;
        }
      } catch (HistoryInUseException e) {
        Files.deleteIfExists(mark);
        throw e;
      } catch (IOException | RuntimeException | InternalError e) {
        if (!isDamage(e)) {
          throw e instanceof IOException io ? io : new IOException(e.toString(), e);
        }
        why = String.valueOf(e.getMessage());
      }
    }
    if (opened == null) {
      opened = salvaged(folder, clock, ledger, salvaging ? note : note.with(WHY, why), reached);
    }
    opened.settle(folder, clock);
    note.end();
    Files.deleteIfExists(mark);
    return opened;
  }

  private static MendingNote salvage(Path folder) throws IOException {
    MendingNote note = MendingNote.open(folder, MendingNote.WHOLE);
    if (note.isAllAside() && !Files.isDirectory(note.aside())) {
      LOG.warn(
          "damaged history is not there any more, what was read is kept aside={}", note.aside());
      note.end();
      return MendingNote.open(folder, MendingNote.WHOLE);
    }
    return note;
  }

  private static long rows(Database database) {
    return database.number("SELECT count() FROM samples", null, 0);
  }

  private static Opening attempt(
      Path folder, Clock clock, Ledger ledger, Consumer<MendingStep> reached) throws IOException {
    checkRegistry(folder);
    Database database = Database.open(folder);
    try {
      bringUpToDate(database, clock);
      Mending.run(database, folder, clock, reached);
      Recovery recovery = Recovery.run(database, folder.resolve(SPANS), ledger);
      return new Opening(database, recovery, ledger, TagNames.open(folder, database.symbols()));
    } catch (IOException | RuntimeException | InternalError e) {
      abandon(database);
      throw e;
    }
  }

  /**
   * The list of tables begins with its own length; with a wrong one the database reads for ever.
   */
  private static void checkRegistry(Path folder) throws IOException {
    try (DirectoryStream<Path> lists = Files.newDirectoryStream(folder, "tables.d.*[0-9]")) {
      for (Path list : lists) {
        byte[] bytes = Files.readAllBytes(list);
        long length =
            bytes.length < Long.BYTES
                ? -1
                : ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (length < 0 || length > bytes.length) {
          throw new DamageException(list + " is damaged");
        }
      }
    }
  }

  private static void abandon(Database database) {
    try {
      database.close();
    } catch (IOException | RuntimeException | InternalError e) {
      LOG.debug("closing a damaged history", e);
    }
  }

  private void release() throws IOException {
    recovery.spans().close();
    names.close();
    abandon(database);
  }

  /** Applies what was committed, and looks whether all files are as long as they must be. */
  static void bringUpToDate(Database database, Clock clock) throws IOException {
    database.checkSizes("samples");
    long progressNs = clock.nanoTime();
    long before = -1;
    for (int resumed = 0; database.visibleTxn() < database.lastTxn(); ) {
      database.apply();
      long visible = database.visibleTxn();
      if (visible > before) {
        before = visible;
        progressNs = clock.nanoTime();
      } else if (database.suspension() != null && resumed++ < 2) {
        database.resume();
      } else if (database.suspension() != null
          || clock.nanoTime() - progressNs > LONGEST_STANDSTILL.toNanos()) {
        throw new DamageException(
            "committed history cannot be brought into the table: " + database.suspension());
      }
    }
    database.checkSizes("samples");
  }

  /** The files are not what they should be. */
  static final class DamageException extends IOException {
    private static final long serialVersionUID = 1;

    DamageException(String message) {
      super(message);
    }
  }

  static boolean isDamage(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof CairoException cairo && NO_DAMAGE.contains(cairo.getErrno())) {
        return false;
      }
      if (cause instanceof AccessDeniedException) {
        return false;
      }
      if (cause instanceof FileSystemException file
          && String.valueOf(file.getReason()).contains("space left")) {
        return false;
      }
    }
    return true;
  }

  // ---- salvage

  private static Opening salvaged(
      Path folder, Clock clock, Ledger ledger, MendingNote note, Consumer<MendingStep> reached)
      throws IOException {
    FileChannel lock = Database.lock(folder); // until the database takes it itself
    try {
      putAside(folder, note, clock.now(), reached);
    } finally {
      lock.close();
    }
    Database database = Database.open(folder);
    reached.accept(MendingStep.EMPTY);
    try {
      return filled(folder, database, clock, ledger, note, reached);
    } catch (IOException | RuntimeException | InternalError e) {
      abandon(database);
      throw e;
    }
  }

  private static Opening filled(
      Path folder,
      Database database,
      Clock clock,
      Ledger ledger,
      MendingNote note,
      Consumer<MendingStep> reached)
      throws IOException {
    Instant now = clock.now();
    List<Salvage.Read> read = Salvage.run(note.aside(), database);
    reached.accept(MendingStep.POURED);
    bringUpToDate(database, clock);
    Mending.takeUp(database, folder, clock, reached);
    reached.accept(MendingStep.BACK);
    LOG.warn("history is readable again rows={}", rows(database));
    KeepState.open(folder).rollUpAnew(SourceTimes.micros(now));
    Files.deleteIfExists(folder.resolve(SPANS));
    Recovery recovery = Recovery.run(database, folder.resolve(SPANS), ledger);
    Opening opening =
        new Opening(database, recovery, ledger, TagNames.open(folder, database.symbols()));
    opening.reconcile();
    String aside = String.valueOf(note.aside().getFileName());
    List<Damage> found = opening.missing(now, note.text(WHY), aside);
    read.forEach(table -> table.damage(now, aside).ifPresent(found::add));
    if (found.isEmpty() && note.told().isEmpty()) {
      found.add(new Damage(now.toEpochMilli(), note.text(WHY), 0, 0, 0, 0, aside));
    }
    for (Damage damage : found) {
      note.tell(damage);
    }
    reached.accept(MendingStep.TOLD);
    return opening;
  }

  static String aside(Instant now) {
    return "damaged-" + STAMP.format(now);
  }

  /**
   * Puts the database's files aside. After an interruption it goes on with it; when they are aside
   * already, what is in their place is what of their rows was put there, and is deleted.
   */
  private static void putAside(
      Path folder, MendingNote note, Instant now, Consumer<MendingStep> reached)
      throws IOException {
    if (note.isTakenUpAgain()) {
      LOG.warn(
          "history mending was interrupted, it is taken up again reason={} aside={}",
          note.text(WHY),
          note.aside());
    } else {
      note.begin(aside(now));
      LOG.error(
          "history is damaged; its files are put aside and what can be read is put into new ones,"
              + " which may take long reason={} aside={}",
          note.text(WHY),
          note.aside());
    }
    reached.accept(MendingStep.NOTED);
    if (note.isAllAside()) {
      for (Path half : theirs(folder)) {
        if (DATABASE.matcher(String.valueOf(half.getFileName())).matches()) {
          Folders.delete(half);
        }
      }
    } else {
      moveAside(folder, note, reached);
    }
  }

  private static void moveAside(Path folder, MendingNote note, Consumer<MendingStep> reached)
      throws IOException {
    Path aside = note.aside();
    Files.createDirectories(aside);
    for (Path file : theirs(folder)) {
      Files.move(file, aside.resolve(String.valueOf(file.getFileName())));
      reached.accept(MendingStep.HALF_ASIDE);
    }
    for (String ours : List.of(SPANS, Ledger.FILE, TagNames.FILE)) { // as they were
      if (Files.exists(folder.resolve(ours))) {
        Path copy = aside.resolve(ours);
        Files.copy(folder.resolve(ours), copy, StandardCopyOption.REPLACE_EXISTING);
        Folders.forceFile(copy);
      }
    }
    note.allAside();
    reached.accept(MendingStep.ASIDE);
  }

  private static List<Path> theirs(Path folder) throws IOException {
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.filter(file -> isTheirs(String.valueOf(file.getFileName()))).toList();
    }
  }

  private static boolean isTheirs(String name) {
    return !OURS.contains(name) && !name.startsWith("damaged-") && !name.endsWith(".json");
  }

  static void report(Path folder, Damage damage) throws IOException {
    Damage.note(folder, damage);
    LOG.error(
        "history damaged what={} from={} to={} rows_lost={} rows_doubtful={} aside={}",
        damage.what(),
        Instant.ofEpochMilli(damage.fromMs()),
        Instant.ofEpochMilli(damage.toMs()),
        damage.lost(),
        damage.doubtful(),
        damage.aside());
  }

  // ---- the ledger beside the table

  private void settle(Path folder, Clock clock) throws IOException {
    if (!ledger.isWhole()) {
      boolean first = !Files.exists(folder.resolve(Ledger.FILE));
      ledger.clear();
      count("samples", new TreeMap<>()).forEach(ledger::correct);
      if (!first) {
        report(
            folder,
            new Damage(
                clock.now().toEpochMilli(),
                "the list of checksums was damaged; it was made anew from the history",
                0,
                0,
                0,
                0,
                ""));
      }
    } else {
      reconcile();
    }
    ledger.open(recovery.spans().records(), recovery.lastSeq());
  }

  /** Counts the rows that came into the table and not into the ledger, at the end of a life. */
  private void reconcile() {
    long from = ledger.lastSeq() + 1;
    if (recovery.lastSeq() < from) {
      return;
    }
    TreeMap<Long, Ledger.Minute> more = new TreeMap<>();
    for (Stretch stretch : recovery.spans().stretches(from, recovery.lastSeq())) {
      count(
          "samples WHERE ts >= "
              + stretch.fromUs()
              + " AND ts <= "
              + stretch.toUs()
              + " AND seq >= "
              + from,
          more);
    }
    more.forEach(
        (minute, rows) ->
            ledger.correct(minute, ledger.minute(minute).plus(rows.rows(), rows.sum())));
  }

  private Map<Long, Ledger.Minute> count(String from, TreeMap<Long, Ledger.Minute> into) {
    TableShape shape = database.samplesShape();
    database.query(
        from.startsWith("samples WHERE") ? from : "SELECT * FROM " + from,
        null,
        row ->
            into.merge(
                Math.floorDiv(row.getTimestamp(Database.TS), Ledger.MINUTE_US),
                new Ledger.Minute(1, shape.sum(row)),
                (a, b) -> a.plus(b.rows(), b.sum())));
    return into;
  }

  /** What the ledger has and the table has not, joined to stretches; the ledger forgets it. */
  private List<Damage> missing(Instant now, String why, String aside) {
    List<Damage> found = new ArrayList<>();
    if (!ledger.isWhole()) {
      return found;
    }
    Map<Long, Ledger.Minute> there = count("samples", new TreeMap<>());
    Map<Long, Ledger.Minute> told = ledger.all();
    found.addAll(compare(told, there, now, why, aside));
    for (long minute : minutes(told, there)) {
      ledger.correct(minute, there.getOrDefault(minute, Ledger.Minute.NONE));
    }
    return found;
  }

  private static Set<Long> minutes(Map<Long, Ledger.Minute> told, Map<Long, Ledger.Minute> there) {
    Set<Long> all = new TreeSet<>(told.keySet());
    all.addAll(there.keySet());
    return all;
  }

  /** Where what is there is not what was told, joined to stretches. */
  static List<Damage> compare(
      Map<Long, Ledger.Minute> told,
      Map<Long, Ledger.Minute> there,
      Instant now,
      String why,
      String aside) {
    List<Damage> found = new ArrayList<>();
    @Nullable Damage open = null;
    for (long minute : minutes(told, there)) {
      Ledger.Minute should = told.getOrDefault(minute, Ledger.Minute.NONE);
      Ledger.Minute is = there.getOrDefault(minute, Ledger.Minute.NONE);
      if (!should.equals(is)) {
        open =
            joined(
                open,
                minute,
                Math.max(0, should.rows() - is.rows()),
                is.rows(),
                found,
                now,
                why,
                aside);
      }
    }
    if (open != null) {
      found.add(open);
    }
    return found;
  }

  private static Damage joined(
      @Nullable Damage open,
      long minute,
      long lost,
      long doubtful,
      List<Damage> found,
      Instant now,
      String why,
      String aside) {
    long fromMs = minute * 60_000;
    if (open != null && open.toMs() == fromMs) {
      return new Damage(
          open.foundMs(),
          why,
          open.fromMs(),
          fromMs + 60_000,
          open.lost() + lost,
          open.doubtful() + doubtful,
          aside);
    }
    if (open != null) {
      found.add(open);
    }
    return new Damage(now.toEpochMilli(), why, fromMs, fromMs + 60_000, lost, doubtful, aside);
  }

  /**
   * Compares everything with the ledger.
   *
   * @return stretches in which rows are missing or are not what was stored; the ledger takes what
   *     is there
   */
  List<Damage> verify(Instant now) {
    return missing(now, "rows are missing or are not what was stored", "");
  }
}
