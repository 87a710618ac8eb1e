package io.deungdae.simulators.trouble;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What one server does wrong at present. Any thread starts and ends troubles; the server's threads
 * look at each request. Several may be on at once.
 */
public final class Troubles {

  /** Is told of every change, on the thread that made it. */
  @FunctionalInterface
  public interface Listener {

    /** The troubles are now those. */
    void changed(Troubles now);
  }

  private final Set<Trouble> possible;
  private final Lock lock = new ReentrantLock();
  private volatile Map<Trouble, Double> active = Map.of();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  /** None as yet, of those that the server can make. */
  public Troubles(Set<Trouble> possible) {
    this.possible =
        Collections.unmodifiableSet(
            possible.isEmpty() ? EnumSet.noneOf(Trouble.class) : EnumSet.copyOf(possible));
  }

  /** Those that the server can make. */
  public Set<Trouble> possible() {
    return possible;
  }

  /** Those that are on, with their sizes. Immutable. */
  public Map<Trouble, Double> active() {
    return active;
  }

  /** Whether it is on. */
  public boolean on(Trouble trouble) {
    return active.containsKey(trouble);
  }

  /** Size of a trouble that is on, else 0. */
  public double size(Trouble trouble) {
    return active.getOrDefault(trouble, 0.0);
  }

  /** Starts a trouble with its usual size. */
  public void start(Trouble trouble) {
    start(trouble, trouble.usual());
  }

  /**
   * Starts a trouble, or gives one that is on another size.
   *
   * @param size see {@link Trouble}
   * @throws IllegalArgumentException when the server cannot do that, or the size is no number
   */
  public void start(Trouble trouble, double size) {
    able(trouble, size);
    change(trouble, size);
  }

  /**
   * Says whether the server can make such a trouble.
   *
   * @throws IllegalArgumentException when it cannot, or the size is no number
   */
  public void able(Trouble trouble, double size) {
    if (!possible.contains(trouble)) {
      throw new IllegalArgumentException(
          "this server cannot do " + trouble.id() + ", but " + Trouble.ids(possible));
    }
    if (!Double.isFinite(size) || (trouble == Trouble.SLOW && !(size >= 0 && size <= 600))) {
      throw new IllegalArgumentException(
          "the size of " + trouble.id() + " is a number, for slow from 0 to 600; found " + size);
    }
  }

  /** Ends a trouble; harmless when it is not on. */
  public void stop(Trouble trouble) {
    change(trouble, Double.NaN);
  }

  /** Ends all. */
  public void stopAll() {
    lock.lock();
    try {
      active = Map.of();
    } finally {
      lock.unlock();
    }
    tell();
  }

  /** Has this one alone on. */
  public void only(Trouble trouble) {
    stopAll();
    start(trouble);
  }

  /** From now on the listener is told of changes. */
  public void listen(Listener listener) {
    listeners.add(listener);
  }

  private void change(Trouble trouble, double size) {
    lock.lock();
    try {
      Map<Trouble, Double> after = new EnumMap<>(Trouble.class);
      after.putAll(active);
      after.remove(trouble);
      if (!Double.isNaN(size)) {
        after.put(trouble, size);
      }
      active = Collections.unmodifiableMap(after);
    } finally {
      lock.unlock();
    }
    tell();
  }

  private void tell() {
    for (Listener listener : listeners) {
      listener.changed(this);
    }
  }
}
