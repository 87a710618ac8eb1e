package io.deungdae.collector.past;

import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.TagTable;
import io.deungdae.collector.store.Historian;
import io.deungdae.collector.store.Known;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Puts values of the past into the historian, past the board: no latest value, alarm, loop or live
 * console ever sees one. A value whose tag, time and value are stored already is left out, so an
 * import may be repeated. Thread-safe; one batch at a time.
 */
public final class PastIntake implements PastSink {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MOST_UNREAD = 400_000;

  /** A batch that readers may not see yet. */
  private record Unread(long ticket, List<PastValue> values) {}

  private final Historian historian;
  private final Supplier<TagTable> tags;
  private final Supplier<Duration> retention;
  private final Clock clock;
  private final ReentrantLock turn = new ReentrantLock();
  private final ArrayDeque<Unread> unread = new ArrayDeque<>();
  private final Set<PastValue> unreadValues = new HashSet<>();
  private long lastTicket;

  /**
   * An intake.
   *
   * @param retention age beyond which the historian deletes; zero for never
   */
  public PastIntake(
      Historian historian, Supplier<TagTable> tags, Supplier<Duration> retention, Clock clock) {
    this.historian = historian;
    this.tags = tags;
    this.retention = retention;
    this.clock = clock;
  }

  @Override
  public Answer put(List<PastValue> batch) throws IOException {
    turn.lock();
    try {
      forgetRead();
      return take(batch, clock.now(), clock.nanoTime());
    } finally {
      turn.unlock();
    }
  }

  private Answer take(List<PastValue> batch, Instant now, long nowNs) {
    List<Refusal> refusals = new ArrayList<>();
    List<PastValue> fresh = new ArrayList<>();
    List<Sample> samples = new ArrayList<>();
    Set<PastValue> here = new HashSet<>();
    long known = 0;
    for (int i = 0; i < batch.size(); i++) {
      PastValue value = batch.get(i);
      Optional<Tag> tag = tags.get().find(value.tag());
      String expected = expected(value, tag, now);
      if (!expected.isEmpty() || tag.isEmpty()) {
        refusals.add(new Refusal(i, expected));
      } else if (unreadValues.contains(value) || !here.add(value)) {
        known++;
      } else {
        fresh.add(value);
        samples.add(sample(tag.get(), value, now, nowNs));
      }
    }
    List<Known> found = historian.known(samples);
    List<Sample> missing = new ArrayList<>();
    List<PastValue> missingValues = new ArrayList<>();
    long differing = 0;
    for (int i = 0; i < samples.size(); i++) {
      if (found.get(i) == Known.SAME) {
        known++;
      } else {
        differing += found.get(i) == Known.OTHER_VALUE ? 1 : 0;
        missing.add(samples.get(i));
        missingValues.add(fresh.get(i));
      }
    }
    append(missing, missingValues);
    return new Answer(missing.size(), known, differing, refusals);
  }

  private void append(List<Sample> samples, List<PastValue> values) {
    if (!samples.isEmpty()) {
      lastTicket = historian.append(samples);
      unread.add(new Unread(lastTicket, values));
      unreadValues.addAll(values);
    }
  }

  /** What a value must be to be taken; empty when it is so. */
  private String expected(PastValue value, Optional<Tag> tag, Instant now) {
    if (tag.isEmpty()) {
      return "a tag of the settings";
    }
    if (value.value().kind() != tag.get().kind()) {
      return "a value of the kind " + tag.get().kind();
    }
    Instant at = Instant.EPOCH.plus(value.us(), ChronoUnit.MICROS);
    if (at.isAfter(now) || value.us() < 0) {
      return "a time from 1970 to now";
    }
    Duration kept = retention.get();
    if (!kept.isZero() && at.isBefore(now.minus(kept))) {
      return "a time that history keeps: not before "
          + now.minus(kept).truncatedTo(ChronoUnit.SECONDS)
          + " (historian.retention)";
    }
    return "";
  }

  private static Sample sample(Tag tag, PastValue value, Instant now, long nowNs) {
    Instant at = Instant.EPOCH.plus(value.us(), ChronoUnit.MICROS);
    return new Sample(tag, value.value(), Quality.GOOD_IMPORTED, at, now, nowNs);
  }

  /**
   * Forgets the batches that the historian's readers see; waits while there are too many others.
   */
  private void forgetRead() throws IOException {
    long endNs = clock.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Unread first = unread.peek();
      while (first != null && historian.isReadable(first.ticket)) {
        first.values.forEach(unreadValues::remove);
        unread.remove();
        first = unread.peek();
      }
      if (unreadValues.size() < MOST_UNREAD) {
        return;
      }
      pause(endNs, "read");
    }
  }

  @Override
  public void finish() throws IOException {
    long endNs = clock.nanoTime() + PATIENCE.toNanos();
    while (historian.committedTicket() < lastTicket()) {
      pause(endNs, "committed");
    }
  }

  private long lastTicket() {
    turn.lock();
    try {
      return lastTicket;
    } finally {
      turn.unlock();
    }
  }

  private void pause(long endNs, String what) throws IOException {
    if (clock.nanoTime() > endNs || Thread.currentThread().isInterrupted()) {
      throw new IOException(
          "the history has not "
              + what
              + " what was put within "
              + PATIENCE.toSeconds()
              + " s: "
              + historian.status().error());
    }
    LockSupport.parkNanos(20_000_000);
  }
}
