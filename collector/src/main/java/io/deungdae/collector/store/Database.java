package io.deungdae.collector.store;

import io.questdb.cairo.CairoEngine;
import io.questdb.cairo.CairoException;
import io.questdb.cairo.GenericRecordMetadata;
import io.questdb.cairo.O3PartitionPurgeJob;
import io.questdb.cairo.SymbolMapReader;
import io.questdb.cairo.TableReader;
import io.questdb.cairo.TableToken;
import io.questdb.cairo.TableUtils;
import io.questdb.cairo.security.AllowAllSecurityContext;
import io.questdb.cairo.sql.PageFrame;
import io.questdb.cairo.sql.PageFrameCursor;
import io.questdb.cairo.sql.PartitionFrameCursorFactory;
import io.questdb.cairo.sql.Record;
import io.questdb.cairo.sql.RecordCursor;
import io.questdb.cairo.sql.RecordCursorFactory;
import io.questdb.cairo.sql.RecordMetadata;
import io.questdb.cairo.sql.StaticSymbolTable;
import io.questdb.cairo.sql.TableReferenceOutOfDateException;
import io.questdb.cairo.wal.ApplyWal2TableJob;
import io.questdb.cairo.wal.WalPurgeJob;
import io.questdb.cairo.wal.WalWriter;
import io.questdb.griffin.FunctionFactory;
import io.questdb.griffin.SqlCompiler;
import io.questdb.griffin.SqlCompilerImpl;
import io.questdb.griffin.SqlException;
import io.questdb.griffin.SqlExecutionContextImpl;
import io.questdb.griffin.engine.functions.bind.BindVariableServiceImpl;
import io.questdb.std.ObjHashSet;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The embedded database with its one table. Rows go in through a write-ahead log, which is durable
 * at once; {@link #apply} brings them into the table, where readers see them.
 */
final class Database implements AutoCloseable {

  /** Takes the rows of a query, one after the other. */
  interface Rows {
    /** One row; the record is valid only during the call. */
    void row(Record row);
  }

  // The columns, in this order. A change needs a new table and a way to move the old rows.
  static final int TS = 0;
  static final int TAG = 1;
  static final int SEQ = 2;
  static final int ARRIVAL = 3;
  static final int QUALITY = 4;
  static final int KIND = 5;
  static final int NUM = 6;
  static final int WHOLE = 7;
  static final int TEXT = 8;

  private static final String CREATE =
      "CREATE TABLE IF NOT EXISTS %s ("
          + "ts TIMESTAMP, tag SYMBOL CAPACITY 2048, seq LONG, arrival TIMESTAMP,"
          + " quality SHORT, kind BYTE, num DOUBLE, whole LONG, txt STRING"
          + ") TIMESTAMP(ts) PARTITION BY %s WAL DEDUP UPSERT KEYS(ts, tag, seq)";

  private static final long SLICE_US = 3_600_000_000L;

  static {
    QuestSettings.silence();
  }

  private final Path folder;
  private final FileChannel lockFile;
  private final FileLock lock;
  private final CairoEngine engine;
  private final TableToken table;
  private final Shelf samples;
  private final ApplyWal2TableJob applyJob;
  private final SqlCompiler compiler;
  private final WalPurgeJob walPurge;
  private final O3PartitionPurgeJob partitionPurge;
  // Closing unmaps files; a reader still at work would bring the whole process down.
  private final ReentrantReadWriteLock inUse = new ReentrantReadWriteLock();
  private boolean closed;

  private Database(FileChannel lockFile, FileLock lock, Path folder) throws SqlException {
    this.folder = folder;
    this.lockFile = lockFile;
    this.lock = lock;
    this.engine =
        new CairoEngine(new QuestSettings(folder)) {
          @Override
          protected Iterable<FunctionFactory> getFunctionFactories() {
            return Functions.all();
          }
        };
    engine.load();
    this.compiler = new SqlCompilerImpl(engine);
    run(CREATE.formatted("samples", "DAY"));
    this.table = engine.verifyTableName("samples");
    this.applyJob = new ApplyWal2TableJob(engine, 1);
    this.walPurge = new WalPurgeJob(engine);
    this.partitionPurge = new O3PartitionPurgeJob(engine, 1);
    this.samples = new Shelf(this, "samples", name -> CREATE.formatted(name, "MONTH"));
  }

  /**
   * Opens the database, making it when there is none.
   *
   * @throws IOException when the folder cannot be used or another process uses it
   */
  static Database open(Path folder) throws IOException {
    Files.createDirectories(folder);
    FileChannel lockFile = lockFile(folder);
    try {
      return new Database(lockFile, tryLock(lockFile, folder), folder);
    } catch (SqlException | RuntimeException | InternalError e) {
      lockFile.close();
      throw new IOException("the history in " + folder + " cannot be opened: " + e, e);
    } catch (IOException e) {
      lockFile.close();
      throw e;
    }
  }

  /**
   * Keeps all others from opening the database until it is closed.
   *
   * @throws HistoryInUseException when somebody has it open
   */
  static FileChannel lock(Path folder) throws IOException {
    FileChannel lockFile = lockFile(folder);
    try {
      tryLock(lockFile, folder);
      return lockFile;
    } catch (IOException e) {
      lockFile.close();
      throw e;
    }
  }

  private static FileChannel lockFile(Path folder) throws IOException {
    return FileChannel.open(
        folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static FileLock tryLock(FileChannel file, Path folder) throws IOException {
    FileLock lock;
    try {
      lock = file.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      throw new HistoryInUseException(folder);
    }
    return lock;
  }

  /**
   * With a compiler of our own, one query at a time: a compiler holds some three megabytes for
   * ever, and of the database's own any of three is taken by lot.
   */
  private RecordCursorFactory select(String sql, SqlExecutionContextImpl context)
      throws SqlException {
    synchronized (compiler) {
      return CairoEngine.select(compiler, sql, context);
    }
  }

  private void run(String sql) throws SqlException {
    try (SqlExecutionContextImpl context = context()) {
      synchronized (compiler) {
        CairoEngine.execute(compiler, sql, context, null);
      }
    }
  }

  private SqlExecutionContextImpl context() {
    return new SqlExecutionContextImpl(engine, 1)
        .with(
            AllowAllSecurityContext.INSTANCE,
            new BindVariableServiceImpl(engine.getConfiguration()));
  }

  /**
   * Keeps the database open until {@link #leave}.
   *
   * @throws IllegalStateException when it is closed
   */
  void enter() {
    inUse.readLock().lock();
    if (closed) {
      inUse.readLock().unlock();
      throw new IllegalStateException("the historian is closed");
    }
  }

  void leave() {
    inUse.readLock().unlock();
  }

  // ---- writing

  /**
   * A new writer; one at a time. Not one of the engine's pool: that would hand out again one whose
   * file could not grow on a full disk, which then writes beside its memory and ends the process.
   */
  WalWriter writer() {
    return writer(table);
  }

  /** A new writer of any table. */
  WalWriter writer(TableToken of) {
    return new WalWriter(
        engine.getConfiguration(),
        of,
        engine.getTableSequencerAPI(),
        engine.getDdlListener(of),
        engine.getWalDirectoryPolicy(),
        engine.getWalLocker(),
        engine.getRecentWriteTracker(),
        engine.getTelemetryWal());
  }

  // ---- whether it is sound

  /** The tags' names, by the numbers that the rows of samples have. */
  List<String> symbols() {
    return symbols(table);
  }

  private List<String> symbols(TableToken of) {
    List<String> names = new ArrayList<>();
    enter();
    try (TableReader reader = engine.getReader(of)) {
      SymbolMapReader symbols = reader.getSymbolMapReader(TAG);
      for (int id = 0; id < symbols.getSymbolCount(); id++) {
        names.add(String.valueOf(symbols.valueOf(id)));
      }
    } finally {
      leave();
    }
    return names;
  }

  /** The columns of the samples. */
  TableShape samplesShape() {
    try {
      return TableShape.of(columns("samples"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Looks whether every file of a table is as long as its rows need: the database maps files into
   * memory, and reading behind the end of one ends the process.
   *
   * @throws Opening.DamageException when one is not
   */
  void checkSizes(String name) throws IOException {
    for (Part part : parts(name)) {
      part.check(columns(name));
    }
  }

  /** The days or months of a table, the oldest first. */
  List<Part> parts(String name) {
    List<Part> parts = new ArrayList<>();
    TableToken token = engine.verifyTableName(name);
    Path home = home(name);
    enter();
    try (TableReader reader = engine.getReader(token)) {
      for (int i = 0; i < reader.getPartitionCount(); i++) {
        long us = reader.getPartitionTimestampByIndex(i);
        try (io.questdb.std.str.Path path = new io.questdb.std.str.Path()) {
          path.of(home.toString());
          TableUtils.setPathForNativePartition(
              path,
              reader.getMetadata().getTimestampType(),
              reader.getPartitionedBy(),
              us,
              reader.getTxFile().getPartitionNameTxn(i));
          parts.add(
              new Part(Path.of(path.toString()), us, reader.getPartitionRowCountFromMetadata(i)));
        }
      }
    } finally {
      leave();
    }
    return parts;
  }

  // ---- whole tables, for backups

  /**
   * A table.
   *
   * @param name its name
   * @param time its column of time
   * @param numbered true when its rows have the numbers that the historian gives
   */
  record Table(String name, String time, boolean numbered) {}

  /** All tables that have a time. */
  List<Table> tables() throws IOException {
    List<String> names = new ArrayList<>();
    enter();
    try {
      // What it tells of tables it knows of those alone that were made in this life.
      engine.getMetadataCache().onStartupAsyncHydrator();
    } finally {
      leave();
    }
    query("SELECT table_name FROM tables() ORDER BY id", null, r -> names.add(text(r)));
    if (!names.contains("samples")) {
      throw new IOException("the database does not tell of its tables");
    }
    List<Table> tables = new ArrayList<>();
    for (String name : names) {
      if (!name.startsWith("sys.") && !name.startsWith("_")) {
        tables.add(described(name));
      }
    }
    return tables;
  }

  private static String text(Record row) {
    CharSequence text = row.getStrA(0);
    return String.valueOf(text == null ? "" : text);
  }

  private Table described(String name) {
    RecordMetadata columns = columns(name);
    return new Table(
        name,
        columns.getColumnName(columns.getTimestampIndex()),
        columns.getColumnIndexQuiet("seq") >= 0);
  }

  /**
   * A table by its name, made with a statement when there is none.
   *
   * @throws IOException when the statement is not one that makes this table
   */
  Table table(String name, String create) throws IOException {
    if (engine.getTableTokenIfExists(name) == null) {
      if (!create.startsWith("CREATE TABLE '" + name + "'")) {
        throw new IOException("this does not make the table " + name + ": " + create);
      }
      execute(create);
    }
    return described(name);
  }

  /** A table that is there. */
  Table table(String name) {
    return described(name);
  }

  /** The statement that makes a table. */
  String create(Table table) {
    StringBuilder create = new StringBuilder();
    query("SHOW CREATE TABLE " + table.name(), null, row -> create.append(varchar(row)));
    int end = create.lastIndexOf(";");
    return end < 0 ? create.toString() : create.substring(0, end);
  }

  private static String varchar(Record row) {
    return String.valueOf(row.getVarcharA(0));
  }

  /** Names of the tables that have samples or roll-ups, the one that rows come into left out. */
  List<String> others() {
    return tableNames().stream()
        .filter(name -> name.matches("(samples_|(minutes|hours)(_|$)).*"))
        .toList();
  }

  /** The folder that a table's files are in. */
  Path home(String name) {
    return folder.resolve(engine.verifyTableName(name).getDirName());
  }

  /** The columns of a table. */
  RecordMetadata columns(Table table) {
    return columns(table.name());
  }

  private RecordMetadata columns(String name) {
    enter();
    try (SqlExecutionContextImpl context = context();
        RecordCursorFactory factory = select("SELECT * FROM " + name, context)) {
      return GenericRecordMetadata.copyOf(factory.getMetadata());
    } catch (SqlException e) {
      throw new IllegalStateException(name, e);
    } finally {
      leave();
    }
  }

  TableShape shape(Table table) throws IOException {
    return TableShape.of(columns(table));
  }

  /** A new writer of a table. */
  WalWriter writer(Table of) {
    TableToken token = engine.verifyTableName(of.name());
    return new WalWriter(
        engine.getConfiguration(),
        token,
        engine.getTableSequencerAPI(),
        engine.getDdlListener(token),
        engine.getWalDirectoryPolicy(),
        engine.getWalLocker(),
        engine.getRecentWriteTracker(),
        engine.getTelemetryWal());
  }

  /**
   * Brings all that is committed into a table. By the only thread that uses the database.
   *
   * @throws IOException when it cannot be
   */
  void bringIn(Table into) throws IOException {
    TableToken token = engine.verifyTableName(into.name());
    enter();
    try {
      while (seqTxn(token) < engine.getTableSequencerAPI().lastTxn(token)) {
        engine.notifyWalTxnCommitted(token);
        applyJob.run(0);
        if (engine.getTableSequencerAPI().isSuspended(token)) {
          throw new IOException(
              into.name()
                  + " cannot be brought up to date: "
                  + engine.getTableSequencerAPI().getTxnTracker(token).getErrorMessage());
        }
      }
    } finally {
      leave();
    }
  }

  private long seqTxn(TableToken token) {
    try (TableReader reader = engine.getReader(token)) {
      return reader.getSeqTxn();
    }
  }

  /** Number of the last transaction in the write-ahead log. */
  long lastTxn() {
    return engine.getTableSequencerAPI().lastTxn(table);
  }

  /** Number of the transaction up to which, without exception, readers see everything. */
  long visibleTxn() {
    enter();
    try (TableReader reader = engine.getReader(table)) {
      return reader.getSeqTxn();
    } finally {
      leave();
    }
  }

  /**
   * Brings a block of transactions into the table: all that are committed but the newest, or that
   * one when it is the only one. Called by one thread.
   *
   * @return how many are left; 0 as well when none can be brought in
   */
  long apply() {
    enter();
    try {
      engine.notifyWalTxnCommitted(table);
      return applyJob.run(0) && suspension() == null ? lastTxn() - visibleTxn() : 0;
    } finally {
      leave();
    }
  }

  /** What stopped {@link #apply}, if anything. */
  @Nullable String suspension() {
    return engine.getTableSequencerAPI().isSuspended(table)
        ? engine.getTableSequencerAPI().getTxnTracker(table).getErrorMessage()
        : null;
  }

  /** Lets {@link #apply} try again. */
  void resume() {
    execute("ALTER TABLE samples RESUME WAL");
  }

  /** A table beside the samples, made with a statement when there is none. */
  TableToken token(String name, String create) {
    execute(create);
    return engine.verifyTableName(name);
  }

  /** The tables that samples lie in. */
  Shelf samples() {
    return samples;
  }

  /** Names of all tables, in the order of the alphabet. */
  List<String> tableNames() {
    ObjHashSet<TableToken> tokens = new ObjHashSet<>();
    engine.getTableTokens(tokens, false);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      names.add(tokens.get(i).getTableName());
    }
    Collections.sort(names);
    return names;
  }

  /** The tags that a table has, or once had, rows of. */
  List<String> tagsIn(String name) {
    List<String> tags = new ArrayList<>();
    enter();
    try (TableReader reader = engine.getReader(engine.verifyTableName(name))) {
      SymbolMapReader symbols = reader.getSymbolMapReader(TAG);
      for (int key = 0; key < symbols.getSymbolCount(); key++) {
        tags.add(String.valueOf(symbols.valueOf(key)));
      }
    } finally {
      leave();
    }
    return tags;
  }

  /** The same as {@link #applyAll(TableToken)}. */
  void applyAll(String name) throws IOException {
    applyAll(engine.verifyTableName(name));
  }

  /**
   * Brings all that is committed into a table other than the samples'. Called by the thread that
   * applies.
   *
   * @throws IOException when it cannot be
   */
  void applyAll(TableToken other) throws IOException {
    enter();
    try {
      if (engine.getTableSequencerAPI().isSuspended(other)) {
        execute("ALTER TABLE " + other.getTableName() + " RESUME WAL");
      }
      while (unapplied(other)) {
        engine.notifyWalTxnCommitted(other);
        applyJob.run(0);
        if (engine.getTableSequencerAPI().isSuspended(other)) {
          throw new IOException(
              other.getTableName()
                  + " cannot be brought up to date: "
                  + engine.getTableSequencerAPI().getTxnTracker(other).getErrorMessage());
        }
      }
    } finally {
      leave();
    }
  }

  private boolean unapplied(TableToken other) {
    try (TableReader reader = engine.getReader(other)) {
      return reader.getSeqTxn() < engine.getTableSequencerAPI().lastTxn(other);
    }
  }

  /** Deletes files that are not needed any more. Called by the thread that applies. */
  void purge() {
    enter();
    try {
      walPurge.run(0);
      partitionPurge.run(0);
      engine.releaseInactive();
    } finally {
      leave();
    }
  }

  /** Runs a statement that takes no time: no query is compiled meanwhile. */
  void execute(String sql) {
    enter();
    try {
      run(sql);
    } catch (SqlException e) {
      throw new IllegalStateException(sql, e);
    } finally {
      leave();
    }
  }

  /** Runs a statement that copies rows, beside queries. */
  void copy(String sql) {
    enter();
    try (SqlExecutionContextImpl context = context()) {
      engine.execute(sql, context);
    } catch (SqlException e) {
      throw new IllegalStateException(sql, e);
    } finally {
      leave();
    }
  }

  // ---- reading

  /**
   * Runs a query. {@code tag} is bound to {@code $1} where the query has it.
   *
   * @throws IllegalStateException when the database is closed
   */
  void query(String sql, @Nullable String tag, Rows rows) {
    enter();
    try {
      queryOpen(sql, tag, rows);
    } catch (SqlException e) {
      throw new IllegalStateException(sql, e);
    } finally {
      leave();
    }
  }

  private void queryOpen(String sql, @Nullable String tag, Rows rows) throws SqlException {
    try (SqlExecutionContextImpl context = context()) {
      if (tag != null) {
        context.getBindVariableService().setStr(0, tag);
      }
      for (int attempt = 0; ; attempt++) {
        try (RecordCursorFactory factory = select(sql, context);
            RecordCursor cursor = factory.getCursor(context)) {
          Record row = cursor.getRecord();
          while (cursor.hasNext()) {
            rows.row(row);
          }
          return;
        } catch (TableReferenceOutOfDateException e) {
          // The table's layout changed between compiling and reading, before the first row.
          if (attempt == 10) {
            throw e;
          }
        }
      }
    }
  }

  /**
   * Runs a query on each of the tables that samples lie in; the order of the rows is that of the
   * tables.
   *
   * @param sql the query, of a table's name
   */
  void queryAll(UnaryOperator<String> sql, @Nullable String tag, Rows rows) {
    for (String name : samples.tables()) {
      query(sql.apply(name), tag, rows);
    }
  }

  /** Time of the oldest sample, microseconds since 1970. */
  long oldestUs(long otherwise) {
    long[] oldest = {Long.MAX_VALUE};
    queryAll(
        name -> "SELECT ts FROM " + name + " LIMIT 1",
        null,
        row -> oldest[0] = Math.min(oldest[0], row.getTimestamp(0)));
    return oldest[0] == Long.MAX_VALUE ? otherwise : oldest[0];
  }

  /** Time of the newest sample, microseconds since 1970. */
  long newestUs(long otherwise) {
    long[] newest = {Long.MIN_VALUE};
    queryAll(
        name -> "SELECT ts FROM " + name + " LIMIT -1",
        null,
        row -> newest[0] = Math.max(newest[0], row.getTimestamp(0)));
    return newest[0] == Long.MIN_VALUE ? otherwise : newest[0];
  }

  /**
   * Hands on the samples between two times, both included, block by block.
   *
   * @param ids what number a tag is to have; negative for one that is not asked for
   */
  void scan(Stretch when, ToIntFunction<String> ids, Block.Reader reader) {
    long fromUs = when.fromUs();
    long sharedUs = lastShared(when);
    MergedBlock merged = new MergedBlock();
    while (fromUs <= sharedUs) {
      long toUs = Math.min(sharedUs, (fromUs / SLICE_US + 1) * SLICE_US - 1);
      for (String name : samples.tables()) {
        scan(name, new Stretch(fromUs, toUs), ids, merged);
      }
      merged.flush(reader);
      fromUs = toUs + 1;
    }
    if (fromUs <= when.toUs()) {
      scan(samples.base(), new Stretch(fromUs, when.toUs()), ids, reader);
    }
  }

  /** Up to where samples lie not only in the first table; in order they come by slices there. */
  private long lastShared(Stretch when) {
    long last = Long.MIN_VALUE;
    for (String name : samples.tables()) {
      if (!name.equals(samples.base())) {
        String sql =
            "SELECT max(ts) FROM %s WHERE ts >= %d AND ts <= %d"
                .formatted(name, when.fromUs(), when.toUs());
        last = Math.max(last, number(sql, null, Long.MIN_VALUE));
      }
    }
    return last;
  }

  private void scan(String from, Stretch when, ToIntFunction<String> ids, Block.Reader reader) {
    frames(
        TableBlock.COLUMNS,
        from,
        when,
        frames -> {
          TableBlock block = new TableBlock(byKey(frames, ids));
          for (PageFrame frame = frames.next(); frame != null; frame = frames.next()) {
            block.at(frame);
            reader.block(block);
          }
        });
  }

  /**
   * Hands on the whole samples of some tags between two times, both included, from one of the
   * tables that samples lie in.
   *
   * @param names the tags
   */
  void scanRows(String from, Stretch when, List<String> names, RowPage.Reader reader) {
    Map<String, Integer> ids = new HashMap<>();
    names.forEach(name -> ids.putIfAbsent(name, ids.size()));
    String[] byId = new String[ids.size()];
    ids.forEach((name, id) -> byId[id] = name);
    frames(
        RowPage.COLUMNS,
        from,
        when,
        frames -> {
          RowPage page = new RowPage(byKey(frames, name -> ids.getOrDefault(name, -1)), byId);
          boolean more = true;
          for (PageFrame frame = frames.next(); frame != null && more; frame = frames.next()) {
            page.at(frame);
            more = reader.page(page);
          }
        });
  }

  private void frames(String columns, String from, Stretch when, Consumer<PageFrameCursor> use) {
    String sql =
        "SELECT "
            + columns
            + " FROM "
            + from
            + " WHERE ts >= "
            + when.fromUs()
            + " AND ts <= "
            + when.toUs();
    enter();
    try (SqlExecutionContextImpl context = context()) {
      for (int attempt = 0; ; attempt++) {
        try (RecordCursorFactory factory = select(sql, context);
            PageFrameCursor frames =
                factory.getPageFrameCursor(context, PartitionFrameCursorFactory.ORDER_ASC)) {
          use.accept(frames);
          return;
        } catch (TableReferenceOutOfDateException e) {
          if (attempt == 10) {
            throw e;
          }
        }
      }
    } catch (SqlException e) {
      throw new IllegalStateException(sql, e);
    } finally {
      leave();
    }
  }

  private static int[] byKey(PageFrameCursor frames, ToIntFunction<String> ids) {
    StaticSymbolTable tags = frames.getSymbolTable(TAG);
    int[] byKey = new int[tags.getSymbolCount()];
    for (int key = 0; key < byKey.length; key++) {
      byKey[key] = ids.applyAsInt(String.valueOf(tags.valueOf(key)));
    }
    return byKey;
  }

  /** Every tag name that samples have ever had. */
  List<String> names() {
    Set<String> names = new LinkedHashSet<>();
    samples.tables().forEach(name -> names.addAll(tagsIn(name)));
    return List.copyOf(names);
  }

  /** A query with one number as its result; null becomes {@code otherwise}. */
  long number(String sql, @Nullable String tag, long otherwise) {
    long[] result = {otherwise};
    query(
        sql,
        tag,
        row -> {
          long value = row.getLong(0);
          result[0] = value == Long.MIN_VALUE ? otherwise : value;
        });
    return result[0];
  }

  /**
   * Closes when nobody uses it any more.
   *
   * @throws IOException when somebody still does after half a minute, or it did not close in order
   */
  @Override
  public void close() throws IOException {
    if (!lockToClose()) {
      throw new IOException("the history was not closed: it is still in use");
    }
    try {
      if (!closed) {
        closed = true;
        closeOpen();
      }
    } finally {
      inUse.writeLock().unlock();
    }
  }

  private boolean lockToClose() {
    try {
      return inUse.writeLock().tryLock(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void closeOpen() throws IOException {
    try {
      applyJob.close();
      walPurge.close();
      partitionPurge.close();
      compiler.close();
      engine.close();
    } catch (CairoException e) {
      throw new IOException("the history was not closed in order", e);
    } finally {
      lock.release();
      lockFile.close();
    }
  }
}
