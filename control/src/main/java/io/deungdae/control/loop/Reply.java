package io.deungdae.control.loop;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hand-off of one answer: the control thread gives it once, the one who asked waits for it as long
 * as he likes. An answer that nobody waits for any more is lost; the audit log has it.
 *
 * @param <T> an immutable type
 */
public final class Reply<T> {

  private final CountDownLatch given = new CountDownLatch(1);
  private volatile @Nullable T answer;

  /** A reply that is there already. */
  static <T> Reply<T> of(T answer) {
    Reply<T> reply = new Reply<>();
    reply.give(answer);
    return reply;
  }

  /** Gives the answer. Only the first one counts. */
  void give(T theAnswer) {
    if (given.getCount() > 0) {
      answer = theAnswer;
      given.countDown();
    }
  }

  /** The answer if it is there. */
  public Optional<T> now() {
    return Optional.ofNullable(answer);
  }

  /**
   * Waits for the answer. Never to be called on the control thread.
   *
   * @param atMost longest wait
   * @return empty when it was not there in time, or when the waiting thread was interrupted
   */
  public Optional<T> await(Duration atMost) {
    try {
      return given.await(atMost.toNanos(), TimeUnit.NANOSECONDS) ? now() : Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
