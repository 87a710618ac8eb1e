package io.deungdae.simulators.plant;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A plant that several servers and one pacing thread use at once: one lock around every use. Also
 * remembers which faults are on and lets them grow, keeps the sensors that lie, and does what is
 * planned for a plant time. Thread-safe.
 *
 * @param <P> type of the plant inside
 */
public final class SharedPlant<P extends Plant> implements Plant, Cyclic {

  /** How finely faults grow and plans are kept, in s of plant time. */
  private static final double GRAIN = 1;

  private final Lock lock = new ReentrantLock();
  private final P plant;
  private final String name;
  private final Map<String, ActiveFault> active = new LinkedHashMap<>();
  private final Sensors sensors = new Sensors();
  private final Agenda agenda = new Agenda();
  private boolean growing;
  private double passed; // of the thread that steps

  /** Takes the plant over; nobody else may use it from here on. */
  public SharedPlant(P plant) {
    this(plant, plant.name());
  }

  /** The same under a name of its own, where there are several of a kind. */
  public SharedPlant(P plant, String name) {
    this.plant = plant;
    this.name = name;
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
    return name;
  }

  /** What kind of plant it is, e.g. {@code furnace}. */
  public String kind() {
    return plant.name();
  }

  /** Reads what the sensors tell, as {@link #together} does. */
  public <T> T readings(Function<ToDoubleFunction<Signal>, T> use) {
    return together(p -> use.apply(signal -> sensors.seen(signal, p.read(signal))));
  }

  /** The signal of this name, if the plant has it. */
  public Optional<Signal> signal(String signal) {
    return signals().stream().filter(s -> s.name().equals(signal)).findFirst();
  }

  @Override
  public List<Signal> signals() {
    return plant.signals();
  }

  @Override
  public double read(Signal signal) {
    return together(p -> sensors.seen(signal, p.read(signal)));
  }

  @Override
  public boolean write(Signal signal, double value) {
    return together(p -> p.write(signal, value));
  }

  /**
   * {@inheritDoc} What is planned for the time is done on this thread, outside the lock, to a
   * second of plant time.
   */
  @Override
  public void step(double seconds) {
    double left = seconds;
    while (left > 0) {
      double part = calm() ? left : Math.min(left, GRAIN - passed % GRAIN);
      left -= part;
      passed += part;
      advance(part);
      due();
    }
  }

  private boolean calm() {
    lock.lock();
    try {
      return !growing && agenda.empty();
    } finally {
      lock.unlock();
    }
  }

  private void advance(double seconds) {
    lock.lock();
    try {
      if (growing) {
        grow();
      }
      plant.step(seconds);
    } finally {
      lock.unlock();
    }
  }

  private void grow() {
    growing = false;
    active.replaceAll((id, fault) -> fault.growing() ? grown(fault) : fault);
  }

  private ActiveFault grown(ActiveFault fault) {
    ActiveFault now = fault.at(whole(plant.time()));
    plant.start(fault(now.id()).orElseThrow(), now.now());
    growing |= now.growing();
    return now;
  }

  /** Whole seconds, so that nothing depends on how a plant is stepped. */
  private static double whole(double time) {
    return Math.floor(time / GRAIN) * GRAIN;
  }

  private void due() {
    @Nullable Runnable action = agenda.next(whole(time()));
    while (action != null) {
      action.run();
      action = agenda.next(whole(time()));
    }
  }

  /**
   * Plans something for a plant time; it is done by the thread that steps the plant, at once when
   * the time is past. It must not throw.
   */
  public void plan(double time, Runnable action) {
    agenda.add(time, action);
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

  /** Faults that are on, in the order they were started. A copy. */
  public List<ActiveFault> active() {
    lock.lock();
    try {
      return List.copyOf(active.values());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void start(Fault fault, double size) {
    start(fault, size, Double.POSITIVE_INFINITY);
  }

  /**
   * Starts a fault that grows.
   *
   * @param size what it grows to, above 0 and at most 1
   * @param slope growth per hour of plant time, above 0; infinite for at once
   */
  public void start(Fault fault, double size, double slope) {
    lock.lock();
    try {
      ActiveFault started =
          new ActiveFault(fault.id(), size, slope, plant.time(), 0).at(plant.time());
      plant.start(fault, started.now());
      active.remove(fault.id());
      active.put(fault.id(), started);
      growing |= started.growing();
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

  /**
   * Makes a sensor lie to everybody who reads it over a wire.
   *
   * @param size offset in the signal's unit; of no account for the other kinds
   */
  public void start(Signal signal, SensorFault fault, double size) {
    lock.lock();
    try {
      double told = fault == SensorFault.FROZEN ? plant.read(signal) : size;
      sensors.start(signal, fault, told);
    } finally {
      lock.unlock();
    }
  }

  /** Repairs a sensor; harmless when it was sound. */
  public void repair(Signal signal) {
    lock.lock();
    try {
      sensors.stop(signal);
    } finally {
      lock.unlock();
    }
  }

  /** Those who tell product and shift, when the plant has them. For questions only. */
  public Optional<Staffed> staff() {
    return plant instanceof Staffed staffed ? Optional.of(staffed) : Optional.empty();
  }

  /** Tells product or shift; harmless when the plant has neither. */
  public void staff(Consumer<Staffed> order) {
    lock.lock();
    try {
      staff().ifPresent(order);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean cyclic() {
    return plant instanceof Cyclic;
  }

  /** {@inheritDoc} Harmless when the plant has no cycles. */
  @Override
  public void listen(Consumer<Cycle> listener) {
    lock.lock();
    try {
      if (plant instanceof Cyclic machine) {
        machine.listen(listener);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Sensors that lie, by name of their signal: the kind and its size. A copy. */
  public Map<String, String> lying() {
    return together(p -> Collections.unmodifiableMap(sensors.active()));
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
