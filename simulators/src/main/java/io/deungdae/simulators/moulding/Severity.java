package io.deungdae.simulators.moulding;

import java.util.EnumMap;
import java.util.Map;

/** Which causes are at work and how badly, each from 0 to 1. */
final class Severity {

  private final Map<Cause, Double> sizes = new EnumMap<>(Cause.class);

  /** Sets the size of a cause; 0 ends it. */
  void set(Cause cause, double size) {
    if (!(size >= 0 && size <= 1)) {
      throw new IllegalArgumentException("the size of a fault is from 0 to 1, found " + size);
    }
    sizes.put(cause, size);
  }

  /** Size of a cause, 0 when it is not at work. */
  double of(Cause cause) {
    return sizes.getOrDefault(cause, 0.0);
  }
}
