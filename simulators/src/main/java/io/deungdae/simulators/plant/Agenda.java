package io.deungdae.simulators.plant;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What is to happen at which plant time. Thread-safe. */
final class Agenda {

  private record Item(double time, long number, Runnable action) {}

  private final Lock lock = new ReentrantLock();
  private final Queue<Item> items =
      new PriorityQueue<>(Comparator.comparingDouble(Item::time).thenComparing(Item::number));
  private long number;

  /** Plans an action; those of one time are done in the order they were planned. */
  void add(double time, Runnable action) {
    lock.lock();
    try {
      items.add(new Item(time, number++, action));
    } finally {
      lock.unlock();
    }
  }

  /** The next action that is due at a time, or null. */
  @Nullable Runnable next(double time) {
    lock.lock();
    try {
      Item first = items.peek();
      if (first == null || first.time() > time) {
        return null;
      }
      items.remove();
      return first.action();
    } finally {
      lock.unlock();
    }
  }

  /** True when nothing is planned. */
  boolean empty() {
    lock.lock();
    try {
      return items.isEmpty();
    } finally {
      lock.unlock();
    }
  }
}
