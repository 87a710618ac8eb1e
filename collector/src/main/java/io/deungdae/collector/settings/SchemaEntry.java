package io.deungdae.collector.settings;

import java.util.List;

/**
 * What a reader allows at one place of the settings.
 *
 * @param type {@code string}, {@code duration}, {@code number}, {@code integer}, {@code boolean},
 *     {@code object}, {@code array}, {@code map} or {@code label}
 * @param required true when it has no default
 * @param choices the allowed texts, empty for any
 * @param allowed the rule in words
 * @param fallback the default as text, empty when there is none
 * @param low least number allowed, negative infinity for any
 * @param high greatest number allowed, infinity for any
 */
public record SchemaEntry(
    String type,
    boolean required,
    List<String> choices,
    String allowed,
    String fallback,
    double low,
    double high) {

  public SchemaEntry {
    choices = List.copyOf(choices);
  }

  /** Something that is no number. */
  public SchemaEntry(
      String type, boolean required, List<String> choices, String allowed, String fallback) {
    this(
        type,
        required,
        choices,
        allowed,
        fallback,
        Double.NEGATIVE_INFINITY,
        Double.POSITIVE_INFINITY);
  }
}
