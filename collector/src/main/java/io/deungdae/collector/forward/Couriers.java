package io.deungdae.collector.forward;

import io.deungdae.collector.signal.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Those who bring batches to the receiver: threads that send side by side, or the calling thread
 * itself when only one may send at a time. Given work by one thread, which also takes what became
 * of it; no more is under way than there are couriers.
 */
final class Couriers implements AutoCloseable {

  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);

  private final Sender sender;
  private final Clock clock;
  private final int number;
  private final @Nullable ThreadPoolExecutor threads;
  private final LinkedBlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
  private int underWay;

  Couriers(String name, Sender sender, int number, Clock clock) {
    this.sender = sender;
    this.number = number;
    this.clock = clock;
    this.threads = number == 1 ? null : threads(name, number);
  }

  private static ThreadPoolExecutor threads(String name, int number) {
    AtomicInteger made = new AtomicInteger();
    return new ThreadPoolExecutor(
        number,
        number,
        0,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(number),
        work -> {
          Thread thread = new Thread(work, "forward-" + name + "-" + made.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }

  /** How many there are. */
  int number() {
    return number;
  }

  /** How many have nothing to do. */
  int idle() {
    return number - underWay;
  }

  /** Has a batch sent. There must be an idle one. */
  void give(Batch batch) {
    underWay++;
    if (threads == null) {
      outcomes.add(deliver(batch));
    } else {
      threads.execute(() -> outcomes.add(deliver(batch)));
    }
  }

  /** Something that became of a batch, or null when nothing did within the time. */
  @Nullable Outcome take(long waitMs) throws InterruptedException {
    Outcome outcome = waitMs > 0 ? outcomes.poll(waitMs, TimeUnit.MILLISECONDS) : outcomes.poll();
    if (outcome != null) {
      underWay--;
    }
    return outcome;
  }

  private Outcome deliver(Batch batch) {
    long startNs = clock.nanoTime();
    List<Outcome.Refusal> refused = new ArrayList<>();
    int dealtWith = 0;
    @Nullable SendException failure = null;
    while (failure == null && dealtWith < batch.rows().size()) {
      try {
        dealtWith += send(batch.rows().subList(dealtWith, batch.rows().size()), refused);
      } catch (SendException e) {
        failure = e;
      } catch (RuntimeException e) { // of a library, at its mercy
        failure = new SendException(SendException.Kind.UNREACHABLE, e.toString());
      }
    }
    return new Outcome(batch, dealtWith, refused, failure, clock.nanoTime() - startNs);
  }

  /**
   * Sends rows from the start of the list and says how many are dealt with. A refused list is
   * halved until the refused row stands alone, unless the receiver says which rows it refuses.
   */
  private int send(List<Outgoing> rows, List<Outcome.Refusal> refused) throws SendException {
    try {
      sender.send(rows);
      return rows.size();
    } catch (SendException e) {
      if (e.kind() != SendException.Kind.REFUSED) {
        throw e;
      }
      if (!e.refused().isEmpty()) {
        e.refused().forEach((i, why) -> refused.add(new Outcome.Refusal(rows.get(i), why)));
        return rows.size();
      }
      if (rows.size() > 1) {
        return send(rows.subList(0, rows.size() / 2), refused);
      }
      refused.add(new Outcome.Refusal(rows.get(0), String.valueOf(e.getMessage())));
      return 1;
    }
  }

  /** Ends the threads; what they are sending is ended by closing the sender. */
  @Override
  public void close() {
    if (threads == null) {
      return;
    }
    threads.shutdownNow();
    try {
      boolean unused = threads.awaitTermination(LONGEST_CLOSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
