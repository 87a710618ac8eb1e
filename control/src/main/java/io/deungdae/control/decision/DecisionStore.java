package io.deungdae.control.decision;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.deungdae.analytics.Effect.Fate;
import io.deungdae.collector.signal.Label;
import io.deungdae.control.audit.Drained;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All decisions, in an SQLite file (write-ahead log), so that they outlive a restart.
 *
 * <p>Hand-off: the control thread puts records, the record thread writes them; of several records
 * of one decision only the newest matters. When the queue is full the oldest record is lost and
 * counted. Reading opens a connection of its own and may be done by any thread but the control
 * thread.
 */
public final class DecisionStore implements Drained {

  private static final Logger LOG = LoggerFactory.getLogger(DecisionStore.class);
  private static final int CAPACITY = 1024;
  private static final Label CUT_SHORT =
      new Label("the gateway ended while it was open", "진행 중 게이트웨이가 종료됨");
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private final String url;
  private final Connection writing;
  private final ArrayBlockingQueue<DecisionRecord> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final AtomicLong lost = new AtomicLong();

  // ---- the record thread's own
  private final Map<String, DecisionRecord> inHand = new LinkedHashMap<>();

  private DecisionStore(String url, Connection writing) {
    this.url = url;
    this.writing = writing;
  }

  /**
   * Opens the store, which is made when it is missing. Decisions that an earlier run left open are
   * closed as abandoned.
   *
   * @throws IOException when the file cannot be used
   */
  public static DecisionStore open(Path file, Instant now) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    String url = "jdbc:sqlite:" + file;
    try {
      DecisionStore store = new DecisionStore(url, connect(url));
      store.prepare();
      store.closeOpenOnes(now);
      return store;
    } catch (SQLException e) {
      throw new IOException("decision store " + file + ": " + e.getMessage(), e);
    }
  }

  private static Connection connect(String url) throws SQLException {
    Connection connection = DriverManager.getConnection(url);
    try (Statement statement = connection.createStatement()) {
      statement.execute("pragma busy_timeout = 5000");
      statement.execute("pragma journal_mode = wal");
      statement.execute("pragma synchronous = normal");
    }
    return connection;
  }

  private void prepare() throws SQLException {
    try (Statement statement = writing.createStatement()) {
      statement.execute(
          "create table if not exists decision (id text primary key, unit text not null,"
              + " opened_ms integer not null, closed integer not null, fate text, json text not"
              + " null)");
      statement.execute("create index if not exists decision_by_time on decision (opened_ms)");
    }
  }

  private void closeOpenOnes(Instant now) throws SQLException, IOException {
    for (DecisionRecord open : query(writing, "where closed = 0 order by opened_ms desc", 10_000)) {
      write(cutShort(open, now));
    }
  }

  private static DecisionRecord cutShort(DecisionRecord open, Instant now) {
    return new DecisionRecord(
        open.id(),
        open.unit(),
        open.mode(),
        open.modelId(),
        Stage.CLOSED,
        Fate.ABANDONED,
        CUT_SHORT,
        open.openedAt(),
        now,
        open.evidence(),
        open.plan(),
        open.approvedBy(),
        open.verdicts(),
        open.writes(),
        open.writesTotal(),
        open.timeline(),
        open.effect());
  }

  /** Takes a record. Never waits; meant as a listener of the {@link DecisionBook}. */
  public void put(DecisionRecord record) {
    while (!queue.offer(record)) {
      if (queue.poll() != null) {
        lost.incrementAndGet();
      }
    }
  }

  /** How many records were lost since start because the queue was full. */
  public long lost() {
    return lost.get();
  }

  @Override
  public int drain() throws IOException {
    for (DecisionRecord next = queue.poll(); next != null; next = queue.poll()) {
      inHand.put(next.id(), next);
    }
    if (inHand.isEmpty()) {
      return 0;
    }
    try {
      writing.setAutoCommit(false);
      for (DecisionRecord record : inHand.values()) {
        write(record);
      }
      writing.commit();
    } catch (SQLException e) {
      throw new IOException("decision store: " + e.getMessage(), e);
    } finally {
      release();
    }
    int written = inHand.size();
    inHand.clear();
    return written;
  }

  private void release() throws IOException {
    try {
      if (!writing.getAutoCommit()) {
        writing.rollback(); // does nothing after a commit
        writing.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new IOException("decision store: " + e.getMessage(), e);
    }
  }

  private void write(DecisionRecord record) throws SQLException {
    String sql = "insert or replace into decision values (?, ?, ?, ?, ?, ?)";
    try (PreparedStatement statement = writing.prepareStatement(sql)) {
      statement.setString(1, record.id());
      statement.setString(2, record.unit());
      statement.setLong(3, record.openedAt().toEpochMilli());
      statement.setInt(4, record.closed() ? 1 : 0);
      Fate fate = record.fate();
      statement.setString(5, fate == null ? null : fate.name());
      statement.setString(6, JSON.writeValueAsString(record));
      statement.executeUpdate();
    } catch (JsonProcessingException e) { // one record must not keep the others from the disk
      lost.incrementAndGet();
      LOG.error("decision {} cannot be written as JSON and is lost; report this", record.id(), e);
    }
  }

  /** The newest decisions, newest first. */
  public List<DecisionRecord> newest(int max) throws IOException {
    return read("order by opened_ms desc", max);
  }

  /** Decisions opened before a moment, newest first, for paging through them. */
  public List<DecisionRecord> before(Instant moment, int max) throws IOException {
    return read("where opened_ms < " + moment.toEpochMilli() + " order by opened_ms desc", max);
  }

  /** Decisions opened at or after a moment, oldest first, for those who deliver them onwards. */
  public List<DecisionRecord> since(Instant moment, int max) throws IOException {
    return read("where opened_ms >= " + moment.toEpochMilli() + " order by opened_ms", max);
  }

  /** One decision, or null when there is none with this id. */
  public @Nullable DecisionRecord find(String id) throws IOException {
    try (Connection connection = connect(url);
        PreparedStatement statement =
            connection.prepareStatement("select json from decision where id = ?")) {
      statement.setString(1, id);
      List<DecisionRecord> found = records(statement);
      return found.isEmpty() ? null : found.get(0);
    } catch (SQLException e) {
      throw new IOException("decision store: " + e.getMessage(), e);
    }
  }

  private List<DecisionRecord> read(String clause, int max) throws IOException {
    try (Connection connection = connect(url)) {
      return query(connection, clause, max);
    } catch (SQLException e) {
      throw new IOException("decision store: " + e.getMessage(), e);
    }
  }

  private static List<DecisionRecord> query(Connection connection, String clause, int max)
      throws SQLException, IOException {
    try (PreparedStatement statement =
        connection.prepareStatement("select json from decision " + clause + " limit ?")) {
      statement.setInt(1, max);
      return records(statement);
    }
  }

  private static List<DecisionRecord> records(PreparedStatement statement) throws SQLException {
    List<DecisionRecord> records = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        String json = rows.getString(1);
        try {
          records.add(JSON.readValue(json, DecisionRecord.class));
        } catch (JsonProcessingException e) { // one damaged record must not hide the others
          LOG.warn("a decision cannot be read and is left out: {}", e.getOriginalMessage());
        }
      }
    }
    return records;
  }

  @Override
  public void close() throws IOException {
    try (Connection last = writing) {
      if (!last.isClosed()) {
        drain();
      }
    } catch (SQLException e) {
      throw new IOException("decision store: " + e.getMessage(), e);
    }
  }
}
