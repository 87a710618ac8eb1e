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

  /** Goes to the end of a queue. The place is held until it is {@link #leave left}. */
  Object queue(Urgency urgency) {
    Object place = new Object();
    lock.lock();
    try {
      (urgency == Urgency.FIRST ? urgent : inTurn).add(place);
      return place;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for the turn of a place. Who has the turn has left the queue, and gives it back.
   *
   * @param atMostNs longest wait, nanoseconds
   * @return false when the time ran out or the thread was interrupted; the place is kept
   */
  boolean await(Object place, long atMostNs) {
    lock.lock();
    try {
      long leftNs = atMostNs;
      while (holder != null || next() != place) {
        if (leftNs <= 0) {
          return false;
        }
        leftNs = changed.awaitNanos(leftNs);
      }
      holder = place;
      remove(place);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** Gives a place in the queue up, if it is still there. */
  void leave(Object place) {
    lock.lock();
    try {
      remove(place);
      changed.signalAll(); // whoever was behind may be next
    } finally {
      lock.unlock();
    }
  }

  private void remove(Object place) {
    urgent.remove(place);
    inTurn.remove(place);
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
