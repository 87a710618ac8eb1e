package io.deungdae.collector.store;

import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * All samples, on disk.
 *
 * <p>{@link #append} is called by any device thread; a thread of the historian's own commits in
 * batches. Reading is open to any thread and sees what is committed.
 */
@SuppressWarnings("DoNotCallSuggester") // goes when the methods have bodies
public final class Historian implements AutoCloseable {

  /**
   * Takes samples to be stored.
   *
   * <p>Waits while the buffer is full, so that a slow disk slows the devices down instead of losing
   * samples.
   *
   * @return the ticket of the last one; the batch is durable once {@link #committedTicket} reaches
   *     it
   */
  public long append(List<Sample> batch) {
    throw new UnsupportedOperationException("being built");
  }

  /** The highest ticket up to which everything is safely on disk. */
  public long committedTicket() {
    throw new UnsupportedOperationException("being built");
  }

  /** Rows stored. */
  public long count() {
    throw new UnsupportedOperationException("being built");
  }

  /** Rows stored of one tag. */
  public long count(Tag tag) {
    throw new UnsupportedOperationException("being built");
  }

  /**
   * One tag from {@code from} (included) to {@code to} (excluded), by source time, thinned to about
   * {@code maxPoints} without losing peaks.
   */
  public Trend trend(Tag tag, Instant from, Instant to, int maxPoints) {
    throw new UnsupportedOperationException("being built");
  }

  /**
   * Tags on a grid from {@code from} to {@code to} (both included), by arrival order of good
   * values; a value older than {@code lookBack} at a grid time is not used.
   */
  public Frame frame(List<Tag> tags, Instant from, Instant to, Duration step, Duration lookBack) {
    throw new UnsupportedOperationException("being built");
  }

  /** At most {@code max} rows with a sequence number above {@code afterSeq}, in sequence order. */
  public List<StoredSample> tail(long afterSeq, int max) {
    throw new UnsupportedOperationException("being built");
  }

  /** The highest committed sequence number, 0 when there is none. */
  public long lastSeq() {
    throw new UnsupportedOperationException("being built");
  }

  @Override
  public void close() {}
}
