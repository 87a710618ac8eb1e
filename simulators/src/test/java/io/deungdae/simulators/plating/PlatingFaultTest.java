package io.deungdae.simulators.plating;

import static io.deungdae.simulators.plating.Platings.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.simulators.plc.Recipe;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What docs/plants/plating.md says of faults and remedies. */
class PlatingFaultTest {

  /** Signals that tell of a process, which a fault moves or leaves alone. */
  private static final String[] WATCHED = {
    "Voltage",
    "ripple.pv",
    "Temp",
    "temp.op",
    "pH",
    "flow.pv",
    "filter.dp",
    "degreaser.pv",
    "degreaser.op",
    "rinse.pv",
    "lab.thickness",
    "lab.thickness_min",
    "lab.adhesion",
    "lab.gloss",
    "lab.iron"
  };

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    // fault, hours, what it moves by more than a tenth
    "RIPPLE, 5, ripple.pv lab.adhesion lab.gloss",
    "PHASE, 5, Voltage ripple.pv temp.op lab.adhesion lab.gloss",
    "CONTACT, 5, Voltage temp.op lab.thickness_min",
    "RECIPE, 5, Voltage temp.op lab.thickness lab.thickness_min",
    "COIL, 9, Temp temp.op",
    "DEGREASER_HEATER, 24, degreaser.pv degreaser.op lab.adhesion",
    "FILTER, 9, flow.pv filter.dp",
    "IRON, 9, lab.iron lab.gloss",
    "EXHAUST, 5, temp.op",
  })
  void showsInItsOwnSignalsOnly(PlatingFault fault, int hours, String moved) {
    Plating healthy = new Plating(PlatingSettings.still());
    Plating hurt = new Plating(PlatingSettings.still());
    hurt.start(fault.fault(), 1);
    healthy.step(hours * 3600.0 + 200);
    hurt.step(hours * 3600.0 + 200);
    bathe(healthy);
    bathe(hurt);
    Set<String> seen = new TreeSet<>();
    for (String name : WATCHED) {
      double was = read(healthy, name);
      if (Math.abs(read(hurt, name) - was) > 0.1 * Math.abs(was)) {
        seen.add(name);
      }
    }
    assertEquals(new TreeSet<>(Set.of(moved.split(" "))), seen);
  }

  /** On to the middle of a lot, so that currents and voltages compare. */
  private static void bathe(Plating plating) {
    while (plating.plc().passed() < 0.2) {
      plating.step(1);
    }
  }

  @Test
  void remedyBringsBackWhatAFaultCosts() {
    Recipe best = recipe(4.75, 101, 30, 2.72, 74, 158);
    double standing = new PlatingTrial(Map.of()).objective(PlatingHandle.standing());
    double optimum = new PlatingTrial(Map.of()).objective(best);
    assertTrue(optimum < 0.88 * standing, optimum + " of " + standing);
    PlatingTrial keyed = new PlatingTrial(Map.of(PlatingFault.RECIPE, 1.0));
    double before = keyed.objective(PlatingHandle.standing());
    assertTrue(before > 2 * standing, "costs " + before);
    double after = keyed.objective(recipe(5.5, 129, 27, 2.72, 74, 158));
    assertTrue(after < 1.1 * optimum, "remedied " + after);
  }

  @Test
  void halfTheSizeCostsLessAndAnEndedFaultDiesAway() {
    Plating half = new Plating(PlatingSettings.still());
    half.start(PlatingFault.CONTACT.fault(), 0.5);
    Plating full = new Plating(PlatingSettings.still());
    full.start(PlatingFault.CONTACT.fault(), 1);
    half.step(5 * 3600);
    full.step(5 * 3600);
    assertTrue(half.objective() > 131 && half.objective() < full.objective());
    full.stop(PlatingFault.CONTACT.fault());
    full.step(8 * 3600);
    assertTrue(full.objective() < 131, "still " + full.objective());
  }

  @Test
  void driftingThermometerShowsNothingWhereItIsReadAndEverythingWhereItIsNot() {
    Plating plating = new Plating(PlatingSettings.still());
    plating.start(PlatingFault.TEMPERATURE_PROBE.fault(), 1);
    plating.step(12 * 3600);
    assertEquals(24.5, read(plating, "Temp"), 0.5);
    assertEquals(31.5, plating.line().bath().temperature(), 0.7);
    assertTrue(read(plating, "temp.op") < 30);
  }

  @Test
  void phaseLostLimitsTheCurrentAtOnceAndRaisesItsAlarms() {
    Plating plating = new Plating(PlatingSettings.still());
    plating.step(1000);
    plating.start(PlatingFault.PHASE.fault(), 1);
    plating.step(1200);
    bathe(plating);
    assertEquals(3.3, read(plating, "Current"), 0.02);
    assertEquals(1, read(plating, "alarm.current"));
    assertEquals(1, read(plating, "alarm.ripple"));
    assertEquals(0, read(plating, "alarm.voltage"));
  }

  private static Recipe recipe(
      double density, double charge, double temp, double ph, double zinc, double brightener) {
    return Recipe.of(PlatingHandle.values(), density, charge, temp, ph, zinc, brightener);
  }
}
