package io.deungdae.simulators.plating;

import io.deungdae.simulators.plc.Dial;
import io.deungdae.simulators.plc.Handle;
import io.deungdae.simulators.plc.Recipe;

/**
 * A setpoint of the line, with the limits and the ramp that the PLC itself enforces.
 *
 * <p>Density, temperature and pH stand at the means of the plating bath published as KAMP data set
 * 품질 이상탐지·진단(도금욕): current 3.73, 24.5 °C, pH 2.29.
 */
enum PlatingHandle implements Handle {
  DENSITY("density.sp", "A/dm²", 1.5, 5.5, 3.73, 0.02, -0.35, 0.35, 0.05),
  CHARGE("charge.sp", "%", 70, 150, 100, 0.5, -3, 7, 1),
  TEMPERATURE("temp.sp", "°C", 18, 35, 24.5, 0.01, -2.5, 2.5, 0.5),
  PH("ph.sp", "pH", 1.6, 4.0, 2.3, 0.001, -0.05, 0.15, 0.05),
  ZINC("zinc.sp", "g/L", 40, 110, 70, 0.05, -5, 5, 1),
  BRIGHTENER("brightener.sp", "mL/kAh", 40, 260, 120, 1, -25, 25, 5);

  @SuppressWarnings("ImmutableEnumChecker") // a record of numbers and a text
  private final Dial dial;

  private final String unit;
  private final double grid;

  PlatingHandle(
      String signal,
      String unit,
      double low,
      double high,
      double reference,
      double ramp,
      double habitDown,
      double habitUp,
      double grid) {
    dial = new Dial(signal, low, high, reference, ramp, habitDown, habitUp);
    this.unit = unit;
    this.grid = grid;
  }

  /** Its unit. */
  String unit() {
    return unit;
  }

  /** The value as somebody at a panel would key it in. */
  double round(double value) {
    return Math.rint(value / grid) * grid;
  }

  @Override
  public Dial dial() {
    return dial;
  }

  /** The standing recipe, which the PLC also falls back to. */
  static Recipe standing() {
    return Recipe.standing(values());
  }
}
