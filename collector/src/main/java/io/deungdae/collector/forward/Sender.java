package io.deungdae.collector.forward;

import java.util.List;

/**
 * Brings rows to one receiver. Used by the threads of its forwarder, by one at a time unless {@link
 * #parallel} says otherwise, except for {@link #close}, which may come from another and ends a send
 * that is under way.
 *
 * <p>Rows may come again after a crash or a failure, always with the same contents; a sender makes
 * of the same row the same message, so that the receiver ends up with it once.
 */
public interface Sender extends AutoCloseable {

  /**
   * Sends all rows; when it returns, the receiver has taken them. Takes bounded time.
   *
   * @param batch rows in sequence order, at least one
   * @throws SendException when the receiver could not be reached, or refused some of them; it may
   *     then have taken others
   */
  void send(List<Outgoing> batch) throws SendException;

  /** How many sends may be under way at the same time; at least 1. */
  default int parallel() {
    return 1;
  }

  /** Bytes given to the receiver so far, before compression. Any thread. */
  default long bytes() {
    return 0;
  }

  /**
   * There is nothing to send at present: a moment for what a receiver wants besides rows. Takes
   * bounded time and does not fail.
   *
   * @param nowNs monotonic time
   */
  default void idle(long nowNs) {}

  @Override
  void close();
}
