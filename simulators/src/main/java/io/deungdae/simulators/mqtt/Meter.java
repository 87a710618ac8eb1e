package io.deungdae.simulators.mqtt;

import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * A meter that publishes JSON: its readings by name, and the time in {@code ts}, ms since 1970.
 *
 * @param topic where it publishes
 * @param readings what it reads, in the order of the JSON
 */
public record Meter(String topic, List<Reading> readings) {

  public Meter {
    readings = List.copyOf(readings);
  }

  /**
   * One reading.
   *
   * @param key name in the JSON
   * @param source gives the value; any thread
   */
  public record Reading(String key, DoubleSupplier source) {}

  /** The message at the given time. A reading that is not a number is left out. */
  String message(long epochMs) {
    StringBuilder json = new StringBuilder("{\"ts\":").append(epochMs);
    for (Reading reading : readings) {
      double value = reading.source().getAsDouble();
      if (Double.isFinite(value)) {
        json.append(",\"").append(reading.key()).append("\":");
        json.append(Math.rint(value * 1000) / 1000);
      }
    }
    return json.append('}').toString();
  }
}
