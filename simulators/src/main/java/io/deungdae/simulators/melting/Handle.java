package io.deungdae.simulators.melting;

/**
 * A setpoint of the tank, with the limits and the ramp that the PLC itself enforces.
 *
 * <p>The references put temperature, speed and weight where the melting tank published as KAMP data
 * set 8 has them: about 80 °C and 174 rpm while it melts, 42 to 49 °C and 15 to 20 rpm after.
 */
enum Handle {
  DISSOLVE("dissolve.sp", 70, 86, 80, 0.5, -2, 2),
  DISSOLVE_TIME("dissolve_time.sp", 60, 600, 165, 600, -30, 60),
  DISSOLVE_SPEED("dissolve_speed.sp", 120, 180, 174, 2, -6, 4),
  JACKET_MAX("jacket_max.sp", 105, 143, 134, 1, -6, 6),
  HOLD("hold.sp", 36, 56, 44.5, 0.1, -3, 3),
  HOLD_SPEED("hold_speed.sp", 6, 40, 15.5, 1, -4, 4),
  SOLIDS("solids.sp", 27, 34, 30, 1, -0.4, 0.4),
  FEED("feed.sp", 900, 1300, 1080, 5, -30, 30);

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

  /** Value of the standing recipe of product 1. */
  double reference() {
    return reference;
  }

  /** Greatest change of the working setpoint per second of plant time. */
  double ramp() {
    return ramp;
  }

  /** Where operators put it beside its standing value, from the lowest (0) to the highest (1). */
  double habit(double share) {
    return habitDown + share * (habitUp - habitDown);
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
