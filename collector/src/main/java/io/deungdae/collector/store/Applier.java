package io.deungdae.collector.store;

import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.store.KeepStatus.Room;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that brings committed rows into the table, where readers see them, and keeps the files
 * in order: deletes what is not needed any more and what is too old.
 */
final class Applier {

  private static final Logger LOG = LoggerFactory.getLogger(Applier.class);
  private static final long IDLE_MS = 1_000;
  private static final long PURGE_NS = 10_000_000_000L;
  private static final long LOOK_NS = 60_000_000_000L;
  private static final long RETRY_NS = 1_000_000_000L;
  private static final long ROOM_NS = 5_000_000_000L;

  /** Transactions: the one that the database leaves, and one that came meanwhile. */
  private static final int NEWEST = 2;

  private final Clock clock;
  private final Database database;
  private final HistorianSettings settings;
  private final DiskSpace space;
  private final Visibility visibility;
  private final Retention retention;
  private final Rollups rollups;
  private final long everyNs;
  private final Semaphore work = new Semaphore(0);
  private final AtomicBoolean wanted = new AtomicBoolean();
  private final CountDownLatch stopSignal = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "historian-applier");

  private final AtomicLong rounds = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private volatile String error = "";
  private volatile long diskBytes;
  private volatile long freeBytes;
  private volatile Room room = Room.ENOUGH;
  private volatile String rollupError = "";
  private volatile long oldestUs = -1;
  private volatile boolean overSize;
  private long nextRoomNs;
  private long nextRollupNs;
  private long nextPurgeNs;
  private long nextLookNs;
  private long nextRetryNs;
  private boolean held;

  Applier(
      HistorianSettings settings,
      Clock clock,
      Database database,
      Spans spans,
      Ledger ledger,
      Visibility visibility,
      DiskSpace space,
      Rollups rollups,
      KeepState state) {
    this.rollups = rollups;
    this.clock = clock;
    this.settings = settings;
    this.database = database;
    this.visibility = visibility;
    this.space = space;
    this.everyNs = everyNs(settings);
    this.retention = new Retention(database, spans, ledger, settings.keep(), rollups, state);
    thread.setDaemon(true);
  }

  /** What is left for a round to come was committed up to a commit's interval before. */
  private static long everyNs(HistorianSettings settings) {
    long readableNs = settings.readable().toNanos();
    return Math.max(readableNs / 2, readableNs - settings.commit().toNanos());
  }

  void start() {
    long nowNs = clock.nanoTime();
    nextPurgeNs = nowNs + PURGE_NS;
    nextLookNs = nowNs;
    nextRoomNs = nowNs;
    nextRollupNs = nowNs;
    nextRetryNs = nowNs;
    thread.start();
  }

  /** Called by the writer: a transaction holds rows up to this number. */
  void committed(long txn, long lastSeq) {
    visibility.committed(txn, lastSeq);
    work.release();
  }

  /** Makes it bring in now all that is committed. */
  void wake() {
    wanted.set(true);
    work.release();
  }

  private void run() {
    try {
      while (stopSignal.getCount() > 0) {
        long startNs = clock.nanoTime();
        if (!tick(startNs)) {
          rounds.incrementAndGet();
          rest(startNs);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Until there is something to do, but no less than asked for between two rounds. */
  private void rest(long startNs) throws InterruptedException {
    if (held || work.tryAcquire(IDLE_MS, TimeUnit.MILLISECONDS)) {
      long leftNs = everyNs - (clock.nanoTime() - startNs);
      if (stopSignal.await(leftNs, TimeUnit.NANOSECONDS)) {
        return;
      }
      work.drainPermits();
    }
  }

  private boolean tick(long nowNs) {
    boolean more = false;
    try {
      maintain(nowNs); // first, as it is what makes room on a full disk
      more = apply(nowNs);
      more |= !more && rollUp(nowNs);
    } catch (IOException | RuntimeException e) {
      // The one catch of this thread: whatever happened, the next tick tries again.
      fail(String.valueOf(e.getMessage()));
    }
    return more;
  }

  private void maintain(long nowNs) throws IOException {
    if (nowNs - nextPurgeNs >= 0) {
      nextPurgeNs = nowNs + PURGE_NS;
      database.purge();
    }
    retention.tick(clock.now(), nowNs);
    if (nowNs - nextLookNs >= 0) {
      nextLookNs = nowNs + LOOK_NS;
      look();
    }
    if (nowNs - nextRoomNs >= 0) {
      nextRoomNs = nowNs + ROOM_NS;
      keepRoom();
    }
  }

  /** What is done as the disk fills up, in this order: see {@link Room}. */
  private void keepRoom() throws IOException {
    Room before = room;
    room = space.room();
    if (room != before) {
      LOG.info("room on the disk changed room={} free_mb={}", room, space.freeBytes() >> 20);
    }
    boolean tooLittle = room == Room.SHORT || room == Room.NONE;
    if (tooLittle && !retention.makeRoom(clock.now()) && room != before) {
      LOG.warn("no day of samples can be deleted to make room; free some of the disk");
    }
  }

  /** Makes roll-ups, when there is room. What is wrong with them stops nothing else. */
  private boolean rollUp(long nowNs) {
    if (room != Room.ENOUGH || nowNs - nextRollupNs < 0) {
      return false;
    }
    try {
      boolean more = rollups.tick(clock.now(), nowNs);
      rollupError = "";
      return more;
    } catch (IOException | RuntimeException e) {
      if (rollupError.isEmpty()) {
        LOG.warn("roll-ups cannot be made, they are tried again reason={}", e.getMessage());
      }
      rollupError = String.valueOf(e.getMessage());
      nextRollupNs = nowNs + ROOM_NS;
      return false;
    }
  }

  /**
   * Each round costs a sync of every column. The database brings in all transactions but the newest
   * together, and that one in a round of its own; so, unless somebody waits for it, the newest is
   * left to the next time, when others have come.
   */
  private boolean apply(long nowNs) throws IOException {
    space.checkForApplying();
    String why = database.suspension();
    if (why != null && nowNs - nextRetryNs < 0) {
      return false;
    }
    if (why != null) {
      nextRetryNs = nowNs + RETRY_NS;
      database.resume();
    }
    boolean all = wanted.getAndSet(false);
    long left = database.apply();
    held = left > 0 && left <= NEWEST && !all;
    visibility.applied(database.visibleTxn());
    why = database.suspension();
    if (why != null) {
      fail(why);
    } else if (!error.isEmpty()) {
      LOG.info("history can be read again up to date failures={}", failures.get());
      error = "";
    }
    if (all && left > 0) {
      wanted.set(true);
    }
    return left > 0 && !held;
  }

  private void fail(String why) {
    failures.incrementAndGet();
    if (error.isEmpty()) {
      LOG.warn(
          "history is committed but cannot be brought into its table; check disk space reason={}",
          why);
    }
    error = why.isEmpty() ? "unknown" : why;
  }

  private void look() throws IOException {
    diskBytes = Folders.bytes(settings.folder());
    freeBytes = space.freeBytes();
    oldestUs = database.oldestUs(-1);
    long mostBytes = (long) settings.keep().maxSizeGb() << 30;
    overSize = mostBytes > 0 && diskBytes > mostBytes && !retention.makeRoom(clock.now());
  }

  void stop(Duration longest) {
    stopSignal.countDown();
    work.release();
    try {
      thread.join(longest.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  Retention retention() {
    return retention;
  }

  /** How keeping is doing. */
  KeepStatus keeping(long refused) {
    return new KeepStatus(
        room,
        refused,
        rollups.made(),
        rollups.behind(),
        rollupError,
        retention.deleted(),
        oldestUs < 0 ? -1 : oldestUs / 1_000,
        overSize);
  }

  long rounds() {
    return rounds.get();
  }

  long failures() {
    return failures.get();
  }

  String error() {
    return error;
  }

  long diskBytes() {
    return diskBytes;
  }

  long freeBytes() {
    return freeBytes;
  }
}
