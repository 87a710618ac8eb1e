package io.deungdae.simulators.moulding;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What faults cost and what setpoints can win back; the numbers of docs/plants/moulding.md. */
class RecoveryTest {

  private static final double HOURS = 2;

  private final double sound = Trial.run(1, Trial.recipe(), null, 0, HOURS).cost();

  @Test
  void theRecipeIsDecentAndTheOptimumLiesInside() {
    double best = Trial.run(1, optimum(), null, 0, HOURS).cost();
    assertTrue(best < 0.96 * sound && best > 0.85 * sound, best + " against " + sound);
    for (Knob knob : new Knob[] {Knob.MOLD, Knob.COOLING_TIME, Knob.HOLD_PRESSURE, Knob.SPEED}) {
      for (double off : new double[] {-3.5, 3.5}) {
        Map<Knob, Double> aside = optimum();
        aside.merge(knob, off * knob.band(), Double::sum);
        double cost = Trial.run(1, aside, null, 0, HOURS).cost();
        assertTrue(cost > 1.01 * best, knob + " " + off + " bands aside costs " + cost);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Cause.class)
  void everyFaultAtFullSizeCostsAtLeastFifteenPercent(Cause cause) {
    double hurt = Trial.run(1, Trial.recipe(), cause, 1, HOURS).cost();
    assertTrue(hurt > 1.15 * sound, cause + " costs " + hurt + " against " + sound);
  }

  @Test
  void moreBackPressureAndAColderNozzleWinBackAWornCheckRing() {
    Map<Knob, Double> remedy = Trial.recipe();
    remedy.put(Knob.BACK_PRESSURE, 15.0);
    remedy.put(Knob.BARREL_4, 215.0);
    remedy.put(Knob.HOLD_TIME, 3.6);
    assertRecovers(Cause.CHECK_RING_WEAR, remedy);
  }

  @Test
  void aColderSetpointAndLongerCoolingWinBackAFouledMould() {
    Map<Knob, Double> remedy = Trial.recipe();
    remedy.put(Knob.MOLD, 38.0);
    remedy.put(Knob.COOLING_TIME, 7.4);
    assertRecovers(Cause.COOLING_CHANNEL_FOULED, remedy);
  }

  @Test
  void aLowerSetpointWinsBackADriftedThermocouple() {
    Map<Knob, Double> remedy = Trial.recipe();
    remedy.put(Knob.BARREL_3, 206.0);
    assertRecovers(Cause.THERMOCOUPLE_Z3_DRIFT, remedy);
  }

  @Test
  void slowerInjectionWinsBackBlockedVents() {
    Map<Knob, Double> remedy = Trial.recipe();
    remedy.put(Knob.SPEED, 43.0);
    assertRecovers(Cause.VENT_BLOCKED, remedy);
  }

  @Test
  void colderMeltAndMoreBackPressureWinBackMoistMaterial() {
    Map<Knob, Double> remedy = Trial.recipe();
    remedy.put(Knob.BARREL_3, 216.0);
    remedy.put(Knob.BARREL_4, 216.0);
    remedy.put(Knob.BACK_PRESSURE, 15.0);
    assertRecovers(Cause.MATERIAL_MOIST, remedy);
  }

  private void assertRecovers(Cause cause, Map<Knob, Double> remedy) {
    double hurt = Trial.run(1, Trial.recipe(), cause, 1, HOURS).cost();
    double healed = Trial.run(1, remedy, cause, 1, HOURS).cost();
    double share = (hurt - healed) / (hurt - sound);
    assertTrue(share > 0.4, cause + ": " + sound + " -> " + hurt + " -> " + healed);
  }

  /** Found by {@link RecoverySearch}. */
  private static Map<Knob, Double> optimum() {
    Map<Knob, Double> optimum = new EnumMap<>(Knob.class);
    optimum.put(Knob.BARREL_1, 216.5);
    optimum.put(Knob.BARREL_2, 215.5);
    optimum.put(Knob.BARREL_3, 214.5);
    optimum.put(Knob.BARREL_4, 221.0);
    optimum.put(Knob.MOLD, 43.75);
    optimum.put(Knob.SPEED, 65.0);
    optimum.put(Knob.HOLD_PRESSURE, 54.0);
    optimum.put(Knob.HOLD_TIME, 3.45);
    optimum.put(Knob.COOLING_TIME, 6.15);
    optimum.put(Knob.BACK_PRESSURE, 9.0);
    return optimum;
  }
}
