package io.deungdae.collector.driver.modbus;

import io.deungdae.collector.driver.modbus.Link.Urgency;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Who may use a bus: one at a time, in the order of asking, and those with a setpoint before all
 * others. Since everybody asks anew for each exchange and goes to the end of the queue, nobody can
 * have a second turn while somebody else waits for a first.
 *
 * <p>Hand-off between the threads of the devices on a bus. Nothing is lost; every wait is bounded;
 * the lock is held for a few instructions only. Thread-safe.
 */
final class Turns {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Object> urgent = new ArrayDeque<>();
  private final Deque<Object> inTurn = new ArrayDeque<>();
  private @Nullable Object holder;

  /**
   * Waits for a turn. Who has one gives it back.
   *
   * @param atMostNs longest wait, nanoseconds
   * @return false when the time ran out or the thread was interrupted
   */
  boolean take(Urgency urgency, long atMostNs) {
    Object me = new Object();
    Deque<Object> queue = urgency == Urgency.FIRST ? urgent : inTurn;
    lock.lock();
    try {
      queue.add(me);
      if (!awaitTurn(me, atMostNs)) {
        return false;
      }
      holder = me;
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      queue.remove(me);
      changed.signalAll(); // whoever was behind may be next
      lock.unlock();
    }
  }

  private boolean awaitTurn(Object me, long atMostNs) throws InterruptedException {
    long leftNs = atMostNs;
    while (holder != null || next() != me) {
      if (leftNs <= 0) {
        return false;
      }
      leftNs = changed.awaitNanos(leftNs);
    }
    return true;
  }

  private @Nullable Object next() {
    return urgent.isEmpty() ? inTurn.peek() : urgent.peek();
  }

  /** Gives the turn back. To be called once by who took one. */
  void give() {
    lock.lock();
    try {
      holder = null;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** How many wait. */
  int waiting() {
    lock.lock();
    try {
      return urgent.size() + inTurn.size();
    } finally {
      lock.unlock();
    }
  }
}
