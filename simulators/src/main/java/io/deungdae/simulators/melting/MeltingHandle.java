package io.deungdae.simulators.melting;

import io.deungdae.simulators.plc.Dial;
import io.deungdae.simulators.plc.Handle;
import io.deungdae.simulators.plc.Recipe;

/**
 * A setpoint of the tank, with the limits and the ramp that the PLC itself enforces.
 *
 * <p>The references put temperature, speed and weight where the melting tank published as KAMP data
 * set 8 has them: about 80 °C and 174 rpm while it melts, 42 to 49 °C and 15 to 20 rpm after.
 */
enum MeltingHandle implements Handle {
  DISSOLVE(new Dial("dissolve.sp", 70, 86, 80, 0.5, -2, 2)),
  DISSOLVE_TIME(new Dial("dissolve_time.sp", 60, 600, 165, 600, -30, 60)),
  DISSOLVE_SPEED(new Dial("dissolve_speed.sp", 120, 180, 174, 2, -6, 4)),
  JACKET_MAX(new Dial("jacket_max.sp", 105, 143, 134, 1, -6, 6)),
  HOLD(new Dial("hold.sp", 36, 56, 44.5, 0.1, -3, 3)),
  HOLD_SPEED(new Dial("hold_speed.sp", 6, 40, 15.5, 1, -4, 4)),
  SOLIDS(new Dial("solids.sp", 27, 34, 30, 1, -0.4, 0.4)),
  FEED(new Dial("feed.sp", 900, 1300, 1080, 5, -30, 30));

  @SuppressWarnings("ImmutableEnumChecker") // a record of numbers and a text
  private final Dial dial;

  MeltingHandle(Dial dial) {
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
