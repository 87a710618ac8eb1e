package io.deungdae.simulators.furnace;

import io.deungdae.simulators.plc.Dial;
import io.deungdae.simulators.plc.Handle;
import io.deungdae.simulators.plc.Recipe;

/**
 * A setpoint of the line, with the limits and the ramp that the PLC itself enforces.
 *
 * <p>The reference values are the means of the hardening line published as KAMP data set 60/61
 * (zones 860 °C, carbon potential 0.45 %C, salt 332 °C).
 */
enum FurnaceHandle implements Handle {
  ZONE1("zone1.sp", 820, 890, 860, 0.25, -8, 8),
  ZONE2("zone2.sp", 820, 890, 860, 0.25, -8, 8),
  ZONE3("zone3.sp", 820, 890, 860, 0.25, -8, 8),
  ZONE4("zone4.sp", 820, 890, 860, 0.25, -8, 8),
  CP("cp.sp", 0.35, 0.60, 0.45, 0.001, -0.02, 0.04),
  BELT("belt.sp", 150, 300, 235, 1.0, -15, 15),
  SALT("salt.sp", 300, 350, 332, 0.025, -6, 5);

  /** Number of hardening zones; the first handles are theirs. */
  static final int ZONES = 4;

  @SuppressWarnings("ImmutableEnumChecker") // a record of numbers and a text
  private final Dial dial;

  FurnaceHandle(
      String signal,
      double low,
      double high,
      double reference,
      double ramp,
      double habitDown,
      double habitUp) {
    dial = new Dial(signal, low, high, reference, ramp, habitDown, habitUp);
  }

  @Override
  public Dial dial() {
    return dial;
  }

  @Override
  @SuppressWarnings("EnumOrdinal") // the one place; what is indexed lives in memory only
  public int slot() {
    return ordinal();
  }

  /** The standing recipe, which the PLC also falls back to. */
  static Recipe standing() {
    return Recipe.standing(values());
  }
}
