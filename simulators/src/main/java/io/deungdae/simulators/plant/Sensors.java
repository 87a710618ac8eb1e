package io.deungdae.simulators.plant;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which sensors lie, and how. One thread at a time. */
final class Sensors {

  private record Wrong(SensorFault fault, double size) {}

  private final Map<String, Wrong> wrong = new HashMap<>();

  /** Makes a sensor lie. For a frozen one {@code size} is what it tells. */
  void start(Signal signal, SensorFault fault, double size) {
    wrong.put(signal.name(), new Wrong(fault, size));
  }

  /** Repairs a sensor; harmless when it was sound. */
  void stop(Signal signal) {
    wrong.remove(signal.name());
  }

  /** What a sensor tells of a true value. */
  double seen(Signal signal, double value) {
    @Nullable Wrong lie = wrong.isEmpty() ? null : wrong.get(signal.name());
    if (lie == null) {
      return value;
    }
    return switch (lie.fault()) {
      case FROZEN -> lie.size();
      case OFFSET -> value + lie.size();
      case LOST -> Double.NaN;
    };
  }

  /** Faults by signal, as text for people. */
  Map<String, String> active() {
    Map<String, String> all = new LinkedHashMap<>();
    wrong.forEach((name, lie) -> all.put(name, lie.fault().id() + " " + lie.size()));
    return all;
  }
}
