package io.deungdae.analytics.process;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.deungdae.analytics.feature.Scaler;
import io.deungdae.analytics.kernel.CompiledNet;
import org.jspecify.annotations.Nullable;

/**
 * What the unit's outputs should be, given its inputs: a linear model, and on top of it, for those
 * outputs where that predicted unseen data better, a net that explains what is left.
 *
 * <p>The noise it states for a prediction grows with the distance from the training data, {@code σ²
 * (1 + κ h)}; κ is fitted on unseen blocks and is above 1 where rows are not independent. Used by
 * one thread, because the net has memory for its layers.
 */
public final class PlantModel {

  /** Stands for the noise of an output that never changed, of which nothing was learnt. */
  public static final double UNKNOWN = 1e100;

  private final Scaler inputs;
  private final Scaler outputs;
  private final LinearModel linear;
  private final @Nullable CompiledNet net;
  private final boolean[] netUsed;
  private final double[] sigma;
  private final double[] kappa;
  private final double reach;

  private final double[] x;
  private final double[] correction;
  private double leverage;

  /** Of fitted parts; {@code net} may be null when {@code netUsed} is false throughout. */
  PlantModel(Numbers numbers, @Nullable CompiledNet net) {
    this.inputs = numbers.inputs;
    this.outputs = numbers.outputs;
    this.linear = numbers.linear;
    this.netUsed = numbers.netUsed;
    this.sigma = numbers.sigma;
    this.kappa = numbers.kappa;
    this.reach = numbers.reach;
    this.net = net;
    this.x = new double[inputs.size()];
    this.correction = new double[outputs.size()];
  }

  /** Everything of the model but the net, as it is kept on disk. */
  public static final class Numbers {
    final Scaler inputs;
    final Scaler outputs;
    final LinearModel linear;
    final boolean[] netUsed;
    final double[] sigma;
    final double[] kappa;
    final double reach;

    /**
     * Of fitted numbers.
     *
     * @param inputs scaler of the input features
     * @param outputs scaler of the outputs
     * @param linear model on scaled features
     * @param netUsed for each output, whether the net is added
     * @param sigma standard deviation of the error on unseen data near the middle of the training
     *     data, scaled; {@link #UNKNOWN} for an output that never changed
     * @param kappa weight of the leverage in the error's variance
     * @param reach largest leverage of a training row
     */
    @JsonCreator
    Numbers(
        @JsonProperty("inputs") Scaler inputs,
        @JsonProperty("outputs") Scaler outputs,
        @JsonProperty("linear") LinearModel linear,
        @JsonProperty("netUsed") boolean[] netUsed,
        @JsonProperty("sigma") double[] sigma,
        @JsonProperty("kappa") double[] kappa,
        @JsonProperty("reach") double reach) {
      this.inputs = inputs;
      this.outputs = outputs;
      this.linear = linear;
      this.netUsed = netUsed;
      this.sigma = sigma;
      this.kappa = kappa;
      this.reach = reach;
    }

    /** True when a net belongs to it. */
    public boolean needsNet() {
      for (boolean used : netUsed) {
        if (used) {
          return true;
        }
      }
      return false;
    }

    /** The model, with its net where it needs one. */
    public PlantModel with(@Nullable CompiledNet net) {
      if (needsNet() && net == null) {
        throw new IllegalArgumentException("the model needs its net");
      }
      return new PlantModel(this, net);
    }
  }

  /** Number of outputs. */
  public int outputCount() {
    return outputs.size();
  }

  /**
   * Predicts.
   *
   * @param features input features in their units
   * @param expected the outputs in their units, filled in
   */
  public void predict(double[] features, double[] expected) {
    inputs.apply(features, x);
    leverage = linear.leverage(x);
    if (net != null) {
      net.run(x, correction);
    }
    for (int j = 0; j < expected.length; j++) {
      double scaled = linear.predict(x, j) + (netUsed[j] ? correction[j] : 0);
      expected[j] = outputs.restore(j, scaled);
    }
  }

  /** Standard deviation of the last prediction's error, in the output's unit; huge when unknown. */
  public double sigma(int output) {
    return outputs.deviation(output) * sigma[output] * Math.sqrt(1 + kappa[output] * leverage);
  }

  /**
   * Distance of the last prediction's inputs from the training data: 1 is as far as the furthest
   * training row.
   */
  public double distance() {
    return leverage / reach;
  }

  /** Standard deviation of an output in the training data, in its unit. */
  public double spread(int output) {
    return outputs.deviation(output);
  }

  /** True when the net is used for an output. */
  public boolean netUsed(int output) {
    return netUsed[output];
  }

  /**
   * Standard deviation of the error of a predicted difference between two points, in the output's
   * unit: what the uncertainty of the weights makes of it.
   *
   * @param from input features of one point, in their units
   * @param to input features of the other
   * @param output which output
   */
  public double sigmaOfDifference(double[] from, double[] to, int output) {
    for (int i = 0; i < x.length; i++) {
      x[i] = (to[i] - from[i]) / inputs.deviation(i);
    }
    double share = Math.max(1, kappa[output]) * linear.leverage(x);
    return outputs.deviation(output) * sigma[output] * Math.sqrt(share);
  }
}
