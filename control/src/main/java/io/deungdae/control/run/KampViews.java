package io.deungdae.control.run;

import io.deungdae.control.api.Wire;
import io.deungdae.kamp.KampStatus;
import io.deungdae.kamp.dataset.QualityIndices;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Deliveries, as the interface shows them. */
final class KampViews {

  private KampViews() {}

  /** The newest delivery of all data sets; null when nothing was delivered and nothing failed. */
  static Wire.@Nullable DeliveryView delivery(KampStatus status) {
    String errors = errors(status);
    return status.dataSets().stream()
        .filter(entry -> entry.last().isPresent())
        .max(Comparator.comparing(entry -> entry.last().orElseThrow().time()))
        .map(entry -> delivery(entry.name(), entry.last().orElseThrow(), errors))
        .orElse(
            errors.isEmpty() ? null : new Wire.DeliveryView("", 0, 0, "", -1, errors, Map.of()));
  }

  private static Wire.DeliveryView delivery(String name, KampStatus.Delivery last, String errors) {
    return new Wire.DeliveryView(
        name,
        last.rows(),
        last.bytes(),
        last.manifest(),
        last.time().toEpochMilli(),
        errors.isEmpty() ? null : errors,
        quality(last.quality()));
  }

  private static Map<String, Double> quality(QualityIndices quality) {
    Map<String, Double> indices = new LinkedHashMap<>();
    indices.put("completeness", quality.completeness());
    indices.put("uniqueness", quality.uniqueness());
    indices.put("validity", quality.validity());
    indices.put("consistency", quality.consistency());
    indices.put("accuracy", quality.accuracy());
    indices.put("integrity", quality.integrity());
    return indices;
  }

  /** What fails now, one line; empty when nothing does. */
  static String errors(KampStatus status) {
    return status.dataSets().stream()
        .filter(entry -> !entry.lastError().isEmpty())
        .map(entry -> entry.name() + ": " + entry.lastError())
        .collect(Collectors.joining("; "));
  }
}
