package io.deungdae.collector.store;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Where in time the rows with given sequence numbers lie.
 *
 * <p>The table is ordered by source time, forwarders read by sequence number. A span says: rows
 * {@code fromSeq..toSeq} that are not elsewhere lie between {@code fromUs} and {@code toUs}. A span
 * is on disk before the rows it covers are, so after a crash it tells where to look for the last
 * ones. It is opened ahead of time ({@link #AHEAD_US} of source time), so that steady samples cost
 * one record in half a minute; late samples open spans of their own. Closed ones that lie near each
 * other are made one of an hour or 200,000 rows, in memory at once and in the file when it is next
 * opened: else a year would be a million of them.
 *
 * <p>One writer calls {@link #cover} and {@link #force}; anybody may ask.
 */
final class Spans implements AutoCloseable {

  /**
   * One span.
   *
   * @param id number of the span, growing
   * @param fromSeq first sequence number
   * @param toSeq last sequence number; {@link Long#MAX_VALUE} while open
   * @param fromUs earliest time, microseconds since 1970
   * @param toUs latest time
   */
  record Span(long id, long fromSeq, long toSeq, long fromUs, long toUs) {
    boolean isOpen() {
      return toSeq == Long.MAX_VALUE;
    }

    Span closedAt(long seq) {
      return new Span(id, fromSeq, seq, fromUs, toUs);
    }

    /** Both as one, that is no worse to read. */
    Optional<Span> with(Span other) {
      Span both =
          new Span(
              id,
              Math.min(fromSeq, other.fromSeq),
              Math.max(toSeq, other.toSeq),
              Math.min(fromUs, other.fromUs),
              Math.max(toUs, other.toUs));
      boolean small = both.toSeq - both.fromSeq < MAX_ROWS && both.toUs - both.fromUs <= MAX_US;
      return small ? Optional.of(both) : Optional.empty();
    }
  }

  private static final class Lease {
    private final Span span;
    private long lastSeq;

    private Lease(Span span) {
      this.span = span;
      this.lastSeq = span.fromSeq;
    }

    private boolean holds(long us) {
      return us >= span.fromUs && us <= span.toUs;
    }

    private Span closed() {
      return span.closedAt(lastSeq);
    }
  }

  static final long AHEAD_US = 30_000_000;
  private static final long BEHIND_US = 1_000_000;
  private static final int MAX_OPEN = 16;
  private static final long MAX_ROWS = 200_000;
  private static final long MAX_US = 3_600_000_000L; // of one that is made of several
  private static final int RECORD = 5 * Long.BYTES + Integer.BYTES;

  private final Path file;
  private final FileChannel channel;
  private final List<Lease> open = new ArrayList<>();
  private final TreeMap<Long, List<Span>> closedByToSeq = new TreeMap<>();
  private long longest = MAX_ROWS;
  private long nextId = 1;
  private boolean dirty;

  private Spans(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * The spans that the file holds, by id; empty when there is no file.
   *
   * @throws EOFException when the file is damaged before its end; it must then be rebuilt
   */
  static List<Span> load(Path file) throws IOException {
    Map<Long, Span> byId = new LinkedHashMap<>();
    if (!Files.exists(file)) {
      return List.of();
    }
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    while (bytes.remaining() >= RECORD) {
      int start = bytes.position();
      Span span =
          new Span(
              bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
      if (crc(bytes.array(), start) != bytes.getInt()) {
        if (bytes.hasRemaining()) {
          throw new EOFException(file + " is damaged at byte " + start);
        }
        break; // torn by a crash: what it covers was never committed
      }
      byId.put(span.id, span);
    }
    return List.copyOf(byId.values());
  }

  /** Those of a list that lie near each other made one. */
  static List<Span> joined(Collection<Span> closed) {
    List<Span> joined = new ArrayList<>();
    for (Span span : closed) {
      int place = joined.size() - 1;
      while (place >= 0 && joined.get(place).with(span).isEmpty()) {
        place = joined.size() - place < MAX_OPEN ? place - 1 : -1;
      }
      if (place < 0) {
        joined.add(span);
      } else {
        joined.set(place, joined.get(place).with(span).orElseThrow());
      }
    }
    return joined;
  }

  /** Writes a file of these spans, replacing what is there, and opens it. */
  static Spans create(Path file, Collection<Span> all) throws IOException {
    List<Span> closed = joined(all);
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      for (Span span : closed) {
        write(channel, span);
      }
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Folders.force(file.toAbsolutePath().getParent());
    Spans spans =
        new Spans(
            file, FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND));
    closed.forEach(spans::remember);
    return spans;
  }

  /** Makes sure that a row is covered. On disk only after {@link #force}. */
  synchronized void cover(long seq, long us) throws IOException {
    Lease lease = leaseOf(us);
    if (lease != null && seq - lease.span.fromSeq >= MAX_ROWS) {
      close(lease);
      lease = null;
    }
    if (lease == null) {
      lease = open(seq, us);
    }
    lease.lastSeq = Math.max(lease.lastSeq, seq);
  }

  private @Nullable Lease leaseOf(long us) {
    for (int i = open.size() - 1; i >= 0; i--) {
      if (open.get(i).holds(us)) {
        return open.get(i);
      }
    }
    return null;
  }

  /**
   * Makes sure that rows from {@code seq} on are covered wherever they lie between two times, by
   * one span. On disk only after {@link #force}.
   */
  synchronized void coverAll(long seq, long fromUs, long toUs) throws IOException {
    for (Lease lease : open) {
      boolean roomy = seq - lease.span.fromSeq < MAX_ROWS / 2;
      if (roomy && lease.holds(fromUs) && lease.holds(toUs)) {
        return;
      }
    }
    open(seq, Math.max(0, fromUs - BEHIND_US), Math.addExact(toUs, AHEAD_US));
  }

  private Lease open(long seq, long us) throws IOException {
    return open(seq, Math.max(0, us - BEHIND_US), us + AHEAD_US);
  }

  private Lease open(long seq, long fromUs, long toUs) throws IOException {
    if (open.size() >= MAX_OPEN) {
      close(open.stream().min(Comparator.comparingLong(l -> l.lastSeq)).orElseThrow());
    }
    Span span = new Span(nextId++, seq, Long.MAX_VALUE, fromUs, toUs);
    append(span);
    Lease lease = new Lease(span);
    open.add(lease);
    return lease;
  }

  private void close(Lease lease) throws IOException {
    open.remove(lease);
    append(lease.closed());
    remember(lease.closed());
  }

  /** Closes the spans in which no row fell after {@code seq}. */
  synchronized void closeUnusedSince(long seq) throws IOException {
    for (Lease lease : List.copyOf(open)) {
      if (lease.lastSeq < seq) {
        close(lease);
      }
    }
  }

  private void append(Span span) throws IOException {
    long torn = channel.size() % RECORD;
    if (torn != 0) {
      channel.truncate(channel.size() - torn); // left by a write that failed half-way
    }
    write(channel, span);
    dirty = true;
  }

  private void remember(Span span) {
    Span kept = withRecent(span);
    closedByToSeq.computeIfAbsent(kept.toSeq, k -> new ArrayList<>(1)).add(kept);
    longest = Math.max(longest, kept.toSeq - kept.fromSeq);
    nextId = Math.max(nextId, span.id + 1);
  }

  /** A span together with one that was closed not long before, which is taken out. */
  private Span withRecent(Span span) {
    int looked = 0;
    for (List<Span> spans : closedByToSeq.descendingMap().values()) {
      for (Span recent : spans) {
        Optional<Span> both = recent.with(span);
        if (both.isPresent()) {
          spans.remove(recent);
          closedByToSeq.remove(recent.toSeq, List.of());
          return both.orElseThrow();
        }
      }
      if (++looked == MAX_OPEN) {
        break;
      }
    }
    return span;
  }

  /** Puts on disk what {@link #cover} wrote; does nothing when it wrote nothing. */
  synchronized void force() throws IOException {
    if (dirty) {
      channel.force(false);
      dirty = false;
    }
  }

  /** Records in the file. */
  synchronized int records() throws IOException {
    return (int) (channel.size() / RECORD);
  }

  /** Records in a file that nobody has open. */
  static int records(Path file) throws IOException {
    return Files.exists(file) ? (int) (Files.size(file) / RECORD) : 0;
  }

  /** The stretches of time in which rows {@code fromSeq..toSeq} lie, apart and ascending. */
  synchronized List<Stretch> stretches(long fromSeq, long toSeq) {
    List<Stretch> found = new ArrayList<>();
    for (Lease lease : open) {
      if (lease.lastSeq >= fromSeq && lease.span.fromSeq <= toSeq) {
        found.add(new Stretch(lease.span.fromUs, lease.span.toUs));
      }
    }
    for (List<Span> spans : closedByToSeq.subMap(fromSeq, true, limit(toSeq), true).values()) {
      for (Span span : spans) {
        if (span.fromSeq <= toSeq) {
          found.add(new Stretch(span.fromUs, span.toUs));
        }
      }
    }
    return Stretch.joined(found);
  }

  private long limit(long toSeq) {
    return toSeq > Long.MAX_VALUE - longest ? Long.MAX_VALUE : toSeq + longest;
  }

  /** The lowest sequence number above {@code seq} that a span covers; max when there is none. */
  synchronized long nextCovered(long seq) {
    long next = Long.MAX_VALUE;
    for (Lease lease : open) {
      if (lease.lastSeq > seq) {
        next = Math.min(next, Math.max(seq + 1, lease.span.fromSeq));
      }
    }
    for (List<Span> spans : closedByToSeq.tailMap(seq, false).values()) {
      for (Span span : spans) {
        next = Math.min(next, Math.max(seq + 1, span.fromSeq));
      }
      if (next == seq + 1) {
        break;
      }
    }
    return next;
  }

  /** The highest number that may lie before a time; 0 when there is none. */
  synchronized long lastSeqBefore(long us) {
    long last = 0;
    for (Lease lease : open) {
      last = lease.span.fromUs < us ? Math.max(last, lease.lastSeq) : last;
    }
    for (List<Span> spans : closedByToSeq.values()) {
      for (Span span : spans) {
        last = span.fromUs < us ? Math.max(last, span.toSeq) : last;
      }
    }
    return last;
  }

  /** Forgets what lies wholly before a time; the file follows when it is next opened. */
  synchronized void forgetBefore(long us) {
    closedByToSeq.values().removeIf(spans -> spans.stream().allMatch(s -> s.toUs < us));
  }

  private static void write(FileChannel channel, Span span) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(RECORD);
    bytes.putLong(span.id).putLong(span.fromSeq).putLong(span.toSeq);
    bytes.putLong(span.fromUs).putLong(span.toUs);
    bytes.putInt(crc(bytes.array(), 0)).flip();
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static int crc(byte[] bytes, int start) {
    CRC32 crc = new CRC32();
    crc.update(bytes, start, RECORD - Integer.BYTES);
    return (int) crc.getValue();
  }

  @Override
  public synchronized void close() throws IOException {
    if (!channel.isOpen()) {
      return;
    }
    for (Lease lease : List.copyOf(open)) {
      close(lease);
    }
    force();
    channel.close();
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
