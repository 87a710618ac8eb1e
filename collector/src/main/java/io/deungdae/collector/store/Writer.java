package io.deungdae.collector.store;

import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Sample;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that commits. A batch that cannot be written is tried again until it can; meanwhile
 * the queue fills and {@code append} waits, for some seconds: then it refuses what does not fit.
 */
final class Writer {

  private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
  private static final long LONGEST_WAIT_MS = 5_000;
  private static final int PATIENCE = 5; // attempts, one and a half seconds
  private static final int SWEEP_EVERY = 25; // commits

  private final long gatherNs;
  private final Clock clock;
  private final RowQueue queue;
  private final Journal journal;
  private final Spans spans;
  private final Applier applier;
  private final long firstSeq;
  private final Thread thread = new Thread(this::run, "historian-writer");
  private final CountDownLatch giveUp = new CountDownLatch(1);

  // Written by the writer's thread alone.
  private final AtomicLong ticket = new AtomicLong();
  private final AtomicLong commits = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private volatile long lastCommitNs;
  private volatile long worstCommitNs;
  private volatile String error = "";
  private long sweptSeq;

  Writer(
      HistorianSettings settings,
      Clock clock,
      RowQueue queue,
      Journal journal,
      Spans spans,
      Applier applier,
      long firstSeq) {
    this.gatherNs = settings.commit().toNanos();
    this.clock = clock;
    this.queue = queue;
    this.journal = journal;
    this.spans = spans;
    this.applier = applier;
    this.firstSeq = firstSeq;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!queue.isDrained()) {
        List<Sample> batch = queue.take(gatherNs);
        if (!batch.isEmpty() && !commit(batch)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      journal.close();
    }
  }

  private boolean commit(List<Sample> batch) throws InterruptedException {
    long startNs = clock.nanoTime();
    long waitMs = 50;
    for (int attempt = 1; !tryCommit(batch); attempt++) {
      if (attempt == PATIENCE) {
        queue.refuse();
      }
      if (giveUp.await(waitMs, TimeUnit.MILLISECONDS)) {
        return false;
      }
      waitMs = Math.min(LONGEST_WAIT_MS, 2 * waitMs);
    }
    lastCommitNs = clock.nanoTime() - startNs;
    worstCommitNs = Math.max(worstCommitNs, lastCommitNs);
    queue.done(batch.size());
    return true;
  }

  private boolean tryCommit(List<Sample> batch) {
    try {
      long txn = journal.write(batch, lastSeq() + 1);
      advance(batch.size(), txn);
      return true;
    } catch (IOException e) {
      failures.incrementAndGet();
      if (error.isEmpty()) {
        LOG.warn(
            "history cannot be written, samples wait in memory; check disk space and permissions"
                + " reason={}",
            e.getMessage());
      }
      error = String.valueOf(e.getMessage());
      return false;
    }
  }

  private void advance(int rows, long txn) throws IOException {
    ticket.addAndGet(rows);
    applier.committed(txn, lastSeq());
    long done = commits.incrementAndGet();
    if (!error.isEmpty()) {
      LOG.info("history is written again failures={}", failures.get());
      error = "";
    }
    if (done % SWEEP_EVERY == 0) {
      spans.closeUnusedSince(sweptSeq);
      sweptSeq = lastSeq();
    }
  }

  /** Waits for the last commit; false when samples were given up. */
  boolean stop(Duration longest) {
    try {
      thread.join(longest.toMillis());
      giveUp.countDown();
      thread.join(longest.toMillis());
    } catch (InterruptedException e) {
      giveUp.countDown();
      Thread.currentThread().interrupt();
    }
    return queue.size() == 0;
  }

  long committedTicket() {
    return ticket.get();
  }

  long lastSeq() {
    return firstSeq + ticket.get();
  }

  long commits() {
    return commits.get();
  }

  long failures() {
    return failures.get();
  }

  long lastCommitNs() {
    return lastCommitNs;
  }

  long worstCommitNs() {
    return worstCommitNs;
  }

  String error() {
    return error;
  }
}
