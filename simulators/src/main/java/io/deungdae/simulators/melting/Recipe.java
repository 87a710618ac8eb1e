package io.deungdae.simulators.melting;

import java.util.ArrayList;
import java.util.List;

/**
 * One value for each setpoint of the tank.
 *
 * @param values values in the order of {@link Handle}, each within its limits
 */
record Recipe(List<Double> values) {

  Recipe {
    values = List.copyOf(values);
    if (values.size() != Handle.values().length) {
      throw new IllegalArgumentException("a recipe has one value for each setpoint");
    }
    for (Handle handle : Handle.values()) {
      double value = values.get(handle.slot());
      if (!(value >= handle.low() && value <= handle.high())) {
        throw new IllegalArgumentException(handle.signal() + " out of limits: " + value);
      }
    }
  }

  /** The standing recipe of product 1. */
  static Recipe standing() {
    List<Double> values = new ArrayList<>();
    for (Handle handle : Handle.values()) {
      values.add(handle.reference());
    }
    return new Recipe(values);
  }

  /** Value of one setpoint. */
  double value(Handle handle) {
    return values.get(handle.slot());
  }

  /** The same with one setpoint changed, moved to the nearest limit when it is outside. */
  Recipe with(Handle handle, double value) {
    List<Double> changed = new ArrayList<>(values);
    changed.set(handle.slot(), handle.clamp(value));
    return new Recipe(changed);
  }

  /** Puts a tank to it at once. */
  void into(MeltingTank tank) {
    for (Handle handle : Handle.values()) {
      tank.plc().jump(handle, value(handle));
    }
  }
}
