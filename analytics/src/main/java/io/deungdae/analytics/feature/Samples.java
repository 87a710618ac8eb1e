package io.deungdae.analytics.feature;

import io.deungdae.analytics.feature.FeatureBank.Readiness;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * Rows to train on: input features and outputs, in order of time. The arrays are not copied and are
 * not to be changed.
 */
public final class Samples {

  private final long[] timesMs;
  private final double[][] inputs;
  private final double[][] outputs;

  /** Of columns of equal length. */
  public Samples(long[] timesMs, double[][] inputs, double[][] outputs) {
    if (timesMs.length != inputs.length || timesMs.length != outputs.length) {
      throw new IllegalArgumentException("rows differ in number");
    }
    this.timesMs = timesMs;
    this.inputs = inputs;
    this.outputs = outputs;
  }

  /**
   * Makes samples of raw rows, through the very bank that judging uses. Rows with missing values,
   * of a unit that stands still and of excluded times are left out.
   *
   * @param spec what is made
   * @param columns names of the tags in the rows
   * @param timesMs times of the rows, ascending, evenly spaced by the specification's step
   * @param rows one value for each column, NaN where there is none
   * @param excluded true for times that must not be learnt from
   */
  public static Samples of(
      FeatureSpec spec,
      List<String> columns,
      long[] timesMs,
      double[][] rows,
      LongPredicate excluded) {
    FeatureBank bank = new FeatureBank(spec, columns);
    List<double[]> inputs = new ArrayList<>();
    List<double[]> outputs = new ArrayList<>();
    long[] kept = new long[rows.length];
    for (int r = 0; r < rows.length; r++) {
      boolean usable = bank.push(rows[r]) == Readiness.USABLE && !bank.unknownLevel();
      if (usable && !excluded.test(timesMs[r])) {
        kept[inputs.size()] = timesMs[r];
        inputs.add(bank.inputs().clone());
        outputs.add(bank.outputs().clone());
      }
    }
    return new Samples(
        java.util.Arrays.copyOf(kept, inputs.size()),
        inputs.toArray(new double[0][]),
        outputs.toArray(new double[0][]));
  }

  /** Number of rows. */
  public int rows() {
    return timesMs.length;
  }

  /** Times, milliseconds since 1970 UTC, ascending. */
  public long[] timesMs() {
    return timesMs;
  }

  /** {@code double[row][feature]}. */
  public double[][] inputs() {
    return inputs;
  }

  /** {@code double[row][output]}. */
  public double[][] outputs() {
    return outputs;
  }
}
