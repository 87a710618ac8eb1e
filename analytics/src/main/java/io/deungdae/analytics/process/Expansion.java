package io.deungdae.analytics.process;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;

/**
 * Adds products of scaled features to them, so that a linear model can bend: squares and products
 * of the numbers at a middle lag, and the product of every number with every code's indicator (a
 * product code changes gains, not only levels), now and at the middle lag. Immutable.
 */
public final class Expansion {

  private static final double SIZE = 0.4;

  private final int features;
  private final int[] first;
  private final int[] second;
  private final double[] mean;

  @JsonCreator
  Expansion(
      @JsonProperty("features") int features,
      @JsonProperty("first") int[] first,
      @JsonProperty("second") int[] second,
      @JsonProperty("mean") double[] mean) {
    this.features = features;
    this.first = first;
    this.second = second;
    this.mean = mean;
  }

  /** One that adds nothing. */
  public static Expansion none(int features) {
    return new Expansion(features, new int[0], new int[0], new double[0]);
  }

  /**
   * The usual one.
   *
   * @param indicator for each channel, whether it is the indicator of a code
   * @param layers how many times the channels are repeated in the features, each with another lag
   * @param x scaled features to learn the products' means from, {@code double[row][feature]}
   */
  public static Expansion of(boolean[] indicator, int layers, double[][] x) {
    int channels = indicator.length;
    int middle = (layers / 2) * channels;
    List<int[]> pairs = new ArrayList<>();
    for (int a = 0; a < channels; a++) {
      for (int b = a; b < channels && !indicator[a]; b++) {
        if (!indicator[b]) {
          pairs.add(new int[] {middle + a, middle + b});
        }
      }
    }
    for (int from = 0; from <= middle; from += Math.max(channels, middle)) {
      for (int a = 0; a < channels; a++) {
        for (int b = 0; b < channels; b++) {
          if (indicator[a] && !indicator[b]) {
            pairs.add(new int[] {from + a, from + b});
          }
        }
      }
    }
    int[] first = pairs.stream().mapToInt(p -> p[0]).toArray();
    int[] second = pairs.stream().mapToInt(p -> p[1]).toArray();
    double[] mean = new double[first.length];
    for (double[] row : x) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += row[first[i]] * row[second[i]] / x.length;
      }
    }
    return new Expansion(channels * layers, first, second, mean);
  }

  /** Number of features that come out. */
  public int width() {
    return features + first.length;
  }

  /** Number of features that go in. */
  public int features() {
    return features;
  }

  /** Expands a row of scaled features. */
  public void apply(double[] scaled, double[] into) {
    System.arraycopy(scaled, 0, into, 0, features);
    for (int i = 0; i < first.length; i++) {
      double product = scaled[first[i]] * scaled[second[i]] - mean[i];
      into[features + i] = SIZE * Math.max(-LARGEST, Math.min(LARGEST, product));
    }
  }

  /** Products grow no further than this, so that the model stays tame outside its data. */
  private static final double LARGEST = 9;

  /** Expanded copies of rows. */
  public double[][] apply(double[][] rows) {
    double[][] expanded = new double[rows.length][width()];
    for (int r = 0; r < rows.length; r++) {
      apply(rows[r], expanded[r]);
    }
    return expanded;
  }
}
