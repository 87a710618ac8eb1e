package io.deungdae.collector.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * How many rows were stored for each minute of source time and what they add up to, kept apart from
 * the database: it has no checksums of its own, so this is what tells that rows are missing or have
 * changed. Late rows are added like any others.
 *
 * <p>The file has a record for each commit and minute, written after the commit and not forced:
 * what a power cut takes from its end is counted again from the table. One thread adds; anybody may
 * ask.
 */
final class Ledger implements AutoCloseable {

  static final String FILE = "ledger";
  static final long MINUTE_US = 60_000_000;

  private static final int RECORD =
      8 + 8 + 8 + 8 + 4 + 4; // minute, rows, sum, last row, spans, checksum
  private static final int COMPACT_FACTOR = 4;
  private static final int COMPACT_FLOOR = 10_000;

  /**
   * Rows of a minute.
   *
   * @param rows how many
   * @param sum what their checksums add up to
   */
  record Minute(long rows, long sum) {
    static final Minute NONE = new Minute(0, 0);

    Minute plus(long moreRows, long moreSum) {
      return new Minute(rows + moreRows, sum + moreSum);
    }
  }

  private final Path file;
  private final TreeMap<Long, Minute> minutes = new TreeMap<>();
  private final Map<Long, Minute> batch = new HashMap<>();
  private final boolean whole;
  private long lastSeq;
  private int records;
  private int spans;
  private @Nullable FileChannel channel;

  private Ledger(Path file, boolean whole) {
    this.file = file;
    this.whole = whole;
  }

  /** Reads the file. Damaged records are left out; then {@link #isWhole} is false. */
  static Ledger read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    int end = bytes.length - bytes.length % RECORD; // what is after it was torn by a crash
    boolean whole = Files.exists(file);
    Map<Long, Minute> found = new HashMap<>();
    long last = 0;
    int records = 0;
    int spans = 0;
    ByteBuffer in = ByteBuffer.wrap(bytes, 0, end);
    while (in.remaining() >= RECORD) {
      int start = in.position();
      long minute = in.getLong();
      long rows = in.getLong();
      long sum = in.getLong();
      long seq = in.getLong();
      int spanRecords = in.getInt();
      if (in.getInt() != crc(bytes, start)) {
        whole = whole && !in.hasRemaining(); // the last one may be torn
        continue;
      }
      found.merge(minute, new Minute(rows, sum), (a, b) -> a.plus(b.rows, b.sum));
      last = Math.max(last, seq);
      spans = spanRecords;
      records++;
    }
    Ledger ledger = new Ledger(file, whole);
    ledger.minutes.putAll(found);
    ledger.minutes.values().removeIf(minute -> minute.rows == 0);
    ledger.lastSeq = last;
    ledger.records = records;
    ledger.spans = spans;
    return ledger;
  }

  /** False when there is none, or a part of it is damaged. */
  boolean isWhole() {
    return whole;
  }

  /**
   * Writes the file anew and keeps it open. Before it, nothing is written.
   *
   * @param spanRecords see {@link #spanRecords}
   * @param seq number of the last row that it counts now
   */
  synchronized void open(int spanRecords, long seq) throws IOException {
    spans = spanRecords;
    lastSeq = Math.max(lastSeq, seq);
    compact();
  }

  private void compact() throws IOException {
    Path fresh = file.resolveSibling(FILE + ".new");
    FileChannel old = channel;
    byte[] array = new byte[Math.max(1, minutes.size()) * RECORD];
    ByteBuffer bytes = ByteBuffer.wrap(array);
    minutes.forEach((minute, content) -> put(array, bytes, minute, content));
    if (minutes.isEmpty()) {
      put(array, bytes, 0, Minute.NONE);
    }
    bytes.flip();
    channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    write(bytes);
    channel.force(true);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Folders.force(file.toAbsolutePath().getParent());
    records = minutes.size();
    if (old != null) {
      old.close();
    }
  }

  private void put(byte[] array, ByteBuffer bytes, long minute, Minute content) {
    int start = bytes.position();
    bytes.putLong(minute).putLong(content.rows).putLong(content.sum).putLong(lastSeq);
    bytes.putInt(spans);
    bytes.putInt(crc(array, start));
  }

  private static int crc(byte[] bytes, int start) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, start, RECORD - Integer.BYTES);
    return (int) crc.getValue();
  }

  /** All of it or nothing, so that a batch that is written once more is not counted twice. */
  private void append(ByteBuffer bytes) throws IOException {
    FileChannel open = channel;
    if (open == null) {
      return;
    }
    long before = open.size();
    try {
      write(bytes);
    } catch (IOException e) {
      open.truncate(before);
      throw e;
    }
  }

  private void write(ByteBuffer bytes) throws IOException {
    FileChannel open = channel;
    while (open != null && bytes.hasRemaining()) {
      open.write(bytes);
    }
  }

  /** Notes a row of a batch that is not committed yet. */
  void cover(long us, long rowSum) {
    batch.merge(
        Math.floorDiv(us, MINUTE_US), new Minute(1, rowSum), (a, b) -> a.plus(b.rows, b.sum));
  }

  /** The batch was not committed. */
  void dropBatch() {
    batch.clear();
  }

  /**
   * The batch is committed; its rows count from now on.
   *
   * @param spanRecords see {@link #spanRecords}
   */
  synchronized void commitBatch(long seq, int spanRecords) throws IOException {
    spans = spanRecords;
    lastSeq = Math.max(lastSeq, seq);
    byte[] array = new byte[batch.size() * RECORD];
    ByteBuffer bytes = ByteBuffer.wrap(array);
    batch.forEach((minute, more) -> put(array, bytes, minute, more));
    append(bytes.flip());
    batch.forEach((minute, more) -> minutes.merge(minute, more, (x, y) -> x.plus(y.rows, y.sum)));
    records += batch.size();
    batch.clear();
    if (records > COMPACT_FLOOR && records > COMPACT_FACTOR * minutes.size()) {
      compact();
    }
  }

  /** What is true is what the table has: takes that for a minute. */
  synchronized void correct(long minute, Minute found) {
    if (found.rows == 0) {
      minutes.remove(minute);
    } else {
      minutes.put(minute, found);
    }
  }

  /** As {@link #correct}, unless the minute is not what it was any more. */
  synchronized void correct(long minute, Minute before, Minute found) {
    if (minute(minute).equals(before)) {
      correct(minute, found);
    }
  }

  /** Puts corrections on disk. */
  synchronized void save() throws IOException {
    compact();
  }

  /** The minutes that begin from {@code fromUs} (included) to {@code toUs} (excluded). */
  synchronized Map<Long, Minute> between(long fromUs, long toUs) {
    return new TreeMap<>(
        minutes.subMap(Math.floorDiv(fromUs, MINUTE_US), Math.floorDiv(toUs, MINUTE_US)));
  }

  /** Forgets what lies wholly before a time. The file follows when it is written anew. */
  synchronized void forgetBefore(long us) throws IOException {
    minutes.headMap(Math.floorDiv(us, MINUTE_US), false).clear();
    compact();
  }

  synchronized void clear() {
    minutes.clear();
  }

  /** Rows of a minute, given in minutes since 1970. */
  synchronized Minute minute(long minute) {
    return minutes.getOrDefault(minute, Minute.NONE);
  }

  /** All minutes, as they are now. */
  synchronized Map<Long, Minute> all() {
    return new TreeMap<>(minutes);
  }

  synchronized long rows() {
    return minutes.values().stream().mapToLong(Minute::rows).sum();
  }

  /** The highest number of a row that was noted. */
  synchronized long lastSeq() {
    return lastSeq;
  }

  /** How many records the file of spans had at least; with less, its end is missing. */
  synchronized int spanRecords() {
    return spans;
  }

  @Override
  public synchronized void close() throws IOException {
    FileChannel open = channel;
    if (open != null) {
      open.force(true);
      open.close();
      channel = null;
    }
  }
}
