package io.deungdae.analytics.detect;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.deungdae.analytics.feature.Scaler;
import io.deungdae.analytics.kernel.CompiledNet;

/**
 * An autoencoder's view: how badly a row is given back by a net that has learnt to give back normal
 * operation. The errors of the scored columns are weighed by their own size on held-out data and
 * summed, as Q is in PCA; then smoothed. Used by one thread.
 */
public final class NetMonitor {

  private final Numbers numbers;
  private final CompiledNet net;
  private final double[] in;
  private final double[] out;
  private final double[] errors;
  private double smoothed;

  /** Of calibrated numbers and their net. */
  public NetMonitor(Numbers numbers, CompiledNet net) {
    this.numbers = numbers;
    this.net = net;
    this.in = new double[numbers.scaler.size()];
    this.out = new double[in.length];
    this.errors = new double[in.length];
  }

  /** What belongs to the net, as it is kept on disk. Immutable. */
  public static final class Numbers {
    final Scaler scaler;
    final double[] deviation;
    final int scoredFrom;
    final double gain;
    final double limit;

    /**
     * Of calibrated numbers.
     *
     * @param scaler of the rows
     * @param deviation size of each column's error on held-out data
     * @param scoredFrom first column that is scored; those before only inform the net
     * @param gain weight of the newest row, above 0 to 1
     * @param limit of the smoothed mean square
     */
    @JsonCreator
    Numbers(
        @JsonProperty("scaler") Scaler scaler,
        @JsonProperty("deviation") double[] deviation,
        @JsonProperty("scoredFrom") int scoredFrom,
        @JsonProperty("gain") double gain,
        @JsonProperty("limit") double limit) {
      this.scaler = scaler;
      this.deviation = deviation;
      this.scoredFrom = scoredFrom;
      this.gain = gain;
      this.limit = limit;
    }
  }

  /**
   * Calibrates on rows the net has not seen.
   *
   * @param scaler of the rows, as the net was trained with
   * @param net the net
   * @param heldOut normal operation, in order of time
   * @param scoredFrom first column that is scored
   * @param gain weight of the newest row, above 0 to 1
   * @param falseAlarms share of held-out rows that may be above the limit
   * @param margin factor on the limit's root, 1 or more
   */
  public static Numbers calibrate(
      Scaler scaler,
      CompiledNet net,
      double[][] heldOut,
      int scoredFrom,
      double gain,
      double falseAlarms,
      double margin) {
    double[] deviation = new double[scaler.size()];
    java.util.Arrays.fill(deviation, 1);
    NetMonitor plain = new NetMonitor(new Numbers(scaler, deviation, 0, 1, 1), net);
    double[] squares = new double[deviation.length];
    for (double[] row : heldOut) {
      plain.meanSquare(row);
      for (int i = 0; i < squares.length; i++) {
        squares[i] += plain.errors[i] * plain.errors[i] / heldOut.length;
      }
    }
    for (int i = 0; i < squares.length; i++) {
      deviation[i] = Math.max(0.01, Math.sqrt(squares[i]));
    }
    NetMonitor weighed = new NetMonitor(new Numbers(scaler, deviation, scoredFrom, gain, 1), net);
    double[] values = new double[heldOut.length];
    for (int r = 0; r < values.length; r++) {
      weighed.push(heldOut[r]);
      values[r] = weighed.smoothed;
    }
    double limit = Quantiles.of(values, 1 - falseAlarms) * margin * margin;
    return new Numbers(scaler, deviation, scoredFrom, gain, limit);
  }

  /**
   * Takes the next row, in its units.
   *
   * @return the score, 1 is the limit
   */
  public double push(double[] row) {
    smoothed += numbers.gain * (Math.min(CLIP, meanSquare(row)) - smoothed);
    return Math.sqrt(smoothed / numbers.limit);
  }

  private static final double CLIP = 100;

  private double meanSquare(double[] row) {
    numbers.scaler.apply(row, in);
    net.run(in, out);
    double sum = 0;
    for (int i = 0; i < in.length; i++) {
      errors[i] = (in[i] - out[i]) / numbers.deviation[i];
      sum += i < numbers.scoredFrom ? 0 : errors[i] * errors[i];
    }
    return sum / (in.length - numbers.scoredFrom);
  }

  /** Forgets what it has seen. */
  public void reset() {
    smoothed = 0;
  }
}
