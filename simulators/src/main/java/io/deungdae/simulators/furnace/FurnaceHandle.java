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
  ZONE1(new Dial("zone1.sp", 820, 890, 860, 0.25, -8, 8)),
  ZONE2(new Dial("zone2.sp", 820, 890, 860, 0.25, -8, 8)),
  ZONE3(new Dial("zone3.sp", 820, 890, 860, 0.25, -8, 8)),
  ZONE4(new Dial("zone4.sp", 820, 890, 860, 0.25, -8, 8)),
  CP(new Dial("cp.sp", 0.35, 0.60, 0.45, 0.001, -0.02, 0.04)),
  BELT(new Dial("belt.sp", 150, 300, 235, 1.0, -15, 15)),
  SALT(new Dial("salt.sp", 300, 350, 332, 0.025, -6, 5));

  /** Number of hardening zones; the first handles are theirs. */
  static final int ZONES = 4;

  @SuppressWarnings("ImmutableEnumChecker") // a record of numbers and a text
  private final Dial dial;

  FurnaceHandle(Dial dial) {
    this.dial = dial;
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
