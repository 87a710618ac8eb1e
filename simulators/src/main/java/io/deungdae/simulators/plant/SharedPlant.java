package io.deungdae.simulators.plant;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * A plant that several servers and one pacing thread use at once: one lock around every use. Also
 * remembers which faults are on. Thread-safe.
 *
 * @param <P> type of the plant inside
 */
public final class SharedPlant<P extends Plant> implements Plant {

  private final Lock lock = new ReentrantLock();
  private final P plant;
  private final Map<String, Double> active = new LinkedHashMap<>();

  /** Takes the plant over; nobody else may use it from here on. */
  public SharedPlant(P plant) {
    this.plant = plant;
  }

  /** Does several things with the plant as one, e.g. reads that belong together. Must be short. */
  public <T> T together(Function<P, T> use) {
    lock.lock();
    try {
      return use.apply(plant);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String name() {
    return plant.name();
  }

  @Override
  public List<Signal> signals() {
    return plant.signals();
  }

  @Override
  public double read(Signal signal) {
    return together(p -> p.read(signal));
  }

  @Override
  public boolean write(Signal signal, double value) {
    return together(p -> p.write(signal, value));
  }

  @Override
  public void step(double seconds) {
    lock.lock();
    try {
      plant.step(seconds);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public double time() {
    return together(Plant::time);
  }

  @Override
  public List<Fault> faults() {
    return plant.faults();
  }

  /** The fault of this id, if the plant knows it. */
  public Optional<Fault> fault(String id) {
    return faults().stream().filter(fault -> fault.id().equals(id)).findFirst();
  }

  /** Faults that are on, with their sizes, in the order they were started. A copy. */
  public Map<String, Double> active() {
    lock.lock();
    try {
      return Collections.unmodifiableMap(new LinkedHashMap<>(active));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void start(Fault fault, double size) {
    lock.lock();
    try {
      plant.start(fault, size);
      active.put(fault.id(), size);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void stop(Fault fault) {
    lock.lock();
    try {
      plant.stop(fault);
      active.remove(fault.id());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void remote(boolean remote) {
    lock.lock();
    try {
      plant.remote(remote);
    } finally {
      lock.unlock();
    }
  }

  /** What is true inside, or all readings when the plant does not tell. */
  public Map<String, Double> truth() {
    return together(p -> p instanceof Truthful truthful ? truthful.truth() : readings(p));
  }

  private static Map<String, Double> readings(Plant plant) {
    Map<String, Double> readings = new LinkedHashMap<>();
    for (Signal signal : plant.signals()) {
      readings.put(signal.name(), plant.read(signal));
    }
    return readings;
  }
}
