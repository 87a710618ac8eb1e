package io.deungdae.simulators.trouble;

import io.deungdae.simulators.plant.SharedPlant;
import io.deungdae.simulators.plant.Signal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What one server sees of a plant: what the sensors tell, or, while the server is {@link
 * Trouble#STALE}, what they told at the first look after that began; numbers are not a number while
 * its status is bad. Writes always go to the plant. Thread-safe.
 */
public final class Outlook {

  private final SharedPlant<?> plant;
  private final Troubles troubles;
  private final AtomicReference<@Nullable Map<Signal, Double>> held = new AtomicReference<>();

  /** Of a plant, for a server with these troubles. */
  public Outlook(SharedPlant<?> plant, Troubles troubles) {
    this.plant = plant;
    this.troubles = troubles;
  }

  /** Everything that can be read. */
  public List<Signal> signals() {
    return plant.signals();
  }

  /** Reads that belong together, at one moment. Must be short. */
  public <T> T together(Function<ToDoubleFunction<Signal>, T> use) {
    if (troubles.on(Trouble.BAD_STATUS)) {
      return plant.readings(read -> use.apply(signal -> bad(signal, read)));
    }
    Map<Signal, Double> old = old();
    return old == null
        ? plant.readings(use)
        : use.apply(signal -> old.getOrDefault(signal, Double.NaN));
  }

  /** One value. */
  public double read(Signal signal) {
    return together(read -> read.applyAsDouble(signal));
  }

  /** Writes as {@link SharedPlant#write} does. */
  public boolean write(Signal signal, double value) {
    return plant.write(signal, value);
  }

  private static double bad(Signal signal, ToDoubleFunction<Signal> read) {
    return signal.kind() == Signal.Kind.NUMBER ? Double.NaN : read.applyAsDouble(signal);
  }

  private @Nullable Map<Signal, Double> old() {
    if (!troubles.on(Trouble.STALE)) {
      held.set(null);
      return null;
    }
    Map<Signal, Double> known = held.get();
    if (known == null) {
      known = plant.readings(this::all);
      held.set(known);
    }
    return known;
  }

  private Map<Signal, Double> all(ToDoubleFunction<Signal> read) {
    Map<Signal, Double> values = new HashMap<>();
    for (Signal signal : plant.signals()) {
      values.put(signal, read.applyAsDouble(signal));
    }
    return values;
  }
}
