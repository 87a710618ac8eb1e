package io.deungdae.control.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Looks at the SQLite file before it is used. When it is damaged it is put aside, and what can be
 * read of it, row by row, is put into a new one. A file that merely cannot be opened (rights, a
 * full disk, another program) is left alone, and the reason is thrown.
 */
public final class StateRescue {

  private static final Logger LOG = LoggerFactory.getLogger(StateRescue.class);
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);
  private static final List<String> PARTS = List.of("", "-wal", "-shm");
  private static final long MOST_LOOKS = 5_000_000; // of single rows behind a damaged page

  /** The file as it is, its own header but for the page size made anew: SQLite format, 1.3. */
  private static final int HEADER = 100;

  private static final int PAGE = 4_096;

  /**
   * What was damaged.
   *
   * @param what is wrong with the file, in SQLite's words
   * @param rows rows that were read of each table
   * @param aside where the damaged file is now
   */
  public record Found(String what, Map<String, Long> rows, Path aside) {
    public Found {
      rows = Collections.unmodifiableMap(new LinkedHashMap<>(rows));
    }

    /** In a few words. */
    public String summary() {
      return what + "; rows read: " + (rows.isEmpty() ? "none" : rows);
    }
  }

  private StateRescue() {}

  /**
   * Mends a file when it is damaged. Nobody may have it open.
   *
   * @return what was found; empty when the file is sound or there is none
   * @throws IOException when it cannot be used, and not for damage; the message says what to do
   */
  public static Optional<Found> mend(Path file, Instant now) throws IOException {
    if (!Files.exists(file) || Files.size(file) == 0) {
      return Optional.empty(); // users are compared with their copy
    }
    String fault = fault(file);
    if (fault.isEmpty()) {
      return Optional.empty();
    }
    Path aside = file.resolveSibling("damaged-state-" + STAMP.format(now));
    Files.createDirectory(aside);
    for (String part : PARTS) {
      Path from = sibling(file, part);
      if (Files.exists(from)) {
        Files.move(from, aside.resolve(from.getFileName()));
      }
    }
    Map<String, Long> rows = readOut(aside.resolve(file.getFileName()), file);
    Found found = new Found(fault, rows, aside);
    LOG.error("{} is damaged and was put aside; {} aside={}", file, found.summary(), aside);
    return Optional.of(found);
  }

  private static Path sibling(Path file, String ending) {
    return file.resolveSibling(file.getFileName() + ending);
  }

  /** What is wrong with it; empty when nothing is. */
  private static String fault(Path file) throws IOException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout=5000");
      try (ResultSet told = statement.executeQuery("PRAGMA integrity_check(1)")) {
        String first = told.next() ? told.getString(1) : "no answer";
        return first.equals("ok") ? "" : first;
      }
    } catch (SQLException e) {
      if (isDamage(e)) {
        return String.valueOf(e.getMessage());
      }
      throw new IOException(
          file
              + " cannot be used; check its rights, the disk and that nobody else has it open: "
              + e.getMessage(),
          e);
    }
  }

  private static boolean isDamage(SQLException e) {
    if (!(e instanceof SQLiteException sqlite)) {
      return false;
    }
    int code = sqlite.getResultCode().code & 0xFF; // the rest is detail
    return code == SQLiteErrorCode.SQLITE_CORRUPT.code
        || code == SQLiteErrorCode.SQLITE_NOTADB.code;
  }

  /** From a copy, so that what was put aside stays as it is. */
  private static Map<String, Long> readOut(Path damaged, Path file) throws IOException {
    Path work = sibling(file, ".rescue");
    Path fresh = sibling(file, ".fresh");
    Map<String, Long> rows = new LinkedHashMap<>();
    try {
      for (boolean anewHead : new boolean[] {false, true}) {
        delete(work);
        delete(fresh);
        copy(damaged, work, anewHead);
        rows.clear();
        if (pour(work, fresh, rows)) {
          break;
        }
      }
      if (Files.exists(fresh)) {
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      }
    } finally {
      delete(work);
      delete(fresh);
    }
    return rows;
  }

  private static void delete(Path file) throws IOException {
    for (String part : PARTS) {
      Files.deleteIfExists(sibling(file, part));
    }
  }

  private static void copy(Path from, Path to, boolean anewHead) throws IOException {
    for (String part : PARTS.subList(0, 2)) { // the third is an index that SQLite makes anew
      if (Files.exists(sibling(from, part))) {
        Files.copy(sibling(from, part), sibling(to, part));
      }
    }
    if (anewHead) {
      byte[] bytes = Files.readAllBytes(to);
      if (bytes.length >= HEADER) {
        System.arraycopy(head(bytes.length / PAGE), 0, bytes, 0, HEADER);
        Files.write(to, bytes);
      }
    }
  }

  private static byte[] head(int pages) {
    ByteBuffer head = ByteBuffer.allocate(HEADER);
    head.put("SQLite format 3\0".getBytes(StandardCharsets.US_ASCII));
    head.putShort((short) PAGE).put((byte) 2).put((byte) 2); // with a write-ahead log
    head.put((byte) 0).put((byte) 64).put((byte) 32).put((byte) 32);
    head.putInt(24, 1).putInt(28, pages);
    head.putInt(40, 1).putInt(44, 4).putInt(56, 1); // schema format 4, UTF-8
    head.putInt(92, 1);
    return head.array();
  }

  /** Puts all tables into another file; false when not even their names can be read. */
  private static boolean pour(Path from, Path to, Map<String, Long> rows) throws IOException {
    Map<String, String> tables = new LinkedHashMap<>();
    try (Connection damaged = DriverManager.getConnection("jdbc:sqlite:" + from)) {
      try (Statement statement = damaged.createStatement();
          ResultSet row =
              statement.executeQuery(
                  "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE"
                      + " 'sqlite_%' AND sql IS NOT NULL")) {
        while (row.next()) {
          tables.put(row.getString(1), row.getString(2));
        }
      } catch (SQLException e) {
        LOG.debug("the names of the tables cannot all be read", e);
      }
      if (tables.isEmpty()) {
        return false;
      }
      try (Connection into = DriverManager.getConnection("jdbc:sqlite:" + to)) {
        into.setAutoCommit(false);
        for (Map.Entry<String, String> table : tables.entrySet()) {
          try (Statement statement = into.createStatement()) {
            statement.execute(table.getValue());
          }
          rows.put(table.getKey(), new TableRescue(damaged, into, table.getKey()).run());
        }
        keepVersion(damaged, into);
        into.commit();
      }
      return true;
    } catch (SQLException e) {
      throw new IOException(
          "what is left of " + from + " cannot be read out: " + e.getMessage(), e);
    }
  }

  /** The number that tells users and their copy apart; a new head has none. */
  private static void keepVersion(Connection from, Connection into) throws SQLException {
    try (Statement asking = from.createStatement();
        ResultSet version = asking.executeQuery("PRAGMA user_version");
        Statement telling = into.createStatement()) {
      if (version.next()) {
        telling.execute("PRAGMA user_version = " + version.getInt(1));
      }
    }
  }

  /** Reads one table from its beginning up to what is damaged, then behind that row by row. */
  private record TableRescue(Connection from, Connection into, String table) {

    long run() throws SQLException {
      long[] last = {0};
      long rows = 0;
      try {
        return rows(last, "rowid > 0 ORDER BY rowid", 0);
      } catch (SQLException e) {
        LOG.debug("table {} is damaged behind row {}", table, last[0], e);
      }
      try (Statement statement = into.createStatement();
          ResultSet count = statement.executeQuery("SELECT count(*) FROM \"" + table + "\"")) {
        rows = count.next() ? count.getLong(1) : 0;
      }
      long end = Math.min(last() + 1, last[0] + MOST_LOOKS);
      for (long row = last[0] + 1; row < end; row++) {
        try {
          rows += rows(last, "rowid = ?", row);
        } catch (SQLException e) {
          LOG.debug("row {} of {} cannot be read", row, table);
        }
      }
      return rows;
    }

    /** The highest number of a row, as far as can be told. */
    private long last() {
      try (Statement statement = from.createStatement();
          ResultSet row =
              statement.executeQuery(
                  "SELECT rowid FROM \"" + table + "\" NOT INDEXED ORDER BY rowid DESC LIMIT 1")) {
        return row.next() ? row.getLong(1) : 0;
      } catch (SQLException e) {
        return MOST_LOOKS;
      }
    }

    private long rows(long[] last, String where, long key) throws SQLException {
      long rows = 0;
      try (PreparedStatement select =
          from.prepareStatement(
              "SELECT rowid, * FROM \"" + table + "\" NOT INDEXED WHERE " + where)) {
        if (key > 0) {
          select.setLong(1, key);
        }
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            rows += take(row);
            last[0] = row.getLong(1);
          }
        }
      }
      return rows;
    }

    private int take(ResultSet row) throws SQLException {
      int columns = row.getMetaData().getColumnCount() - 1;
      try (PreparedStatement insert =
          into.prepareStatement(
              "INSERT OR IGNORE INTO \""
                  + table
                  + "\" VALUES("
                  + String.join(",", Collections.nCopies(columns, "?"))
                  + ")")) {
        for (int i = 1; i <= columns; i++) {
          insert.setObject(i, row.getObject(i + 1));
        }
        return insert.executeUpdate();
      }
    }
  }
}
