package io.deungdae.simulators.plant;

import java.util.Arrays;
import java.util.Locale;

/**
 * What can be wrong between a sensor and everybody who reads it over a wire. The plant's own loops
 * do not see it: what they see wrong is among the plant's faults.
 */
public enum SensorFault {
  /** Tells for ever what it told when it began. */
  FROZEN,
  /** Tells too much, by the size in the signal's unit. */
  OFFSET,
  /** Tells nothing: not a number, with bad status where the protocol has one. */
  LOST;

  /** As people write it, e.g. {@code frozen}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The fault that people write so.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static SensorFault of(String id) {
    return Arrays.stream(values())
        .filter(fault -> fault.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no sensor fault \"" + id + "\", there are frozen, offset, lost"));
  }
}
