package io.deungdae.control.decision;

/**
 * The objective as measured over a window.
 *
 * @param value in the objective's unit; NaN when it could not be measured
 * @param standardError of the value, from the spread within the window, as if its parts were
 *     independent; NaN when it could not be measured
 * @param coverage share of the window with usable values, 0 to 1
 */
public record Measured(double value, double standardError, double coverage) {

  /** Nothing was measured. */
  public static final Measured NOTHING = new Measured(Double.NaN, Double.NaN, 0);

  /** True when there is a value. */
  public boolean known() {
    return Double.isFinite(value);
  }
}
