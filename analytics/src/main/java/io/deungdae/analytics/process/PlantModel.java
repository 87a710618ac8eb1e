package io.deungdae.analytics.process;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.deungdae.analytics.feature.Scaler;
import io.deungdae.analytics.kernel.CompiledNet;
import io.deungdae.collector.signal.Range;
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

  /** Standard deviations from its mean in the training data within which an output is plausible. */
  private static final double PLAUSIBLE = 4;

  private final Scaler inputs;
  private final Scaler outputs;
  private final Expansion expansion;
  private final Bend bend;
  private final LinearModel linear;
  private final @Nullable CompiledNet net;
  private final boolean[] netUsed;
  private final double[] sigma;
  private final double[] kappa;
  private final double reach;
  private final double[] lowest;
  private final double[] highest;
  private final int[] indicators;
  private final double[] transition;

  private final double[] x;
  private final double[] expanded;
  private final double[] other;
  private final double[] correction;
  private final double[] modelled;
  private double leverage;
  private boolean inTransition;

  /** Of fitted parts; {@code net} may be null when {@code netUsed} is false throughout. */
  PlantModel(Numbers numbers, @Nullable CompiledNet net) {
    this.inputs = numbers.inputs;
    this.outputs = numbers.outputs;
    this.expansion = numbers.expansion;
    this.bend = numbers.bend;
    this.linear = numbers.linear;
    this.netUsed = numbers.netUsed;
    this.sigma = numbers.sigma;
    this.kappa = numbers.kappa;
    this.reach = numbers.reach;
    this.lowest = numbers.lowest;
    this.highest = numbers.highest;
    this.indicators = numbers.indicators;
    this.transition = numbers.transition;
    this.net = net;
    this.x = new double[inputs.size()];
    this.expanded = new double[expansion.width()];
    this.other = new double[expansion.width()];
    this.modelled = new double[outputs.size()];
    this.correction = new double[outputs.size()];
  }

  /** Everything of the model but the net, as it is kept on disk. */
  public static final class Numbers {
    final Scaler inputs;
    final Scaler outputs;
    final Expansion expansion;
    final Bend bend;
    final LinearModel linear;
    final boolean[] netUsed;
    final double[] sigma;
    final double[] kappa;
    final double reach;
    final double[] lowest;
    final double[] highest;
    final int[] indicators;
    final double[] transition;

    /**
     * Of fitted numbers.
     *
     * @param inputs scaler of the input features
     * @param outputs scaler of the outputs as they are modelled
     * @param expansion of the scaled features
     * @param bend of the outputs
     * @param linear model on expanded features
     * @param netUsed for each output, whether the net is added
     * @param sigma standard deviation of the error on unseen data near the middle of the training
     *     data, scaled; {@link #UNKNOWN} for an output that never changed
     * @param kappa weight of the leverage in the error's variance
     * @param reach largest leverage of a training row
     * @param lowest least scaled value of each feature in the training data
     * @param highest greatest
     * @param indicators pairs of features that differ for a while after a code has changed
     * @param transition how much larger errors are during that while, for each output
     */
    @JsonCreator
    Numbers(
        @JsonProperty("inputs") Scaler inputs,
        @JsonProperty("outputs") Scaler outputs,
        @JsonProperty("expansion") Expansion expansion,
        @JsonProperty("bend") Bend bend,
        @JsonProperty("linear") LinearModel linear,
        @JsonProperty("netUsed") boolean[] netUsed,
        @JsonProperty("sigma") double[] sigma,
        @JsonProperty("kappa") double[] kappa,
        @JsonProperty("reach") double reach,
        @JsonProperty("lowest") double[] lowest,
        @JsonProperty("highest") double[] highest,
        @JsonProperty("indicators") int[] indicators,
        @JsonProperty("transition") double[] transition) {
      this.inputs = inputs;
      this.outputs = outputs;
      this.expansion = expansion;
      this.bend = bend;
      this.linear = linear;
      this.netUsed = netUsed;
      this.sigma = sigma;
      this.kappa = kappa;
      this.reach = reach;
      this.lowest = lowest;
      this.highest = highest;
      this.indicators = indicators;
      this.transition = transition;
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

  /**
   * Where an output was in the training data, with room on both sides. A prediction beyond is an
   * extrapolation, whatever its stated error.
   */
  public Range plausible(int output) {
    double room = PLAUSIBLE * outputs.deviation(output);
    return new Range(outputs.mean(output) - room, outputs.mean(output) + room);
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
    scale(features);
    expansion.apply(x, expanded);
    leverage = linear.leverage(expanded);
    inTransition = inTransition(features, indicators);
    if (net != null) {
      net.run(x, correction);
    }
    for (int j = 0; j < expected.length; j++) {
      double scaled = linear.predict(expanded, j) + (netUsed[j] ? correction[j] : 0);
      modelled[j] = outputs.restore(j, scaled);
      expected[j] = bend.out(j, modelled[j]);
    }
  }

  // A feature far outside its data counts as a little outside: no line holds for ever.
  private void scale(double[] features) {
    inputs.apply(features, x);
    for (int i = 0; i < x.length; i++) {
      x[i] = Math.max(lowest[i] - BEYOND, Math.min(highest[i] + BEYOND, x[i]));
    }
  }

  private static final double BEYOND = 1;

  /**
   * How far a measured output is from the last prediction, in standard deviations of the
   * prediction's error; 0 when nothing is known of the output.
   */
  public double error(int output, double measured) {
    if (sigma[output] >= UNKNOWN) {
      return 0;
    }
    double spread = sigma[output] * Math.sqrt(1 + kappa[output] * leverage);
    spread *= inTransition ? transition[output] : 1;
    return (bend.in(output, measured) - modelled[output]) / (outputs.deviation(output) * spread);
  }

  /** True when something was learnt of an output. */
  public boolean known(int output) {
    return sigma[output] < UNKNOWN;
  }

  /**
   * Distance of the last prediction's inputs from the training data: 1 is as far as the furthest
   * training row.
   */
  public double distance() {
    return leverage / reach;
  }

  /** True for a while after a code has changed: its present value is not yet its past. */
  static boolean inTransition(double[] features, int[] indicators) {
    for (int i = 0; i < indicators.length; i += 2) {
      if (Math.abs(features[indicators[i]] - features[indicators[i + 1]]) > RECENT) {
        return true;
      }
    }
    return false;
  }

  private static final double RECENT = 0.08;

  /** True when the net is used for an output. */
  public boolean netUsed(int output) {
    return netUsed[output];
  }

  /**
   * How uncertain a predicted difference between two points is: standard deviations of its error,
   * which the uncertainty of the weights makes.
   *
   * @param from input features of one point, in their units
   * @param to input features of the other
   * @param values outputs thereabouts, in their units
   * @param sigmas filled in, in the outputs' units; 0 for an output of which nothing is known
   */
  public void sigmasOfDifference(double[] from, double[] to, double[] values, double[] sigmas) {
    scale(from);
    expansion.apply(x, other);
    scale(to);
    expansion.apply(x, expanded);
    for (int i = 0; i < other.length; i++) {
      other[i] = expanded[i] - other[i];
    }
    double share = linear.leverage(other);
    for (int j = 0; j < sigmas.length; j++) {
      double scaled = sigma[j] * Math.sqrt(Math.max(1, kappa[j]) * share);
      sigmas[j] = known(j) ? bend.slope(j, values[j]) * outputs.deviation(j) * scaled : 0;
    }
  }
}
