package io.deungdae.collector.forward;

import io.deungdae.collector.store.StoredSample;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/**
 * What a forwarder tells about itself. Written by its thread, {@link #status} and {@link
 * #storedUpTo} are open to any.
 */
final class ForwarderCounts {

  private static final long PEEK_NS = Duration.ofSeconds(1).toNanos();

  /**
   * Where it stands.
   *
   * @param oldest arrival of the oldest row that was not sent; far in the future for none
   * @param newest arrival of the newest row that was sent, or its start
   * @param behind true when there are rows newer than that
   */
  private record Stand(
      long head,
      long todo,
      long backlog,
      long doneUpTo,
      Instant oldest,
      Instant newest,
      boolean behind) {}

  private final String name;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private final AtomicLong batches = new AtomicLong();
  private final AtomicLong sendingNs = new AtomicLong();
  private volatile long bytes;
  private volatile String error = "";
  private volatile Stand stand;
  private volatile long storedUpTo;

  private long newestSeq;
  private Instant newest;
  private long peekedAfter = -1;
  private long peekedNs;
  private Instant peeked = Instant.MAX;

  ForwarderCounts(String name, Progress progress, Instant now) {
    this.name = name;
    this.newest = now;
    this.newestSeq = progress.head();
    this.storedUpTo = progress.storedUpTo();
    this.stand =
        new Stand(
            progress.head(), progress.todo(), 0, progress.doneUpTo(), Instant.MAX, now, false);
  }

  void dealtWith(Outcome outcome, long bytesInAll) {
    sent.addAndGet(outcome.dealtWith() - outcome.refused().size());
    bytes = bytesInAll;
    batches.incrementAndGet();
    sendingNs.addAndGet(outcome.tookNs());
    if (outcome.dealtWith() > 0) {
      StoredSample last = outcome.batch().rows().get(outcome.dealtWith() - 1).row();
      if (last.seq() > newestSeq) {
        newestSeq = last.seq();
        newest = last.arrivalTime();
      }
    }
  }

  /** Counts a refused row; true for the first. */
  boolean refusedFirst() {
    return refused.getAndIncrement() == 0;
  }

  void failed(String why) {
    failures.incrementAndGet();
    error = why;
  }

  void well() {
    error = "";
  }

  boolean isWell() {
    return error.isEmpty();
  }

  long failures() {
    return failures.get();
  }

  long storedUpTo() {
    return storedUpTo;
  }

  /**
   * Lets others see where it stands.
   *
   * @param arrivalAfter looks up when the first row above a number arrived
   */
  void publish(
      Progress progress,
      Agenda agenda,
      LongFunction<Instant> arrivalAfter,
      Instant now,
      long nowNs) {
    storedUpTo = progress.storedUpTo();
    long done = progress.doneUpTo();
    Instant oldest = Instant.MAX;
    if (done < agenda.past()) {
      boolean look = peekedAfter < 0 || nowNs - peekedNs >= PEEK_NS;
      if (done != peekedAfter && look) {
        peeked = arrivalAfter.apply(done);
        peekedAfter = done;
        peekedNs = nowNs;
      }
      oldest = peeked;
    } else if (done < agenda.last()) {
      oldest = now.minusNanos(agenda.ageNs(done + 1, nowNs));
    }
    boolean behind = newestSeq < agenda.last();
    stand =
        new Stand(progress.head(), progress.todo(), agenda.backlog(), done, oldest, newest, behind);
  }

  ForwarderStatus status(Instant now, long lastSeq, long deadLetters, long lostLetters) {
    Stand at = stand;
    long rows = Math.max(0, lastSeq - at.head) + at.todo;
    return new ForwarderStatus(
        name,
        at.doneUpTo,
        rows,
        since(at.oldest, now),
        at.backlog,
        at.behind ? since(at.newest, now) : Duration.ZERO,
        sent.get(),
        refused.get(),
        failures.get(),
        bytes,
        batches.get(),
        Duration.ofNanos(sendingNs.get()),
        deadLetters,
        lostLetters,
        error);
  }

  private static Duration since(Instant then, Instant now) {
    return then.isAfter(now) ? Duration.ZERO : Duration.between(then, now);
  }
}
