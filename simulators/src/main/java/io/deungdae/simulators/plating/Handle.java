package io.deungdae.simulators.plating;

/**
 * A setpoint of the line, with the limits and the ramp that the PLC itself enforces.
 *
 * <p>Density, temperature and pH stand at the means of the plating bath published as KAMP data set
 * 품질 이상탐지·진단(도금욕): current 3.73, 24.5 °C, pH 2.29.
 */
enum Handle {
  DENSITY("density.sp", "A/dm²", 1.5, 5.5, 3.73, 0.02, -0.35, 0.35, 0.05),
  CHARGE("charge.sp", "%", 70, 150, 100, 0.5, -3, 7, 1),
  TEMPERATURE("temp.sp", "°C", 18, 35, 24.5, 0.01, -2.5, 2.5, 0.5),
  PH("ph.sp", "pH", 1.6, 4.0, 2.3, 0.001, -0.05, 0.15, 0.05),
  ZINC("zinc.sp", "g/L", 40, 110, 70, 0.05, -5, 5, 1),
  BRIGHTENER("brightener.sp", "mL/kAh", 40, 260, 120, 1, -25, 25, 5);

  private final String signal;
  private final String unit;
  private final double low;
  private final double high;
  private final double reference;
  private final double ramp;
  private final double habitDown;
  private final double habitUp;
  private final double grid;

  Handle(
      String signal,
      String unit,
      double low,
      double high,
      double reference,
      double ramp,
      double habitDown,
      double habitUp,
      double grid) {
    this.signal = signal;
    this.unit = unit;
    this.low = low;
    this.high = high;
    this.reference = reference;
    this.ramp = ramp;
    this.habitDown = habitDown;
    this.habitUp = habitUp;
    this.grid = grid;
  }

  /** Name of the signal that carries it. */
  String signal() {
    return signal;
  }

  /** Its unit. */
  String unit() {
    return unit;
  }

  /** Lowest value that the PLC accepts. */
  double low() {
    return low;
  }

  /** Highest value that the PLC accepts. */
  double high() {
    return high;
  }

  /** Value of the standing recipe. */
  double reference() {
    return reference;
  }

  /** Greatest change of the working setpoint per second of plant time. */
  double ramp() {
    return ramp;
  }

  /** Where operators put it, from the lowest (0) to the highest (1) of their habit. */
  double habit(double share) {
    return reference + habitDown + share * (habitUp - habitDown);
  }

  /** Half the width of what operators do in ordinary work; a sensible step for studies. */
  double dither() {
    return (habitUp - habitDown) / 2;
  }

  /** The value as somebody at a panel would key it in. */
  double round(double value) {
    return Math.rint(value / grid) * grid;
  }

  /** The value, moved to the nearest limit when it is outside. */
  double clamp(double value) {
    return Math.max(low, Math.min(high, value));
  }

  /** Place of this setpoint in arrays kept by setpoint. */
  @SuppressWarnings("EnumOrdinal") // the one place; what is indexed lives in memory only
  int slot() {
    return ordinal();
  }
}
