package io.deungdae.collector.store;

import io.deungdae.collector.signal.Sample;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Samples on their way to the disk.
 *
 * <p>Hand-off: device threads put, the writer takes. When it is full, putting waits; nothing is
 * ever lost here. What was taken still counts as in here until the writer says it is {@link #done},
 * so that a failing disk fills the queue and not the memory. Only while nothing has been written
 * for seconds, what does not fit is refused, and counted.
 */
final class RowQueue {

  private static final long SLICE_MS = 100;

  private final int capacity;
  private final int wakeAt;
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition roomMade = lock.newCondition();
  private final Condition rowsCame = lock.newCondition();
  private final ArrayDeque<Sample> rows = new ArrayDeque<>();
  private int taken;
  private long ticket;
  private boolean closed;
  private boolean refusing;
  private long refused;

  /**
   * An empty one.
   *
   * @param capacity how many samples it holds
   * @param batchRows the writer is woken early for this many
   */
  RowQueue(int capacity, int batchRows) {
    this.capacity = capacity;
    this.wakeAt = Math.min(capacity, batchRows);
  }

  /**
   * Puts all samples, waiting for room as long as it takes or until samples are refused.
   *
   * @return how many samples have been put since the start, these included; {@link
   *     Historian#REFUSED} when not all were taken
   * @throws IllegalStateException when the queue was closed, or the thread interrupted, before all
   *     had room
   */
  long put(List<Sample> batch) {
    lock.lock();
    try {
      for (int i = 0; i < batch.size(); i++) {
        if (!awaitRoom()) {
          refused += batch.size() - i;
          return Historian.REFUSED;
        }
        rows.add(batch.get(i));
        ticket++;
      }
      if (rows.size() >= wakeAt) {
        rowsCame.signal();
      }
      return ticket;
    } finally {
      lock.unlock();
    }
  }

  private boolean awaitRoom() {
    while (!closed && rows.size() + taken >= capacity) {
      if (refusing) {
        return false;
      }
      rowsCame.signal();
      try {
        roomMade.await(SLICE_MS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while the historian's buffer was full", e);
      }
    }
    if (closed) {
      throw new IllegalStateException("the historian is closed");
    }
    return true;
  }

  /** From now on nobody waits for room: nothing can be written, and devices have to go on. */
  void refuse() {
    lock.lock();
    try {
      refusing = true;
      roomMade.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** How many samples were refused since the start. */
  long refused() {
    lock.lock();
    try {
      return refused;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes what waits, at most a batch, once there is a full batch or {@code gatherNs} have passed;
   * the list is empty when none came within that time. Returns at once when the queue is closed.
   */
  List<Sample> take(long gatherNs) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long leftNs = gatherNs;
      while (!closed && rows.size() < wakeAt && leftNs > 0) {
        leftNs = rowsCame.awaitNanos(leftNs);
      }
      int count = Math.min(wakeAt, rows.size());
      List<Sample> batch = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        batch.add(rows.remove());
      }
      taken += count;
      return batch;
    } finally {
      lock.unlock();
    }
  }

  /** Gives back the room of samples taken before. */
  void done(int count) {
    lock.lock();
    try {
      taken -= count;
      refusing = false;
      roomMade.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** How many samples have been put since the start. */
  long lastTicket() {
    lock.lock();
    try {
      return ticket;
    } finally {
      lock.unlock();
    }
  }

  /** Nothing can be put any more; what is in can still be taken. */
  void close() {
    lock.lock();
    try {
      closed = true;
      roomMade.signalAll();
      rowsCame.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isDrained() {
    lock.lock();
    try {
      return closed && rows.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  int capacity() {
    return capacity;
  }

  int size() {
    lock.lock();
    try {
      return rows.size() + taken;
    } finally {
      lock.unlock();
    }
  }
}
