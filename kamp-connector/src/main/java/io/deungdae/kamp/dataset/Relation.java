package io.deungdae.kamp.dataset;

/**
 * What must hold between two columns of a row; a row that breaks it is not consistent.
 *
 * @param left index of a column
 * @param comparison how it must compare
 * @param right index of the other column
 */
public record Relation(int left, Comparison comparison, int right) {

  /** How two values compare. */
  public enum Comparison {
    AT_MOST,
    AT_LEAST,
    EQUAL
  }

  /** True when it holds, or when a value is missing. */
  boolean holds(double[] row) {
    double a = row[left];
    double b = row[right];
    if (Double.isNaN(a) || Double.isNaN(b)) {
      return true;
    }
    return switch (comparison) {
      case AT_MOST -> a <= b;
      case AT_LEAST -> a >= b;
      case EQUAL -> a == b;
    };
  }
}
