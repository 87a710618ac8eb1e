package io.deungdae.analytics.detect;

import io.deungdae.analytics.process.PlantModel;
import org.jspecify.annotations.Nullable;

/**
 * Judges rows: what the plant model expects, how far reality is from it, and one score for all.
 *
 * <p>The score is the greatest of two EWMA charts of the plant model's errors, one of short and one
 * of long memory, and, while the inputs lie where the training data lie, of the autoencoder. Errors
 * of the plant model are conditional on the inputs, so moving a setpoint is no anomaly in itself.
 * Used by one thread.
 */
public final class Detector {

  private final PlantModel plant;
  private final EwmaChart fast;
  private final EwmaChart slow;
  private final @Nullable NetMonitor net;
  private final boolean[] muted;
  private final double memoryGain;

  private final double[] expected;
  private final double[] errors;
  private final double[] deviations;
  private final double[] baseline;
  private final double[] changes;
  private final double[] row;

  /** Weight of a row in the baseline, as a share of its weight in the deviations. */
  private static final double BASELINE = 0.02;

  /** The baseline learns while the score is below this. */
  private static final double CALM = 0.85;

  /**
   * How much of the baseline, in standard deviations, the charts leave out. Small, so that no fault
   * can grow so slowly that it is taken for normal.
   */
  private static final double FORGIVEN = 0.7;

  private final double[] charted;
  private boolean frozen;
  private boolean fresh = true;

  /**
   * Of calibrated parts.
   *
   * @param plant the plant model
   * @param inputs number of input features
   * @param fast limits of the chart of short memory
   * @param slow limits of the chart of long memory
   * @param net the autoencoder, or null for none
   * @param muted for each output, whether its errors are left out
   * @param memoryGain weight of the newest row in {@link #deviations}
   */
  public Detector(
      PlantModel plant,
      int inputs,
      ChartLimits fast,
      ChartLimits slow,
      @Nullable NetMonitor net,
      boolean[] muted,
      double memoryGain) {
    this.plant = plant;
    this.muted = muted.clone();
    this.fast = new EwmaChart(fast);
    this.slow = new EwmaChart(slow);
    this.net = net;
    this.memoryGain = memoryGain;
    this.expected = new double[plant.outputCount()];
    this.errors = new double[expected.length];
    this.deviations = new double[expected.length];
    this.baseline = new double[expected.length];
    this.changes = new double[expected.length];
    this.charted = new double[expected.length];
    this.row = new double[inputs + expected.length];
  }

  /**
   * What a row came to. The arrays are the detector's own and valid until the next row.
   *
   * @param score 1 is the alarm threshold; the greater of the two that follow
   * @param process score of the plant model's errors
   * @param watch score of the autoencoder, 0 when it is not asked
   * @param distance of the inputs from the training data, 1 is its edge
   * @param meanSquare mean of the squared scaled errors, about 1 in normal operation
   */
  public record Reading(
      double score, double process, double watch, double distance, double meanSquare) {}

  /** Judges the next row: input features and outputs, in their units. */
  public Reading push(double[] inputs, double[] outputs) {
    plant.predict(inputs, expected);
    double squares = 0;
    int counted = 0;
    for (int j = 0; j < errors.length; j++) {
      errors[j] = muted[j] ? 0 : plant.error(j, outputs[j]);
      deviations[j] += (fresh ? 1 : memoryGain) * (errors[j] - deviations[j]);
      squares += Math.min(64, errors[j] * errors[j]);
      counted += plant.known(j) && !muted[j] ? 1 : 0;
    }
    fresh = false;
    for (int j = 0; j < errors.length; j++) {
      charted[j] = errors[j] - Math.max(-FORGIVEN, Math.min(FORGIVEN, baseline[j]));
    }
    double score = Math.max(fast.push(charted), slow.push(charted));
    for (int j = 0; j < errors.length; j++) {
      if (!frozen && score < CALM) {
        baseline[j] += BASELINE * memoryGain * (errors[j] - baseline[j]);
      }
      changes[j] = deviations[j] - baseline[j];
    }
    double watch = netScore(inputs, outputs);
    return new Reading(
        Math.max(score, watch), score, watch, plant.distance(), squares / Math.max(1, counted));
  }

  private double netScore(double[] inputs, double[] outputs) {
    if (net == null) {
      return 0;
    }
    System.arraycopy(inputs, 0, row, 0, inputs.length);
    System.arraycopy(outputs, 0, row, inputs.length, outputs.length);
    double score = net.push(row);
    return plant.distance() <= 1 ? score : 0;
  }

  /** What the last row's outputs should have been, in their units. */
  public double[] expected() {
    return expected;
  }

  /** Signed errors in standard deviations, smoothed over the detector's memory. */
  public double[] deviations() {
    return deviations;
  }

  /**
   * How the deviations have changed against their own past: what the model is lastingly wrong by at
   * this operating point is taken out. What causes are looked for in.
   */
  public double[] changes() {
    return changes;
  }

  /** Stops the past from being learnt while an anomaly is open, or lets it go on. */
  public void freeze(boolean anomaly) {
    frozen = anomaly;
  }

  /** Forgets what it has seen. */
  public void reset() {
    fast.reset();
    slow.reset();
    if (net != null) {
      net.reset();
    }
    java.util.Arrays.fill(deviations, 0);
    java.util.Arrays.fill(baseline, 0);
    fresh = true;
  }
}
