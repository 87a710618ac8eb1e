package io.deungdae.control.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The audit log: append-only JSON lines, each carrying the hash of the one before it, in files that
 * change with the day (UTC) and with size. Nothing in it is ever overwritten.
 *
 * <p>Hand-off: any thread records, the record thread writes. When the queue is full, an event is
 * lost and counted, and a record in the log says how many are missing at that place.
 */
public final class AuditLog implements Drained {

  private static final int CAPACITY = 8192;
  private static final int BATCH = 1024;

  private final Path folder;
  private final long maxBytes;
  private final FileChannel lockChannel;
  private final ArrayBlockingQueue<AuditEvent> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final AtomicLong lost = new AtomicLong();
  private volatile AuditHead durable;

  // ---- the record thread's own
  private AuditHead head;
  private FileChannel channel;
  private int number;
  private String day;
  private long size;
  private long lostTold;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private int pendingCount;
  private @Nullable AuditEvent inHand;

  private AuditLog(Path folder, long maxBytes, FileChannel lockChannel, Instant now)
      throws IOException {
    this.folder = folder;
    this.maxBytes = maxBytes;
    this.lockChannel = lockChannel;
    List<Path> files = AuditFiles.in(folder);
    Path newest =
        files.isEmpty() ? AuditFiles.name(folder, 1, dayOf(now)) : files.get(files.size() - 1);
    this.number = AuditFiles.number(newest);
    this.day = AuditFiles.day(newest);
    this.channel = open(newest);
    AuditTail tail = AuditTail.of(newest);
    this.size = tail.size();
    this.head = tail.head().seq() > 0 ? tail.head() : headBefore(files);
    this.durable = head;
    repair(tail, now);
  }

  /**
   * Opens the log in a folder, which is made when it is missing, and repairs its end.
   *
   * @param folder where the files are
   * @param maxBytes size at which a new file is begun
   * @throws IOException when the folder cannot be used, or another process has the log open
   */
  public static AuditLog open(Path folder, long maxBytes, Instant now) throws IOException {
    Files.createDirectories(folder);
    FileChannel lockChannel =
        FileChannel.open(
            folder.resolve("audit.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = lockChannel.tryLock();
      if (lock == null) {
        throw new IOException("another process has the audit log in " + folder + " open");
      }
      return new AuditLog(folder, maxBytes, lockChannel, now);
    } catch (OverlappingFileLockException e) {
      lockChannel.close();
      throw new IOException("the audit log in " + folder + " is open already", e);
    } catch (IOException e) {
      lockChannel.close();
      throw e;
    }
  }

  /** Records an event. Never waits; called by any thread. */
  public void record(AuditEvent event) {
    if (!queue.offer(event)) {
      lost.incrementAndGet();
    }
  }

  /** How many events were lost since start because the queue was full. */
  public long lost() {
    return lost.get();
  }

  /** Where the chain ends on disk. */
  public AuditHead head() {
    return durable;
  }

  /** Verifies the files of this log; see {@link AuditVerifier}. */
  public AuditReport verify() throws IOException {
    return AuditVerifier.verify(folder);
  }

  @Override
  public int drain() throws IOException {
    int written = flush();
    for (int taken = 0; taken < BATCH; taken++) {
      inHand = inHand == null ? queue.poll() : inHand;
      if (inHand == null) {
        break;
      }
      append(inHand);
      inHand = null;
    }
    return written + flush();
  }

  @Override
  public void close() throws IOException {
    try (lockChannel;
        FileChannel last = channel) {
      while (last.isOpen() && (!queue.isEmpty() || pending.size() > 0)) {
        drain();
      }
    }
  }

  private void append(AuditEvent event) throws IOException {
    long missing = lost.get() - lostTold;
    if (missing > 0) {
      add(
          AuditEvent.of(event.at(), AuditKind.LOST, AuditEvent.GATEWAY, "")
              .with("events", missing));
      lostTold += missing;
    }
    add(event);
  }

  private void add(AuditEvent event) throws IOException {
    if (!dayOf(event.at()).equals(day) || size + pending.size() >= maxBytes) {
      rotate(dayOf(event.at()));
    }
    AuditLine line = AuditLine.of(head.seq() + 1, head.hash(), event);
    head = new AuditHead(line.seq(), line.hash());
    pending.writeBytes((line.text() + "\n").getBytes(StandardCharsets.UTF_8));
    pendingCount++;
  }

  /** Writes at a known place, so that after a failure the same bytes go to the same place again. */
  private int flush() throws IOException {
    if (pending.size() == 0) {
      return 0;
    }
    ByteBuffer bytes = ByteBuffer.wrap(pending.toByteArray());
    long at = size;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
    channel.force(false);
    size = at;
    pending.reset();
    durable = head;
    int count = pendingCount;
    pendingCount = 0;
    return count;
  }

  private void rotate(String newDay) throws IOException {
    flush();
    if (size == 0 && newDay.equals(day)) {
      return; // a record that is longer than a file may be
    }
    FileChannel next = open(AuditFiles.name(folder, number + 1, newDay));
    channel.close();
    channel = next;
    number++;
    day = newDay;
    size = 0;
  }

  /** What a power cut left of the last line is taken out of the file and kept in a record. */
  private void repair(AuditTail tail, Instant now) throws IOException {
    if (!tail.torn().isEmpty()) {
      channel.truncate(size);
      add(AuditEvent.of(now, AuditKind.REPAIRED, AuditEvent.GATEWAY, "").with("torn", tail.torn()));
    }
    flush();
  }

  private static AuditHead headBefore(List<Path> files) throws IOException {
    for (int i = files.size() - 2; i >= 0; i--) {
      AuditHead head = AuditTail.of(files.get(i)).head();
      if (head.seq() > 0) {
        return head;
      }
    }
    return AuditHead.EMPTY;
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static String dayOf(Instant at) {
    return at.atZone(ZoneOffset.UTC).toLocalDate().toString();
  }
}
