package io.deungdae.simulators.moulding;

import io.deungdae.simulators.plc.Dial;
import io.deungdae.simulators.plc.Handle;

/** The setpoints of the machine, with the limits and ramps of its PLC. */
enum Knob implements Handle {
  BARREL_1("barrel.z1.sp", "°C", 180, 255, 215, 5 / 60.0, 6, "barrel zone 1 (feed)", "배럴 1존(공급부)"),
  BARREL_2("barrel.z2.sp", "°C", 180, 260, 220, 5 / 60.0, 6, "barrel zone 2", "배럴 2존"),
  BARREL_3("barrel.z3.sp", "°C", 180, 265, 228, 5 / 60.0, 6, "barrel zone 3", "배럴 3존"),
  BARREL_4("barrel.z4.sp", "°C", 180, 265, 230, 5 / 60.0, 6, "barrel zone 4 (nozzle)", "배럴 4존(노즐)"),
  MOLD("mold.sp", "°C", 25, 75, 50, 4 / 60.0, 5, "mould temperature", "금형 온도"),
  SPEED("injection.speed.sp", "mm/s", 20, 100, 55, 0.5, 8, "injection speed", "사출 속도"),
  HOLD_PRESSURE("hold.pressure.sp", "MPa", 25, 85, 52, 0.3, 3, "hold pressure", "보압"),
  HOLD_TIME("hold.time.sp", "s", 1, 8, 4.2, 0.03, 0.4, "hold time", "보압 시간"),
  COOLING_TIME("cooling.time.sp", "s", 3, 18, 6.6, 0.05, 0.8, "cooling time", "냉각 시간"),
  BACK_PRESSURE("back.pressure.sp", "MPa", 3, 20, 9, 0.1, 2.5, "back pressure", "배압"),
  DOSE("dose.sp", "mm", 60, 74, 66, 0.1, 0.7, "dosing stroke", "계량 스트로크"),
  SWITCH_OVER("vp.sp", "mm", 4, 20, 9, 0.1, 0.6, "switch-over position", "보압 절환 위치");

  @SuppressWarnings("ImmutableEnumChecker") // a record of numbers and a text
  private final Dial dial;

  private final String unit;
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
    dial = new Dial(signal, low, high, standard, ramp, -band, band);
    this.unit = unit;
    this.en = en;
    this.ko = ko;
  }

  @Override
  public Dial dial() {
    return dial;
  }

  /** Its unit. */
  String unit() {
    return unit;
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
