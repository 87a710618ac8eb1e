package io.deungdae.collector.driver;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Hand-off of what has arrived: threads of a protocol library add, the device's own thread takes.
 *
 * <p>Bounded, and adding never waits, because a library thread that waits stalls the keep-alives of
 * its connection. When it is full the oldest entry is lost and counted: the newest state of the
 * plant is worth more than an older one. Order is kept.
 *
 * @param <T> what arrives; immutable
 */
public final class Inbox<T> {

  private final ArrayBlockingQueue<T> queue;
  private final Runnable wake;
  private final AtomicLong lost = new AtomicLong();

  /**
   * An empty inbox.
   *
   * @param capacity most entries it holds; positive
   * @param wake called after each entry, to wake the device's thread; must not block
   */
  public Inbox(int capacity, Runnable wake) {
    this.queue = new ArrayBlockingQueue<>(capacity);
    this.wake = wake;
  }

  /** Adds one and wakes the device's thread. Never waits. From any thread. */
  public void add(T arrived) {
    while (!queue.offer(arrived)) {
      if (queue.poll() != null) {
        lost.incrementAndGet();
      }
    }
    wake.run();
  }

  /** Takes the oldest, or null when there is none. Never waits. On the device's thread. */
  public @Nullable T poll() {
    return queue.poll();
  }

  /**
   * Takes the oldest entries, at most {@code most}, in order; empty when there is none. Never
   * waits. On the device's thread.
   */
  public List<T> take(int most) {
    List<T> taken = new ArrayList<>();
    queue.drainTo(taken, most);
    return taken;
  }

  /** True when nothing waits. */
  public boolean isEmpty() {
    return queue.isEmpty();
  }

  /** How many wait. From any thread. */
  public int size() {
    return queue.size();
  }

  /** Forgets what waits, without counting it as lost: for a link that is made anew. */
  public void clear() {
    queue.clear();
  }

  /** How many entries were lost because it was full, since start. From any thread. */
  public long lost() {
    return lost.get();
  }
}
