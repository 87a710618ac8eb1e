package io.deungdae.collector.forward;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the next rows of a backlog while those before them are being sent, on a thread of its own;
 * or when they are asked for, where only one batch is under way at a time. Used by one thread.
 */
final class ReadAhead implements AutoCloseable {

  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);

  private final Agenda agenda;
  private final Reading reading;
  private final @Nullable ExecutorService thread;
  private @Nullable Under underWay;

  /** Rows that are being read. */
  private record Under(SeqRange range, Future<Stock> stock) {}

  ReadAhead(String name, Agenda agenda, Reading reading, boolean aside) {
    this.agenda = agenda;
    this.reading = reading;
    this.thread =
        aside
            ? Executors.newSingleThreadExecutor(
                work -> {
                  Thread made = new Thread(work, "forward-" + name + "-reader");
                  made.setDaemon(true);
                  return made;
                })
            : null;
  }

  /** True when rows are being read. */
  boolean isUnderWay() {
    return underWay != null;
  }

  /**
   * The next rows of the backlog; null when there are none, or none yet.
   *
   * @param waitMs longest wait for what is being read
   */
  @Nullable Stock take(long waitMs) throws InterruptedException {
    if (thread == null) {
      SeqRange range = agenda.takeWaiting(reading.ahead());
      return range == null ? null : reading.read(range, Lane.BACKLOG);
    }
    if (underWay == null) {
      begin(thread);
    }
    Under now = underWay;
    if (now == null) {
      return null;
    }
    try {
      Stock stock = now.stock.get(waitMs, TimeUnit.MILLISECONDS);
      underWay = null;
      begin(thread);
      return stock;
    } catch (TimeoutException e) {
      return null;
    } catch (ExecutionException e) {
      putBack();
      throw new IllegalStateException(e.getCause());
    }
  }

  private void begin(ExecutorService reader) {
    SeqRange range = agenda.takeWaiting(reading.ahead());
    if (range != null) {
      underWay = new Under(range, reader.submit(() -> reading.read(range, Lane.BACKLOG)));
    }
  }

  /** What is being read is read again later. */
  void putBack() {
    Under now = underWay;
    if (now != null) {
      agenda.giveBack(now.range);
      underWay = null;
    }
  }

  @Override
  public void close() {
    if (thread == null) {
      return;
    }
    thread.shutdown();
    try {
      boolean unused = thread.awaitTermination(LONGEST_CLOSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
