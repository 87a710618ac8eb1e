package io.deungdae.analytics.process;

import io.deungdae.analytics.kernel.CompiledNet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A fitted plant model, and how it did on data it had not seen. The arrays are not copied. */
public final class PlantFit {

  private final PlantModel.Numbers numbers;
  private final @Nullable CompiledNet net;
  private final double[][] unseen;
  private final Map<String, Double> scores;

  PlantFit(
      PlantModel.Numbers numbers,
      @Nullable CompiledNet net,
      double[][] unseen,
      Map<String, Double> scores) {
    this.numbers = numbers;
    this.net = net;
    this.unseen = unseen;
    this.scores = Map.copyOf(scores);
  }

  /** The model's numbers. */
  public PlantModel.Numbers numbers() {
    return numbers;
  }

  /** The model's net, or null when the linear part alone was better throughout. */
  public @Nullable CompiledNet net() {
    return net;
  }

  /** The model, for the calling thread. */
  public PlantModel model() {
    return numbers.with(net == null ? null : net.copy());
  }

  /**
   * Errors in standard deviations for every training row, each predicted by a model that was not
   * trained on its block: {@code double[row][output]}.
   */
  public double[][] unseen() {
    return unseen;
  }

  /** Scores for the model card. */
  public Map<String, Double> scores() {
    return scores;
  }
}
