package io.deungdae.collector.forward;

import io.deungdae.collector.retry.Backoff;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.store.Historian;
import io.deungdae.collector.store.StoredSample;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends every row of the history to one receiver and remembers on disk what has been sent.
 *
 * <p>Rows that have just arrived come first; a backlog, left by an outage, is sent beside them,
 * from its oldest row on and at the pace that the settings allow. Each row is sent at least once;
 * that it arrives once is up to the sender, which sends the same row always the same. Nothing is
 * held in memory but what was read ahead. One thread of its own, and those of its couriers; {@link
 * #status} is open to any.
 */
public final class Forwarder implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Forwarder.class);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(15);
  private static final long STORE_NS = Duration.ofMillis(250).toNanos();
  private static final long LONG_NS = Duration.ofSeconds(1).toNanos();
  private static final long SHORT_NS = Duration.ofMillis(250).toNanos();
  private static final long BUSY_MS = 20;
  private static final int FEWEST_ROWS = 100;

  private final ForwarderSettings settings;
  private final Historian historian;
  private final Sender sender;
  private final Clock clock;
  private final Progress progress;
  private final Agenda agenda;
  private final Reading reading;
  private final ReadAhead ahead;
  private final Couriers couriers;
  private final Pace pace;
  private final DeadLetters deadLetters;
  private final Backoff backoff;
  private final ForwarderCounts counts;
  private final Thread thread;
  private final CountDownLatch stopping = new CountDownLatch(1);

  // Of the forwarder's thread alone.
  private Stock live = Stock.EMPTY;
  private Stock backlog = Stock.EMPTY;
  private int backlogUnderWay;
  private int backlogRows;
  private long freshNs;
  private boolean everFresh;
  private long restUntilNs;
  private boolean resting;
  private boolean resending;
  private long storedNs;
  private long notBeforeNs;
  private boolean waiting;
  private boolean awaited;

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
    this.progress = Progress.open(settings.folder().resolve(settings.name() + ".cursor"));
    restartIfHistoryIsAnother();
    this.agenda = new Agenda(progress, settings.order());
    this.reading = new Reading(historian, settings.batch(), settings.imported());
    int parallel = settings.order() == SendOrder.AS_STORED ? 1 : sender.parallel();
    this.couriers = new Couriers(settings.name(), sender, parallel, clock);
    this.ahead =
        new ReadAhead(
            settings.name(),
            agenda,
            new Reading(historian, settings.batch(), settings.imported()),
            parallel > 1);
    this.pace = new Pace(settings.backfill());
    this.backlogRows = settings.batch();
    this.deadLetters =
        new DeadLetters(settings.folder().resolve(settings.name() + ".refused.jsonl"));
    this.backoff = new Backoff(settings.retryLow(), settings.retryHigh(), chance);
    this.counts = new ForwarderCounts(settings.name(), progress, clock.now());
    this.thread = new Thread(this::run, "forward-" + settings.name());
    thread.setDaemon(true);
  }

  private void restartIfHistoryIsAnother() throws IOException {
    if (progress.head() > historian.lastSeq()) {
      LOG.warn(
          "forwarder is ahead of the history, which must be another; sending all of it name={}"
              + " cursor={} last={}",
          settings.name(),
          progress.head(),
          historian.lastSeq());
      progress.startOver();
      progress.store();
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
   * Has sent what there is and what it is time for, one batch when there is one courier.
   *
   * @return true when there may be more to do at once
   */
  boolean tick(Instant now, long nowNs) {
    boolean gave = false;
    awaited = false;
    try {
      agenda.saw(nowNs, historian.readableSeq());
      waiting = waiting && nowNs - notBeforeNs < 0;
      gave = !waiting && give(nowNs);
      settle(now, nowNs, gave);
      boolean busy = couriers.idle() < couriers.number();
      if (!gave && !busy && !waiting) {
        sender.idle(nowNs);
      }
      boolean more = busy || awaited || (gave && !waiting);
      if (!more || nowNs - storedNs >= STORE_NS) {
        progress.store();
        storedNs = nowNs;
      }
      counts.publish(progress, agenda, this::oldest, now, nowNs);
      return more;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      // The one catch of this thread; also a history that is being closed ends up here.
      putBack();
      failed(e.toString(), nowNs, Duration.ZERO);
    }
    return false;
  }

  // ---- what to send

  private boolean give(long nowNs) throws IOException, InterruptedException {
    int most = counts.isWell() ? couriers.number() : 1;
    boolean gave = false;
    while (couriers.number() - couriers.idle() < most) {
      Batch batch = next(nowNs);
      if (batch == null) {
        return gave;
      }
      gave = true;
      if (batch.rows().isEmpty()) {
        agenda.done(batch.range());
      } else {
        backlogUnderWay += batch.isLive() ? 0 : 1;
        couriers.give(batch);
      }
    }
    return gave;
  }

  private @Nullable Batch next(long nowNs) throws IOException, InterruptedException {
    refresh(nowNs);
    if (!live.isEmpty()) {
      return live.cut(settings.batch(), settings.batchBytes());
    }
    resting = resting && nowNs - restUntilNs < 0;
    boolean room = backlogUnderWay < Math.max(1, couriers.number() - 1);
    if (!room || resting || !pace.allows(nowNs)) {
      return null;
    }
    if (backlog.isEmpty()) {
      boolean nothingElse = couriers.idle() == couriers.number();
      Stock next = ahead.take(nothingElse ? BUSY_MS : 0);
      if (next == null) {
        awaited = ahead.isUnderWay();
        return awaited ? null : refusedOnce();
      }
      backlog = next;
    }
    Batch batch = backlog.cut(backlogRows, settings.batchBytes());
    pace.spend(batch.rows().size());
    return batch;
  }

  /** Refused rows that a person wants sent again. */
  private @Nullable Batch refusedOnce() throws IOException {
    if (resending || !deadLetters.isResending()) {
      return null;
    }
    List<Outgoing> rows = deadLetters.nextAgain(settings.batch());
    resending = !rows.isEmpty();
    return resending ? new Batch(null, rows) : null;
  }

  /** Sees to it that rows that have just arrived are at hand when it is time for them. */
  private void refresh(long nowNs) {
    if (!live.isEmpty() && live.rest().to() <= agenda.past()) {
      agenda.giveBack(live.rest()); // it took too long, newer ones come first
      live = Stock.EMPTY;
    }
    boolean due =
        agenda.fresh() >= settings.batch()
            || !everFresh
            || nowNs - freshNs >= settings.pause().toNanos();
    if (!live.isEmpty() || !due) {
      return;
    }
    SeqRange range = agenda.takeFresh(reading.ahead());
    if (range != null) {
      everFresh = true;
      freshNs = nowNs;
      live = reading.read(range, range.from() <= agenda.past() ? Lane.BACKLOG : Lane.LIVE);
    }
  }

  /** What was read ahead is read again later. */
  private void putBack() {
    if (!live.isEmpty()) {
      agenda.giveBack(live.rest());
      live = Stock.EMPTY;
    }
    if (!backlog.isEmpty()) {
      agenda.giveBack(backlog.rest());
      backlog = Stock.EMPTY;
    }
    ahead.putBack();
  }

  // ---- what became of it

  private void settle(Instant now, long nowNs, boolean gave) throws InterruptedException {
    boolean pause = couriers.idle() == 0 || (!gave && couriers.idle() < couriers.number());
    Outcome outcome = couriers.take(pause ? BUSY_MS : 0);
    while (outcome != null) {
      backlogUnderWay -= outcome.batch().isLive() ? 0 : 1;
      settle(outcome, now, nowNs);
      outcome = couriers.take(0);
    }
  }

  private void settle(Outcome outcome, Instant now, long nowNs) {
    Batch batch = outcome.batch();
    try {
      for (Outcome.Refusal refusal : outcome.refused()) {
        bury(refusal, now);
      }
    } catch (IOException e) { // none is dealt with that is not in the file
      agenda.giveBack(batch.range());
      resending = resending && batch.range() != null;
      putBack();
      failed("dead letters: " + e, nowNs, Duration.ZERO);
      return;
    }
    agenda.done(batch.done(outcome.dealtWith()));
    if (batch.range() == null) {
      resending = false;
      deadLetters.sentAgain(outcome.dealtWith());
    }
    counts.dealtWith(outcome, sender.bytes());
    SendException failure = outcome.failure();
    if (failure == null) {
      succeeded(outcome, nowNs);
    } else {
      agenda.giveBack(batch.left(outcome.dealtWith()));
      putBack();
      failed(failure.getMessage(), nowNs, failure.pause());
    }
  }

  private void bury(Outcome.Refusal refusal, Instant now) throws IOException {
    StoredSample row = refusal.row().row();
    deadLetters.add(refusal.row(), refusal.reason(), now);
    if (counts.refusedFirst()) {
      LOG.warn(
          "receiver refuses rows, which are put into the dead-letter file name={} seq={} tag={}"
              + " reason={}",
          settings.name(),
          row.seq(),
          row.tag(),
          refusal.reason());
    }
  }

  private void succeeded(Outcome outcome, long nowNs) {
    if (outcome.batch().isLive()) {
      if (outcome.tookNs() > LONG_NS) { // the receiver is at its limit: live wins
        resting = true;
        restUntilNs = nowNs + outcome.tookNs();
      }
    } else if (outcome.tookNs() > LONG_NS) {
      backlogRows = Math.max(Math.min(FEWEST_ROWS, settings.batch()), backlogRows / 2);
    } else if (outcome.tookNs() < SHORT_NS) {
      backlogRows = Math.min(settings.batch(), 2 * backlogRows);
    }
    if (!waiting) {
      backoff.succeeded();
      if (!counts.isWell()) {
        LOG.info(
            "receiver takes rows again name={} failures={}", settings.name(), counts.failures());
        counts.well();
      }
    }
  }

  private void failed(@Nullable String why, long nowNs, Duration atLeast) {
    if (counts.isWell()) {
      LOG.warn(
          "receiver does not take rows, the history keeps them; check its address, rights and"
              + " health name={} reason={}",
          settings.name(),
          why);
    }
    counts.failed(why == null || why.isEmpty() ? "unknown" : why);
    if (!waiting) {
      waiting = true;
      notBeforeNs = nowNs + Math.max(atLeast.toNanos(), backoff.nextNs());
    }
  }

  private Instant oldest(long afterSeq) {
    List<StoredSample> rows = historian.tail(afterSeq, 1);
    return rows.isEmpty() ? Instant.MAX : rows.get(0).arrivalTime();
  }

  /**
   * The number of the row up to which, without exception, all have been dealt with, now and after a
   * crash. Rows above it may be needed yet.
   */
  public long deliveredUpTo() {
    return counts.storedUpTo();
  }

  /** How it is doing at {@code now}. */
  public ForwarderStatus status(Instant now) {
    return counts.status(now, historian.lastSeq(), deadLetters.count(), deadLetters.lost());
  }

  /**
   * Refused rows, the newest of them, at most {@code most}. Any thread.
   *
   * @throws IOException when the file cannot be read
   */
  public List<RefusedRow> refusedRows(int most) throws IOException {
    return deadLetters.newest(most);
  }

  /**
   * Has all refused rows sent again, beside everything else; those refused again come back. Any
   * thread.
   *
   * @return how many there are
   * @throws IOException when they cannot be moved
   */
  public long resendRefused() throws IOException {
    return deadLetters.resend();
  }

  /**
   * Forgets all refused rows; the history keeps them. Any thread.
   *
   * @return how many there were
   * @throws IOException when the file cannot be deleted
   */
  public long dropRefused() throws IOException {
    return deadLetters.drop();
  }

  /** Stops; what was not sent is sent after the next start. Harmless when stopped already. */
  @Override
  public void close() {
    stopping.countDown();
    sender.close();
    couriers.close();
    ahead.close();
    try {
      thread.join(LONGEST_CLOSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
