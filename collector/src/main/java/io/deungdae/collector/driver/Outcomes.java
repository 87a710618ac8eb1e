package io.deungdae.collector.driver;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Hand-off of outcomes: device threads add, the control thread takes. Bounded; when it is full the
 * oldest outcome is lost and counted, and its setpoint then runs into control's own deadline.
 */
public final class Outcomes {

  private static final int CAPACITY = 1024;

  private final ArrayBlockingQueue<Outcome> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final AtomicLong lost = new AtomicLong();

  /** Adds one. Never waits. */
  public void add(Outcome outcome) {
    while (!queue.offer(outcome)) {
      if (queue.poll() != null) {
        lost.incrementAndGet();
      }
    }
  }

  /** Takes the oldest, or null when there is none. Never waits. */
  public @Nullable Outcome poll() {
    return queue.poll();
  }

  /** How many were lost since start. */
  public long lost() {
    return lost.get();
  }
}
