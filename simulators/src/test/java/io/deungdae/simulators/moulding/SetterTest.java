package io.deungdae.simulators.moulding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What the setter does at the panel, and what comes of it. */
class SetterTest {

  private final Plc plc = new Plc(Moulding.WATCHDOG);
  private final Shot usual = new Moulding(1).shot();

  /** Shots of which each fifth shows the flaw. */
  private void shots(Setter setter, int count, Flaw flaw) {
    for (int i = 0; i < count; i++) {
      boolean bad = i % 5 == 0;
      setter.look(plc, usual, !bad, bad ? flaw : Flaw.OTHER);
    }
  }

  private static Setter sure() {
    Setter setter = new Setter(new SplittableRandom(4)); // errs in none of its first changes
    setter.begin();
    return setter;
  }

  @Test
  void sinkMarksGetMoreHoldTimeOnceHeHasWaitedAndLooked() {
    double before = plc.target(Knob.HOLD_TIME);
    Setter setter = sure();
    shots(setter, 34, Flaw.SINK);
    assertEquals(before, plc.target(Knob.HOLD_TIME), "still waiting or looking");
    shots(setter, 1, Flaw.SINK);
    assertEquals(before + 0.3, plc.target(Knob.HOLD_TIME), 1e-9);
  }

  @Test
  void whatFourChangesDidNotCureIsLeftToMaintenanceUnderTheRecipe() {
    Setter setter = sure();
    shots(setter, 100, Flaw.SPECK);
    assertNotEquals(Knob.BARREL_4.reference(), plc.target(Knob.BARREL_4));
    shots(setter, 250, Flaw.SPECK);
    assertEquals(Knob.BARREL_4.reference(), plc.target(Knob.BARREL_4));
    assertEquals(Knob.BARREL_3.reference(), plc.target(Knob.BARREL_3));
  }

  @Test
  void whatHelpedNobodyForAnHourGoesBackToTheRecipe() {
    Setter setter = sure();
    shots(setter, 35, Flaw.SINK);
    assertNotEquals(Knob.HOLD_TIME.reference(), plc.target(Knob.HOLD_TIME));
    for (int i = 0; i < 320; i++) {
      setter.look(plc, usual, true, Flaw.OTHER);
    }
    assertEquals(Knob.HOLD_TIME.reference(), plc.target(Knob.HOLD_TIME), 1e-9);
  }

  @Test
  void aChangeThatMadeItMuchWorseIsTakenBack() {
    Setter setter = sure();
    shots(setter, 35, Flaw.SINK);
    assertNotEquals(Knob.HOLD_TIME.reference(), plc.target(Knob.HOLD_TIME));
    for (int i = 0; i < 45; i++) {
      setter.look(plc, usual, i % 2 == 0, Flaw.BURN);
    }
    assertEquals(Knob.HOLD_TIME.reference(), plc.target(Knob.HOLD_TIME), 1e-9);
    assertEquals(Knob.SPEED.reference(), plc.target(Knob.SPEED), 1e-9);
  }

  @Test
  void dirtIsNoReasonToTouchAnything() {
    shots(sure(), 200, Flaw.OTHER);
    for (Knob knob : Knob.values()) {
      assertEquals(knob.reference(), plc.target(knob), knob.signal());
    }
  }

  @Test
  void heCuresAFouledMouldAndMoistMaterialAndNotAWornCheckRing() {
    assertTrue(
        scrap(Cause.COOLING_CHANNEL_FOULED, true)
            < 0.5 * scrap(Cause.COOLING_CHANNEL_FOULED, false));
    assertTrue(scrap(Cause.MATERIAL_MOIST, true) < 0.5 * scrap(Cause.MATERIAL_MOIST, false));
    assertTrue(scrap(Cause.CHECK_RING_WEAR, true) > 0.5 * scrap(Cause.CHECK_RING_WEAR, false));
  }

  private static double scrap(Cause cause, boolean rules) {
    Moulding machine = new Moulding(new MouldingSettings(2, 0, rules, false, Moulding.WATCHDOG));
    machine.ambient(24);
    machine.start(cause.fault(), 1);
    machine.step(4 * 3600);
    double bad = machine.expectedBad();
    machine.step(4 * 3600);
    return machine.expectedBad() - bad;
  }
}
