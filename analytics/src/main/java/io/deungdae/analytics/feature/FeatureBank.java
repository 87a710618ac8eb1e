package io.deungdae.analytics.feature;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Turns raw rows into features, one row after the other. The same object class serves training and
 * judging, so that a model never sees features made in another way than those it was trained on.
 *
 * <p>Causal: a row depends on rows before it only. Used by one thread.
 */
public final class FeatureBank {

  private final FeatureSpec spec;
  private final int[] inputColumns;
  private final int[] outputColumns;
  private final int runningColumn;
  private final int[] neededColumns;
  private final double[] gains;
  private final double outputGain;
  private final long warmRows;

  private final double[] channels;
  private final double[] inputs;
  private final double[] outputs;
  private long rowsSeen;
  private int rowsMissed;
  private boolean unknownLevel;

  /**
   * A bank without memory yet.
   *
   * @param spec what is made
   * @param columns names of the tags in the rows that will come; more than are needed does no harm
   * @throws IllegalArgumentException when a tag that is needed is no column
   */
  public FeatureBank(FeatureSpec spec, List<String> columns) {
    this.spec = spec;
    if (!columns.containsAll(spec.tags())) {
      throw new IllegalArgumentException("of " + spec.tags() + " there are only " + columns);
    }
    this.inputColumns = spec.inputs().stream().mapToInt(i -> columns.indexOf(i.tag())).toArray();
    this.outputColumns = spec.outputs().stream().mapToInt(columns::indexOf).toArray();
    this.runningColumn = columns.indexOf(spec.running());
    this.neededColumns = spec.tags().stream().mapToInt(columns::indexOf).toArray();
    double step = seconds(spec.step());
    this.gains = spec.lags().stream().mapToDouble(l -> gain(step, seconds(l))).toArray();
    this.outputGain = gain(step, seconds(spec.smoothing()));
    this.warmRows = (long) Math.ceil(seconds(spec.longestLag()) / step);
    this.channels = new double[spec.channels()];
    this.inputs = new double[spec.width()];
    this.outputs = new double[spec.outputs().size()];
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  private static double gain(double step, double timeConstant) {
    return timeConstant <= 0 ? 1 : -Math.expm1(-step / timeConstant);
  }

  /** What became of a row. */
  public enum Readiness {
    /** The features stand for the plant's state. */
    USABLE,
    /** The memory is not filled yet. */
    WARMING,
    /** The unit stands still; the memory starts anew when it runs again. */
    STANDING,
    /** A value is missing; the memory is kept for as long as it is worth. */
    MISSING
  }

  /**
   * Takes the next row.
   *
   * @param row one value for each column, NaN where there is none
   */
  public Readiness push(double[] row) {
    if (anyMissing(row)) {
      rowsMissed++;
      if (rowsMissed > warmRows) {
        rowsSeen = 0;
      }
      return Readiness.MISSING;
    }
    rowsMissed = 0;
    if (!(row[runningColumn] > spec.runningAbove())) {
      rowsSeen = 0;
      return Readiness.STANDING;
    }
    readChannels(row);
    updateInputs();
    updateOutputs(row);
    rowsSeen++;
    return rowsSeen > warmRows ? Readiness.USABLE : Readiness.WARMING;
  }

  private boolean anyMissing(double[] row) {
    for (int column : neededColumns) {
      if (Double.isNaN(row[column])) {
        return true;
      }
    }
    return false;
  }

  private void readChannels(double[] row) {
    int at = 0;
    unknownLevel = false;
    for (int i = 0; i < inputColumns.length; i++) {
      List<Double> levels = spec.inputs().get(i).levels();
      double value = row[inputColumns[i]];
      if (levels.isEmpty()) {
        channels[at++] = value;
      } else {
        unknownLevel |= !levels.contains(value);
        for (int l = 1; l < levels.size(); l++) {
          channels[at++] = levels.get(l) == value ? 1 : 0;
        }
      }
    }
  }

  // Layout: all current values, then all means of the first lag, and so on.
  private void updateInputs() {
    System.arraycopy(channels, 0, inputs, 0, channels.length);
    for (int lag = 0; lag < gains.length; lag++) {
      int offset = (lag + 1) * channels.length;
      double gain = rowsSeen == 0 ? 1 : gains[lag];
      for (int c = 0; c < channels.length; c++) {
        inputs[offset + c] += gain * (channels[c] - inputs[offset + c]);
      }
    }
  }

  private void updateOutputs(double[] row) {
    double gain = rowsSeen == 0 ? 1 : outputGain;
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] += gain * (row[outputColumns[i]] - outputs[i]);
    }
  }

  /** Input features of the last row that was complete; valid until the next row. */
  public double[] inputs() {
    return inputs;
  }

  /** Smoothed outputs of the last row that was complete; valid until the next row. */
  public double[] outputs() {
    return outputs;
  }

  /** True when a code in the last complete row is none of its input's levels. */
  public boolean unknownLevel() {
    return unknownLevel;
  }

  /** Forgets everything. */
  public void reset() {
    rowsSeen = 0;
    rowsMissed = 0;
    Arrays.fill(inputs, 0);
    Arrays.fill(outputs, 0);
  }
}
