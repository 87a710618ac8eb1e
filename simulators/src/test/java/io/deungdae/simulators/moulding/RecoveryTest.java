package io.deungdae.simulators.moulding;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.simulators.plc.Recipe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What faults cost and what setpoints can win back; the numbers of docs/plants/moulding.md. */
class RecoveryTest {

  private static final double HOURS = 2;
  private static final double[] BOTH = {-3.5, 3.5};
  private static final double[] MORE = {3.5};

  private final double sound = Trial.run(1, Product.LEFT.recipe(), null, 0, HOURS).cost();

  @Test
  void theRecipeIsDecentAndTheOptimumLiesInside() {
    double best = Trial.run(1, optimum(), null, 0, HOURS).cost();
    assertTrue(best < 0.96 * sound && best > 0.85 * sound, best + " against " + sound);
    for (Knob knob : new Knob[] {Knob.MOLD, Knob.COOLING_TIME, Knob.HOLD_PRESSURE, Knob.SPEED}) {
      // Cooling does not end before plasticizing, which takes longer there: less changes nothing.
      for (double off : knob == Knob.COOLING_TIME ? MORE : BOTH) {
        Recipe aside = optimum();
        aside = aside.with(knob, aside.value(knob) + off * knob.dither());
        double cost = Trial.run(1, aside, null, 0, HOURS).cost();
        assertTrue(cost > 1.01 * best, knob + " " + off + " bands aside costs " + cost);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Cause.class)
  void everyFaultAtFullSizeCostsAtLeastFifteenPercent(Cause cause) {
    double hurt = Trial.run(1, Product.LEFT.recipe(), cause, 1, HOURS).cost();
    assertTrue(hurt > 1.15 * sound, cause + " costs " + hurt + " against " + sound);
  }

  @Test
  void moreBackPressureAndAColderNozzleWinBackAWornCheckRing() {
    Recipe remedy = Product.LEFT.recipe();
    remedy = remedy.with(Knob.BACK_PRESSURE, 15.0);
    remedy = remedy.with(Knob.BARREL_4, 215.0);
    remedy = remedy.with(Knob.HOLD_TIME, 3.6);
    assertRecovers(Cause.CHECK_RING_WEAR, remedy);
  }

  @Test
  void aColderSetpointAndLongerCoolingWinBackAFouledMould() {
    Recipe remedy = Product.LEFT.recipe();
    remedy = remedy.with(Knob.MOLD, 38.0);
    remedy = remedy.with(Knob.COOLING_TIME, 7.4);
    assertRecovers(Cause.COOLING_CHANNEL_FOULED, remedy);
  }

  @Test
  void aLowerSetpointWinsBackADriftedThermocouple() {
    Recipe remedy = Product.LEFT.recipe();
    remedy = remedy.with(Knob.BARREL_3, 206.0);
    assertRecovers(Cause.THERMOCOUPLE_Z3_DRIFT, remedy);
  }

  @Test
  void slowerInjectionWinsBackBlockedVents() {
    Recipe remedy = Product.LEFT.recipe();
    remedy = remedy.with(Knob.SPEED, 43.0);
    assertRecovers(Cause.VENT_BLOCKED, remedy);
  }

  @Test
  void colderMeltAndMoreBackPressureWinBackMoistMaterial() {
    Recipe remedy = Product.LEFT.recipe();
    remedy = remedy.with(Knob.BARREL_3, 216.0);
    remedy = remedy.with(Knob.BARREL_4, 216.0);
    remedy = remedy.with(Knob.BACK_PRESSURE, 15.0);
    assertRecovers(Cause.MATERIAL_MOIST, remedy);
  }

  private void assertRecovers(Cause cause, Recipe remedy) {
    double hurt = Trial.run(1, Product.LEFT.recipe(), cause, 1, HOURS).cost();
    double healed = Trial.run(1, remedy, cause, 1, HOURS).cost();
    double share = (hurt - healed) / (hurt - sound);
    assertTrue(share > 0.4, cause + ": " + sound + " -> " + hurt + " -> " + healed);
  }

  /** Found by the study. */
  private static Recipe optimum() {
    return Recipe.of(
        Knob.values(), 222.6, 221.9, 222.3, 222.8, 44.3, 61.3, 55.6, 3.52, 6.3, 14.6, 65.4, 9.0);
  }
}
