package io.deungdae.simulators.furnace;

import static io.deungdae.simulators.furnace.Lines.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.simulators.plc.Recipe;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What docs/plants/furnace.md says of faults and remedies. */
class FurnaceFaultTest {

  private static final Recipe BEST = recipe(871, 869, 874, 859, 0.475, 273, 332.6);

  private final double standing = new FurnaceTrial(Map.of()).objective(FurnaceHandle.standing());
  private final double best = new FurnaceTrial(Map.of()).objective(BEST);

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    // fault, least loss %, remedy, least recovered %
    "HEATER_ZONE2,       15, 885, 868, 874, 857, 0.479, 263, 335, 75",
    "HEATER_ZONE3,       15, 875, 883, 868, 859, 0.478, 264, 335, 80",
    "THERMOCOUPLE_ZONE2, 30, 874, 890, 871, 859, 0.477, 263, 335, 90",
    "THERMOCOUPLE_ZONE3, 25, 870, 877, 855, 859, 0.480, 273, 335, 90",
    "SALT_COOLER,        30, 867, 874, 874, 846, 0.482, 247, 321, 75",
    "SALT_AGITATOR,      60, 856, 866, 864, 856, 0.473, 241, 324, 75",
    "DOOR,                5, 871, 888, 871, 855, 0.481, 266, 336, 25",
    "CP_PROBE,           80, 871, 869, 874, 859, 0.535, 273, 333, 90",
    "BELT_SLIP,          30, 851, 877, 869, 855, 0.472, 300, 335, 90",
    "FAN,                15, 888, 884, 874, 859, 0.475, 273, 332, 90",
  })
  void costsWhatIsStatedAndTheRemedyBringsItBack(
      FurnaceFault fault,
      double loss,
      double zone1,
      double zone2,
      double zone3,
      double zone4,
      double cp,
      double belt,
      double salt,
      double recovered) {
    FurnaceTrial search = new FurnaceTrial(Map.of(fault, 1.0));
    double before = search.objective(FurnaceHandle.standing());
    double after = search.objective(recipe(zone1, zone2, zone3, zone4, cp, belt, salt));
    assertTrue(before > standing * (1 + loss / 100), "costs " + before + " of " + standing);
    double back = 100 * (1 - (after - best) / (before - standing));
    assertTrue(back >= recovered, "recovers " + back + " %, cost " + after);
  }

  @Test
  void wornInsulationCostsEnergyThatNoSetpointBringsBack() {
    FurnaceTrial search = new FurnaceTrial(Map.of(FurnaceFault.INSULATION, 1.0));
    double loss = search.objective(FurnaceHandle.standing()) - standing;
    assertEquals(2.0, loss, 0.6);
    assertEquals(loss, search.objective(BEST) - best, 0.6);
  }

  @Test
  void degradedHeaterSaturatesAndTheZoneDroops() {
    QuenchFurnace furnace =
        new FurnaceTrial(Map.of(FurnaceFault.HEATER_ZONE2, 1.0)).settled(FurnaceHandle.standing());
    assertEquals(100, read(furnace, "zone2.op"), 0.1);
    assertTrue(read(furnace, "zone2.pv") < 845 && read(furnace, "zone2.pv") > 835);
    assertTrue(read(furnace, "scrap_rate") > 3 * 3.5);
  }

  @Test
  void halfTheSizeCostsLess() {
    double half =
        new FurnaceTrial(Map.of(FurnaceFault.CP_PROBE, 0.5)).objective(FurnaceHandle.standing());
    double full =
        new FurnaceTrial(Map.of(FurnaceFault.CP_PROBE, 1.0)).objective(FurnaceHandle.standing());
    assertTrue(standing < half && half < full);
  }

  @Test
  void endedFaultDiesAway() {
    QuenchFurnace furnace =
        new FurnaceTrial(Map.of(FurnaceFault.SALT_COOLER, 1.0)).settled(FurnaceHandle.standing());
    furnace.stop(FurnaceFault.SALT_COOLER.fault());
    furnace.step(7200);
    assertEquals(standing, furnace.objective(), 0.5);
  }

  private static Recipe recipe(
      double z1, double z2, double z3, double z4, double cp, double belt, double salt) {
    return Recipe.of(FurnaceHandle.values(), z1, z2, z3, z4, cp, belt, salt);
  }
}
