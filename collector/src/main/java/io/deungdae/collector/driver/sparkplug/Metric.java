package io.deungdae.collector.driver.sparkplug;

import org.jspecify.annotations.Nullable;

/**
 * One metric of a message.
 *
 * @param name its name; null in data that names it by alias
 * @param alias its alias; -1 when it has none
 * @param timestampMs when it was so, milliseconds since 1970 UTC; -1 when not told
 * @param datatype number of its type; 0 when not told, as in data
 * @param historical true for a value of the past
 * @param isNull true when there is no value
 * @param quality its quality property, 192 for good; -1 when not told
 * @param unit its engineering unit property; empty when not told
 * @param low its engLow property; NaN when not told
 * @param high its engHigh property; NaN when not told
 * @param value {@link Long} for integers, with the bits as they are on the wire; {@link Float},
 *     {@link Double}, {@link Boolean}, {@link String}; null when there is none or none we know
 */
public record Metric(
    @Nullable String name,
    long alias,
    long timestampMs,
    int datatype,
    boolean historical,
    boolean isNull,
    int quality,
    String unit,
    double low,
    double high,
    @Nullable Object value) {

  /** A metric with a name and no alias. */
  public static Metric named(String name, DataType type, long timestampMs, Object value) {
    return new Metric(
        name, -1, timestampMs, type.number(), false, false, -1, "", Double.NaN, Double.NaN, value);
  }
}
