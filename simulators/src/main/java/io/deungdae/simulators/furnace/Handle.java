package io.deungdae.simulators.furnace;

/**
 * A setpoint of the line, with the limits and the ramp that the PLC itself enforces.
 *
 * <p>The reference values are the means of the hardening line published as KAMP data set 60/61
 * (zones 860 °C, carbon potential 0.45 %C, salt 332 °C).
 */
enum Handle {
  ZONE1("zone1.sp", 820, 890, 860, 0.25, -8, 8),
  ZONE2("zone2.sp", 820, 890, 860, 0.25, -8, 8),
  ZONE3("zone3.sp", 820, 890, 860, 0.25, -8, 8),
  ZONE4("zone4.sp", 820, 890, 860, 0.25, -8, 8),
  CP("cp.sp", 0.35, 0.60, 0.45, 0.001, -0.02, 0.04),
  BELT("belt.sp", 150, 300, 235, 1.0, -15, 15),
  SALT("salt.sp", 300, 350, 332, 0.025, -6, 5);

  /** Number of hardening zones; the first handles are theirs. */
  static final int ZONES = 4;

  private final String signal;
  private final double low;
  private final double high;
  private final double reference;
  private final double ramp;
  private final double habitDown;
  private final double habitUp;

  Handle(
      String signal,
      double low,
      double high,
      double reference,
      double ramp,
      double habitDown,
      double habitUp) {
    this.signal = signal;
    this.low = low;
    this.high = high;
    this.reference = reference;
    this.ramp = ramp;
    this.habitDown = habitDown;
    this.habitUp = habitUp;
  }

  /** Name of the signal that carries it. */
  String signal() {
    return signal;
  }

  /** Lowest value that the PLC accepts, in the unit of the signal. */
  double low() {
    return low;
  }

  /** Highest value that the PLC accepts, in the unit of the signal. */
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

  /**
   * Where operators put it in ordinary work, from the lowest (0) to the highest (1) of their habit.
   */
  double habit(double share) {
    return reference + habitDown + share * (habitUp - habitDown);
  }

  /** Half the width of what operators do in ordinary work; a sensible step for studies. */
  double dither() {
    return (habitUp - habitDown) / 2;
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
