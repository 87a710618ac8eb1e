package io.deungdae.collector.forward;

import io.deungdae.collector.retry.Backoff;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.store.Historian;
import io.deungdae.collector.store.StoredSample;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends every row of the history to one receiver, in order, and remembers on disk how far it came.
 *
 * <p>Each row is sent at least once; that it arrives once is up to the sender, which sends the same
 * row always the same. Nothing is held in memory but the batch in hand. One thread of its own;
 * {@link #status} is open to any.
 */
public final class Forwarder implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Forwarder.class);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(15);

  private final ForwarderSettings settings;
  private final Historian historian;
  private final Sender sender;
  private final Clock clock;
  private final Cursor cursor;
  private final DeadLetters deadLetters;
  private final Backoff backoff;
  private final Thread thread;
  private final CountDownLatch stopping = new CountDownLatch(1);

  // Of the forwarder's thread alone.
  private List<Outgoing> inHand = List.of();
  private long notBeforeNs;
  private boolean waiting;

  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private volatile long position;
  private volatile String error = "";
  private volatile Instant oldestUnsent = Instant.MAX;

  /**
   * A forwarder that goes on where its cursor file says.
   *
   * @throws IOException when the cursor cannot be read
   */
  public Forwarder(
      ForwarderSettings settings,
      Historian historian,
      Sender sender,
      Clock clock,
      DoubleSupplier chance)
      throws IOException {
    this.settings = settings;
    this.historian = historian;
    this.sender = sender;
    this.clock = clock;
    this.cursor = Cursor.open(settings.folder().resolve(settings.name() + ".cursor"));
    this.deadLetters =
        new DeadLetters(settings.folder().resolve(settings.name() + ".refused.jsonl"));
    this.backoff = new Backoff(settings.retryLow(), settings.retryHigh(), chance);
    this.thread = new Thread(this::run, "forward-" + settings.name());
    thread.setDaemon(true);
    restartIfHistoryIsAnother();
    this.position = cursor.seq();
  }

  private void restartIfHistoryIsAnother() throws IOException {
    if (cursor.seq() > historian.lastSeq()) {
      LOG.warn(
          "forwarder is ahead of the history, which must be another; sending all of it name={}"
              + " cursor={} last={}",
          settings.name(),
          cursor.seq(),
          historian.lastSeq());
      cursor.moveTo(0);
    }
  }

  /** Starts its thread. */
  public void start() {
    thread.start();
  }

  private void run() {
    try {
      boolean more = false;
      while (!stopping.await(more ? 0 : waitMs(), TimeUnit.MILLISECONDS)) {
        more = tick(clock.now(), clock.nanoTime());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long waitMs() {
    long pauseMs = settings.pause().toMillis();
    if (!waiting) {
      return pauseMs;
    }
    long leftMs = TimeUnit.NANOSECONDS.toMillis(notBeforeNs - clock.nanoTime()) + 1;
    return Math.max(1, Math.min(pauseMs, leftMs));
  }

  /**
   * Sends one batch if there is one and it is time.
   *
   * @return true when there may be more to send at once
   */
  boolean tick(Instant now, long nowNs) {
    if (waiting && nowNs - notBeforeNs < 0) {
      return false;
    }
    try {
      if (inHand.isEmpty()) {
        take();
      }
      if (inHand.isEmpty()) {
        sender.idle(nowNs);
        return false;
      }
      StoredSample last = inHand.get(inHand.size() - 1).row();
      while (!inHand.isEmpty()) {
        int done = deliver(inHand, now);
        inHand = inHand.subList(done, inHand.size());
      }
      cursor.moveTo(last.seq());
      return worked(last);
    } catch (SendException e) {
      failed(e.getMessage(), nowNs + Math.max(e.pause().toNanos(), backoff.nextNs()));
    } catch (IOException | RuntimeException e) {
      // The one catch of this thread; also a history that is being closed ends up here.
      failed(e.toString(), nowNs + backoff.nextNs());
    }
    return false;
  }

  private void take() {
    List<StoredSample> rows = historian.tail(cursor.seq(), settings.batch());
    int[] turns = historian.turns(rows);
    List<Outgoing> batch = new ArrayList<>(rows.size());
    for (int i = 0; i < turns.length; i++) {
      batch.add(new Outgoing(rows.get(i), turns[i]));
    }
    inHand = batch;
    oldestUnsent = batch.isEmpty() ? Instant.MAX : rows.get(0).arrivalTime();
  }

  /**
   * Sends rows from the start of the list and says how many are dealt with. A refused list is
   * halved until the refused row stands alone.
   */
  private int deliver(List<Outgoing> rows, Instant now) throws SendException, IOException {
    try {
      sender.send(rows);
      sent.addAndGet(rows.size());
      return rows.size();
    } catch (SendException e) {
      if (e.kind() != SendException.Kind.REFUSED) {
        throw e;
      }
      if (rows.size() > 1) {
        return deliver(rows.subList(0, rows.size() / 2), now);
      }
      bury(rows.get(0), String.valueOf(e.getMessage()), now);
      return 1;
    }
  }

  private void bury(Outgoing row, String reason, Instant now) throws IOException {
    deadLetters.add(row.row(), reason, now);
    if (refused.getAndIncrement() == 0) {
      LOG.warn(
          "receiver refuses rows, which are put into the dead-letter file name={} seq={} tag={}"
              + " reason={}",
          settings.name(),
          row.row().seq(),
          row.row().tag(),
          reason);
    }
  }

  private boolean worked(StoredSample last) {
    boolean more = last.seq() < historian.lastSeq();
    oldestUnsent = more ? last.arrivalTime() : Instant.MAX;
    position = cursor.seq();
    waiting = false;
    backoff.succeeded();
    if (!error.isEmpty()) {
      LOG.info("receiver takes rows again name={} failures={}", settings.name(), failures.get());
      error = "";
    }
    return more;
  }

  private void failed(@Nullable String why, long untilNs) {
    failures.incrementAndGet();
    waiting = true;
    notBeforeNs = untilNs;
    if (error.isEmpty()) {
      LOG.warn(
          "receiver does not take rows, the history keeps them; check its address, rights and"
              + " health name={} reason={}",
          settings.name(),
          why);
    }
    error = why == null || why.isEmpty() ? "unknown" : why;
  }

  /**
   * The number of the row up to which, without exception, all have been dealt with, now and after a
   * crash. Rows above it may be needed yet.
   */
  public long deliveredUpTo() {
    return position;
  }

  /** How it is doing at {@code now}. */
  public ForwarderStatus status(Instant now) {
    Instant oldest = oldestUnsent;
    Duration lag =
        oldest.equals(Instant.MAX) || oldest.isAfter(now)
            ? Duration.ZERO
            : Duration.between(oldest, now);
    return new ForwarderStatus(
        settings.name(),
        position,
        Math.max(0, historian.lastSeq() - position),
        lag,
        sent.get(),
        refused.get(),
        failures.get(),
        error);
  }

  /** Stops; what was not sent is sent after the next start. Harmless when stopped already. */
  @Override
  public void close() {
    stopping.countDown();
    sender.close();
    try {
      thread.join(LONGEST_CLOSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
