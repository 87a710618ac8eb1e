package io.deungdae.analytics.agent;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.deungdae.analytics.detect.ChartLimits;
import io.deungdae.analytics.detect.NetMonitor;
import io.deungdae.analytics.detect.PcaMonitor;
import io.deungdae.analytics.optimize.YieldModel;
import io.deungdae.analytics.process.PlantModel;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything of a unit's models but the nets, as it is kept in the registry. Immutable.
 *
 * @param levels codes met in training, by tag name
 * @param process the process model
 * @param effects the effects model
 * @param fast limits of the chart of short memory
 * @param slow limits of the chart of long memory
 * @param watch what belongs to the autoencoder, or null when there is none
 * @param pca the baseline, kept for comparison
 * @param yields share of bad parts, or null when no quality goal is set
 * @param setpoints range and spread of each setpoint in the training data
 * @param meanSquare mean squared error of the process model on unseen data
 */
record ModelNumbers(
    Map<String, List<Double>> levels,
    PlantModel.Numbers process,
    PlantModel.Numbers effects,
    ChartLimits fast,
    ChartLimits slow,
    NetMonitor.@Nullable Numbers watch,
    PcaMonitor pca,
    @Nullable YieldModel yields,
    List<Span> setpoints,
    double meanSquare) {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .visibility(PropertyAccessor.ALL, Visibility.NONE)
          .visibility(PropertyAccessor.FIELD, Visibility.ANY)
          .visibility(PropertyAccessor.CREATOR, Visibility.ANY)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /**
   * Where a setpoint was in the training data.
   *
   * @param low lowest value
   * @param high highest value
   * @param spread standard deviation
   */
  record Span(double low, double high, double spread) {

    /** The lowest value that a setpoint may be given, {@code beyond} in parts of the range. */
    double least(double beyond) {
      return low - beyond * (high - low);
    }

    /** The highest one. */
    double greatest(double beyond) {
      return high + beyond * (high - low);
    }

    /** True for a value between the two. */
    boolean covers(double value, double beyond) {
      double slack = 1e-6 * Math.max(1e-9, high - low);
      return value >= least(beyond) - slack && value <= greatest(beyond) + slack;
    }
  }

  JsonNode toJson() {
    return MAPPER.valueToTree(this);
  }

  static ModelNumbers fromJson(JsonNode json) throws JsonProcessingException {
    return MAPPER.treeToValue(json, ModelNumbers.class);
  }
}
