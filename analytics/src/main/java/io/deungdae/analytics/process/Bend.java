package io.deungdae.analytics.process;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;

/**
 * Outputs that are never negative and have a long tail, such as scrap rates, are modelled by their
 * logarithm, {@code ln(y + c)}, so that their errors are alike near zero and far up. Immutable.
 */
public final class Bend {

  private static final double SKEWED = 1.5;
  private static final double SHARE = 0.3;

  private final double[] offset;

  /**
   * Of fitted numbers.
   *
   * @param offset c for each output; 0 for an output that is left as it is
   */
  @JsonCreator
  Bend(@JsonProperty("offset") double[] offset) {
    this.offset = offset;
  }

  /** Finds the outputs with a long tail in rows. */
  public static Bend fit(double[][] rows) {
    double[] offset = new double[rows[0].length];
    for (int j = 0; j < offset.length; j++) {
      int column = j;
      double[] values = Arrays.stream(rows).mapToDouble(row -> row[column]).toArray();
      double mean = Arrays.stream(values).average().orElse(0);
      boolean positive = Arrays.stream(values).allMatch(v -> v >= 0);
      if (positive && skewness(values, mean) > SKEWED) {
        Arrays.sort(values);
        offset[j] = Math.max(1e-9, SHARE * values[values.length / 2]);
      }
    }
    return new Bend(offset);
  }

  private static double skewness(double[] values, double mean) {
    double two = 0;
    double three = 0;
    for (double value : values) {
      double d = value - mean;
      two += d * d / values.length;
      three += d * d * d / values.length;
    }
    return two > 0 ? three / Math.pow(two, 1.5) : 0;
  }

  /** An output's value as it is modelled. */
  public double in(int output, double value) {
    return offset[output] > 0 ? Math.log(Math.max(0, value) + offset[output]) : value;
  }

  /** The value of what is modelled. */
  public double out(int output, double modelled) {
    return offset[output] > 0 ? Math.exp(modelled) - offset[output] : modelled;
  }

  /** How much the value changes with what is modelled, at a value. */
  public double slope(int output, double value) {
    return offset[output] > 0 ? Math.max(0, value) + offset[output] : 1;
  }

  /** Copies of rows as they are modelled. */
  public double[][] in(double[][] rows) {
    double[][] bent = new double[rows.length][];
    for (int r = 0; r < rows.length; r++) {
      bent[r] = rows[r].clone();
      for (int j = 0; j < bent[r].length; j++) {
        bent[r][j] = in(j, bent[r][j]);
      }
    }
    return bent;
  }
}
