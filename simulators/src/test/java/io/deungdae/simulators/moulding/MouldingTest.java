package io.deungdae.simulators.moulding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.simulators.plant.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MouldingTest {

  private Moulding plant = new Moulding(7);

  @Test
  void sameSeedStepsAndWritesGiveTheSameBitsHoweverOftenItIsRead() {
    Moulding other = new Moulding(7);
    for (int i = 0; i < 200; i++) {
      all(plant);
      plant.step(61.3);
    }
    for (int i = 0; i < 400; i++) {
      other.step(61.3 / 2);
    }
    assertEquals(all(plant), all(other));
    assertNotEquals(all(new Moulding(8)).get("part.weight"), all(plant).get("part.weight"));
  }

  @Test
  void anOrdinaryDayLooksLikeTheMachinesOfTheField() {
    Map<String, List<Double>> day = record(24);
    assertEquals(15.4, mean(day, "cycle.time"), 0.8);
    assertEquals(215, mean(day, "barrel.z1.pv"), 3);
    assertEquals(9, mean(day, "power"), 1.5);
    assertEquals(80, mean(day, "part.weight"), 2);
    assertEquals(82, mean(day, "injection.peak_pressure"), 8);
    double scrap = mean(day, "scrap_rate") / (mean(day, "scrap_rate") + mean(day, "good_rate"));
    assertTrue(scrap > 0.005 && scrap < 0.08, "scrap " + scrap);
    assertEquals(0, max(day, "interlock"));
  }

  @Test
  void everyValueStaysWithinTheRangeItsSignalPromises() {
    Map<String, List<Double>> day = record(24);
    for (Signal signal : plant.signals()) {
      for (double value : of(day, signal.name())) {
        assertTrue(
            value >= signal.low() && value <= signal.high(), signal.name() + " was " + value);
      }
    }
  }

  @Test
  void operatorsMoveEverySetpointAndChangeTheProductSoThatHistoryCanTeach() {
    Map<String, List<Double>> days = record(72);
    for (Knob knob : Knob.values()) {
      long different = of(days, knob.signal()).stream().distinct().count();
      assertTrue(different > 10, knob + " had " + different + " values");
    }
    assertTrue(of(days, "product").stream().distinct().count() >= 2);
  }

  @Test
  void takesNoSetpointWhileLocal() {
    assertFalse(write("mold.sp", 45));
    assertEquals(0, read("remote"));
  }

  @Test
  void operatorsHandOverOnceTheHeartbeatIsSteady() {
    beatFor(Operator.TRUST - 20);
    assertEquals(0, read("remote"));
    beatFor(60);
    assertEquals(1, read("remote"));
    assertTrue(write("mold.sp", 45));
    assertEquals(45, read("mold.sp"));
  }

  @Test
  void handsOverWithoutABump() {
    plant.step(7200);
    beatFor(Operator.TRUST - 10);
    double before = read("cooling.time.sp");
    beatFor(40);
    assertEquals(1, read("remote"));
    assertEquals(before, read("cooling.time.sp"), 0.5);
  }

  @Test
  void aSilentHeartbeatShedsToTheRecipe() {
    beatFor(200);
    write("cooling.time.sp", 12);
    plant.step(Moulding.WATCHDOG - 20);
    assertEquals(1, read("remote"));
    plant.step(40);
    assertEquals(0, read("remote"));
    assertEquals(0, read("watchdog_ok"));
    double recipe = Knob.COOLING_TIME.reference();
    assertEquals(recipe, read("cooling.time.sp"), 1.4);
  }

  @Test
  void aHeartbeatThatRepeatsItselfIsNone() {
    write("heartbeat", 5);
    for (int i = 0; i < 40; i++) {
      write("heartbeat", 5);
      plant.step(20);
    }
    assertEquals(0, read("watchdog_ok"));
  }

  @Test
  void localStaysLocalUntilSomebodyTurnsTheKey() {
    beatFor(200);
    plant.remote(false);
    beatFor(1000);
    assertEquals(0, read("remote"));
    plant.remote(true);
    beatFor(30);
    assertEquals(1, read("remote"));
  }

  @Test
  void refusesWhatIsNotANumberOrOutsideItsLimits() {
    beatFor(200);
    assertFalse(write("hold.pressure.sp", Double.NaN));
    assertFalse(write("hold.pressure.sp", Knob.HOLD_PRESSURE.high() + 0.1));
    assertFalse(write("hold.pressure.sp", Double.NEGATIVE_INFINITY));
    assertFalse(write("part.weight", 80));
  }

  @Test
  void setpointsRampInsteadOfJumping() {
    beatFor(200);
    double before = read("mold.pv");
    write("mold.sp", 70);
    plant.step(30);
    assertTrue(read("mold.pv") < before + 3);
    beatFor(3600);
    assertEquals(70, read("mold.pv"), 0.6);
  }

  @Test
  void theInterlockStopsTheMachineAndTakesItFromRemote() {
    beatFor(200);
    plant.start(Cause.HEATER_Z2_DEGRADED.fault(), 1);
    write("barrel.z1.sp", 180);
    write("barrel.z3.sp", 180);
    double shots = 0;
    for (int i = 0; i < 600 && read("interlock") == 0; i++) {
      beatFor(60);
      shots = read("shot");
    }
    assertEquals(1, read("interlock"));
    assertEquals(0, read("remote"));
    plant.step(60);
    assertEquals(shots, read("shot"));
  }

  @Test
  void aFaultDiesAwayWhenItEnds() {
    plant = new Moulding(MouldingSettings.unattended(1));
    plant.step(3600);
    double before = read("mold.pv");
    plant.start(Cause.COOLING_CHANNEL_FOULED.fault(), 1);
    plant.step(3 * 3600);
    assertTrue(read("mold.pv") > before + 1.5, "mould " + read("mold.pv"));
    plant.stop(Cause.COOLING_CHANNEL_FOULED.fault());
    plant.step(3 * 3600);
    assertEquals(before, read("mold.pv"), 0.4);
  }

  @Test
  void aWornCheckRingShowsInTheCushion() {
    plant = new Moulding(MouldingSettings.unattended(1));
    plant.step(3600);
    double sound = read("cushion");
    plant.start(Cause.CHECK_RING_WEAR.fault(), 0.7);
    plant.step(3600);
    assertTrue(read("cushion") < sound - 1, "from " + sound + " to " + read("cushion"));
  }

  @Test
  void switchingOverLateFlashesAndEarlyLeavesThePartShort() {
    Shot usual = switchedAt(9);
    Shot late = switchedAt(6);
    Shot early = switchedAt(16);
    assertTrue(usual.chances().flash() < 0.01 && usual.chances().shortShot() < 0.01);
    assertTrue(late.chances().flash() > 0.9, "flash " + late.chances().flash());
    assertTrue(late.peakPressure() > usual.peakPressure() + 20, "peak " + late.peakPressure());
    assertTrue(late.weight() > usual.weight() * 0.999, "weight " + late.weight());
    assertTrue(early.chances().shortShot() > 0.9, "short " + early.chances().shortShot());
    assertTrue(early.weight() < 0.98 * usual.weight(), "weight " + early.weight());
    assertTrue(early.peakPressure() < usual.peakPressure() - 5, "peak " + early.peakPressure());
  }

  @Test
  void atThePressureLimitTheScrewStandsBeforeItsSwitchOverPosition() {
    Shot shot = switchedAt(4);
    assertEquals(140, shot.peakPressure(), 4);
    assertTrue(shot.switchPosition() > 4.5, "switched at " + shot.switchPosition());
  }

  private static Shot switchedAt(double position) {
    Moulding machine = new Moulding(MouldingSettings.unattended(1));
    machine.ambient(24);
    machine.place(Knob.SWITCH_OVER, position);
    machine.step(1800);
    return machine.shot();
  }

  // ---- hands

  private Map<String, List<Double>> record(int hours) {
    Map<String, List<Double>> history = new TreeMap<>();
    plant.step(1800);
    for (int minute = 0; minute < hours * 60; minute++) {
      plant.step(60);
      all(plant)
          .forEach(
              (name, value) -> history.computeIfAbsent(name, n -> new ArrayList<>()).add(value));
    }
    return history;
  }

  private static Map<String, Double> all(Moulding plant) {
    Map<String, Double> values = new TreeMap<>();
    for (Signal signal : plant.signals()) {
      values.put(signal.name(), plant.read(signal));
    }
    return values;
  }

  private static double mean(Map<String, List<Double>> history, String name) {
    return of(history, name).stream().mapToDouble(v -> v).average().orElseThrow();
  }

  private static double max(Map<String, List<Double>> history, String name) {
    return of(history, name).stream().mapToDouble(v -> v).max().orElseThrow();
  }

  private static List<Double> of(Map<String, List<Double>> history, String name) {
    return history.getOrDefault(name, List.of());
  }

  private void beatFor(double seconds) {
    for (double t = 0; t < seconds; t += 10) {
      write("heartbeat", (read("heartbeat") + 1) % 65_536);
      plant.step(10);
    }
  }

  private double read(String name) {
    return plant.read(Trial.signal(plant, name));
  }

  private boolean write(String name, double value) {
    return plant.write(Trial.signal(plant, name), value);
  }
}
