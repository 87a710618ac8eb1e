package io.deungdae.simulators.moulding;

/** The setpoints of the machine, with the limits and ramps of its PLC. */
enum Knob {
  BARREL_1("barrel.z1.sp", "°C", 180, 255, 215, 5 / 60.0, 6, "barrel zone 1 (feed)", "배럴 1존(공급부)"),
  BARREL_2("barrel.z2.sp", "°C", 180, 260, 220, 5 / 60.0, 6, "barrel zone 2", "배럴 2존"),
  BARREL_3("barrel.z3.sp", "°C", 180, 265, 228, 5 / 60.0, 6, "barrel zone 3", "배럴 3존"),
  BARREL_4("barrel.z4.sp", "°C", 180, 265, 230, 5 / 60.0, 6, "barrel zone 4 (nozzle)", "배럴 4존(노즐)"),
  MOLD("mold.sp", "°C", 25, 75, 50, 4 / 60.0, 5, "mould temperature", "금형 온도"),
  SPEED("injection.speed.sp", "mm/s", 20, 100, 55, 0.5, 8, "injection speed", "사출 속도"),
  HOLD_PRESSURE("hold.pressure.sp", "MPa", 25, 85, 52, 0.3, 3, "hold pressure", "보압"),
  HOLD_TIME("hold.time.sp", "s", 1, 8, 4.2, 0.03, 0.4, "hold time", "보압 시간"),
  COOLING_TIME("cooling.time.sp", "s", 3, 18, 6.6, 0.05, 0.8, "cooling time", "냉각 시간"),
  BACK_PRESSURE("back.pressure.sp", "MPa", 3, 20, 9, 0.1, 2.5, "back pressure", "배압");

  private final String signal;
  private final String unit;
  private final double low;
  private final double high;
  private final double standard;
  private final double ramp;
  private final double band;
  private final String en;
  private final String ko;

  Knob(
      String signal,
      String unit,
      double low,
      double high,
      double standard,
      double ramp,
      double band,
      String en,
      String ko) {
    this.signal = signal;
    this.unit = unit;
    this.low = low;
    this.high = high;
    this.standard = standard;
    this.ramp = ramp;
    this.band = band;
    this.en = en;
    this.ko = ko;
  }

  /** Name of its signal. */
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

  /** The recipe's value for the ordinary part. */
  double standard() {
    return standard;
  }

  /** Greatest change per second of plant time with which the PLC follows a new setpoint. */
  double ramp() {
    return ramp;
  }

  /** How far an operator strays from the recipe, either way. */
  double band() {
    return band;
  }

  /** What it is, English. */
  String en() {
    return en;
  }

  /** What it is, Korean. */
  String ko() {
    return ko;
  }
}
