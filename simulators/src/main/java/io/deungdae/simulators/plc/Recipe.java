package io.deungdae.simulators.plc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One value for each setpoint of a plant.
 *
 * @param handles the setpoints, by slot
 * @param values as many values, each within its limits
 */
public record Recipe(List<Handle> handles, List<Double> values) {

  public Recipe {
    handles = List.copyOf(handles);
    values = List.copyOf(values);
    if (values.size() != handles.size()) {
      throw new IllegalArgumentException("a recipe has one value for each setpoint");
    }
    for (Handle handle : handles) {
      double value = values.get(handle.slot());
      if (!(value >= handle.low() && value <= handle.high())) {
        throw new IllegalArgumentException(handle.signal() + " out of limits: " + value);
      }
    }
  }

  /** A recipe of these setpoints, all of a plant's by slot. */
  public static Recipe of(Handle[] handles, double... values) {
    return new Recipe(List.of(handles), Arrays.stream(values).boxed().toList());
  }

  /** The standing recipe, which the PLC also falls back to. */
  public static Recipe standing(Handle[] handles) {
    return of(handles, Arrays.stream(handles).mapToDouble(Handle::reference).toArray());
  }

  /** Value of one setpoint. */
  public double value(Handle handle) {
    return values.get(handle.slot());
  }

  /** The same with one setpoint changed, moved to the nearest limit when it is outside. */
  public Recipe with(Handle handle, double value) {
    List<Double> changed = new ArrayList<>(values);
    changed.set(handle.slot(), handle.clamp(value));
    return new Recipe(handles, changed);
  }
}
