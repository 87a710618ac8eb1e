package io.deungdae.analytics.optimize;

import io.deungdae.analytics.feature.FeatureSpec;
import io.deungdae.analytics.process.PlantModel;
import io.deungdae.collector.signal.PlantUnit;
import io.deungdae.collector.signal.PlantUnit.Objective;
import io.deungdae.collector.signal.Range;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the objective settles at when the loops hold given values.
 *
 * <p>It starts from <em>measured</em> loop values, not from setpoints: what the parts feel holds
 * also while a loop is broken. Its predictions are moved by what it was lately wrong by (modifier
 * adaptation of order zero, Marchetti, Chachuat and Bonvin 2009), so at the present point it agrees
 * with the plant. No prediction leaves the span of what was learnt from and what was last measured:
 * a quadratic model beyond its data promises wonders. Used by one thread.
 */
public final class ObjectiveModel {

  private final FeatureSpec spec;
  private final PlantModel effects;
  private final Objective objective;
  private final @Nullable QualityGoal goal;
  private final @Nullable YieldModel yields;
  private final double gain;

  private final double[] expected;
  private final double[] outputs;
  private final double[] around;
  private final double[] sigmas;
  private final double[] bias;
  private final double[] measured;
  private double scrapBias;
  private boolean fresh = true;

  /**
   * Of fitted parts.
   *
   * @param spec features of the effects model: loop values and disturbances to quality and terms
   * @param effects the effects model
   * @param unit whose objective it is
   * @param goal what makes a part good, or null when that is not known
   * @param yields share of bad parts; null exactly when {@code goal} is
   * @param gain weight of the newest row in the biases, above 0 to 1
   */
  public ObjectiveModel(
      FeatureSpec spec,
      PlantModel effects,
      PlantUnit unit,
      @Nullable QualityGoal goal,
      @Nullable YieldModel yields,
      double gain) {
    this.spec = spec;
    this.effects = effects;
    this.objective = unit.objective();
    this.goal = goal;
    this.yields = yields;
    this.gain = gain;
    this.expected = new double[spec.outputs().size()];
    this.outputs = new double[expected.length];
    this.around = new double[expected.length];
    this.sigmas = new double[expected.length];
    this.bias = new double[expected.length];
    this.measured = new double[expected.length];
    Arrays.fill(measured, Double.NaN);
  }

  /** Takes the next measured row and learns what the model is wrong by. */
  public void push(double[] inputs, double[] row) {
    effects.predict(inputs, expected);
    double weight = fresh ? 1 : gain;
    for (int j = 0; j < bias.length; j++) {
      bias[j] += weight * (row[j] - expected[j] - bias[j]);
    }
    scrapBias += weight * (measuredScrap(row) - scrap(row) - scrapBias);
    System.arraycopy(row, 0, measured, 0, measured.length);
    fresh = false;
  }

  /** Forgets what it was wrong by. */
  public void reset() {
    fresh = true;
    scrapBias = 0;
    Arrays.fill(bias, 0);
  }

  private double measuredScrap(double[] measured) {
    if (goal == null) {
      return 0;
    }
    double scrap = Math.max(0, at(goal.scrap().name(), measured));
    double total = scrap + Math.max(0, at(goal.good().name(), measured));
    return total > 0 ? scrap / total : 0;
  }

  private double scrap(double[] measured) {
    if (goal == null || yields == null) {
      return 0;
    }
    double[] means =
        goal.measures().stream().mapToDouble(m -> at(m.tag().name(), measured)).toArray();
    return yields.scrap(means);
  }

  private double at(String tag, double[] values) {
    return values[spec.outputs().indexOf(tag)];
  }

  /**
   * Features of a plant that has settled.
   *
   * @param channels value of each channel
   */
  public double[] settled(double[] channels) {
    double[] features = new double[spec.width()];
    for (int at = 0; at < features.length; at += channels.length) {
      System.arraycopy(channels, 0, features, at, channels.length);
    }
    return features;
  }

  /** The objective at settled features; positive infinity where it has no value. */
  public double at(double[] features) {
    effects.predict(features, expected);
    for (int j = 0; j < expected.length; j++) {
      outputs[j] = plausible(j, expected[j] + bias[j]);
    }
    return value(outputs);
  }

  private double plausible(int output, double value) {
    Range learnt = effects.plausible(output);
    double low = Math.min(learnt.low(), measured[output]);
    double high = Math.max(learnt.high(), measured[output]);
    return Double.isNaN(measured[output]) ? learnt.clamp(value) : new Range(low, high).clamp(value);
  }

  private double value(double[] values) {
    double[] settled = goal == null ? values : sorted(values, goal);
    double sum = objective.constant();
    for (Objective.Term term : objective.terms()) {
      sum += term.weight() * at(term.tag().name(), settled);
    }
    if (objective.per() == null) {
      return sum;
    }
    double per = at(objective.per().name(), settled);
    return per > 0 ? sum / per : Double.POSITIVE_INFINITY;
  }

  /** Splits the throughput into good and bad parts by the quality measures. */
  private double[] sorted(double[] values, QualityGoal goal) {
    double total = at(goal.scrap().name(), values) + at(goal.good().name(), values);
    double share = Math.max(0, Math.min(1, scrap(values) + scrapBias));
    double[] sorted = values.clone();
    sorted[spec.outputs().indexOf(goal.scrap().name())] = total * share;
    sorted[spec.outputs().indexOf(goal.good().name())] = total * (1 - share);
    return sorted;
  }

  /** Standard deviation of the difference in objective between two settled points. */
  public double sigmaOfDifference(double[] from, double[] to) {
    double here = at(to);
    System.arraycopy(outputs, 0, around, 0, around.length);
    effects.sigmasOfDifference(from, to, around, sigmas);
    double squares = 0;
    for (int j = 0; j < around.length; j++) {
      if (sigmas[j] > 0) {
        double kept = around[j];
        around[j] = kept + sigmas[j];
        double up = value(around) - here;
        around[j] = kept - sigmas[j];
        double down = value(around) - here;
        around[j] = kept;
        double change = Math.max(Math.abs(up), Math.abs(down));
        squares += Double.isFinite(change) ? change * change : here * here;
      }
    }
    return Math.sqrt(squares);
  }

  /** True when greater is better. */
  public boolean maximised() {
    return objective.direction() == Objective.Direction.MAXIMISE;
  }

  /** Names of the outputs, in order. */
  public List<String> outputs() {
    return spec.outputs();
  }
}
