package io.deungdae.simulators.plating;

import static io.deungdae.simulators.plating.Platings.beat;
import static io.deungdae.simulators.plating.Platings.read;
import static io.deungdae.simulators.plating.Platings.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.simulators.plant.Signal;
import org.junit.jupiter.api.Test;

class PlatingPlcTest {

  private static final PlatingSettings DEMO = PlatingSettings.demo(4, 60).remoteAfter(1200);

  @Test
  void localRefusesSetpointsAndTheOperatorMovesThem() {
    Plating plating = new Plating(DEMO);
    assertFalse(write(plating, "temp.sp", 26));
    plating.step(3 * 3600);
    int moved = 0;
    for (PlatingHandle handle : PlatingHandle.values()) {
      moved += read(plating, handle.signal()) != handle.reference() ? 1 : 0;
    }
    assertTrue(moved >= 4, "moved " + moved);
    assertEquals(0, read(plating, "remote"));
  }

  @Test
  void everySetpointIsTakenInRemoteWithinItsLimitsAndNotBeyond() {
    Plating plating = new Plating(PlatingSettings.still());
    plating.remote(true);
    for (PlatingHandle handle : PlatingHandle.values()) {
      Signal signal = Platings.signal(plating, handle.signal());
      assertTrue(plating.write(signal, signal.high()), signal.name());
      assertEquals(signal.high(), plating.read(signal));
      assertFalse(plating.write(signal, signal.high() * 1.001), signal.name());
      assertFalse(plating.write(signal, signal.low() * 0.999), signal.name());
      assertFalse(plating.write(signal, Double.NaN), signal.name());
    }
    assertFalse(write(plating, "Temp", 25));
  }

  @Test
  void silentHeartbeatShedsToTheStandingRecipe() {
    Plating plating = new Plating(PlatingSettings.standing(4));
    beat(plating, 120);
    plating.remote(true);
    assertTrue(write(plating, "density.sp", 4.5));
    beat(plating, 600);
    plating.step(220);
    assertEquals(1, read(plating, "remote"));
    plating.step(120);
    assertEquals(0, read(plating, "remote"));
    assertEquals(0, read(plating, "watchdog_ok"));
    assertEquals(3.73, read(plating, "density.sp"));
    assertFalse(write(plating, "density.sp", 4));
  }

  @Test
  void operatorTurnsTheKeyAfterASteadyHeartbeatUnlessItWasTurnedByHand() {
    Plating plating = new Plating(DEMO);
    beat(plating, 1140);
    assertEquals(0, read(plating, "remote"));
    beat(plating, 180);
    assertEquals(1, read(plating, "remote"));
    plating.remote(false);
    beat(plating, 7200);
    assertEquals(0, read(plating, "remote"));
  }

  @Test
  void noCurrentWithoutARack() {
    Plating plating = new Plating(PlatingSettings.standing(3));
    for (int i = 0; i < 6 * 3600; i++) {
      plating.step(1);
      if (!plating.line().seen().rack) {
        assertTrue(read(plating, "Current") < 0.01, "at " + plating.time());
      }
    }
  }

  @Test
  void lowLevelCutsTheCurrentShedsAndWaitsForAPerson() {
    PlatingPlc plc = new PlatingPlc(300);
    Measured in = new Measured();
    in.rack = true;
    scan(plc, in, 1, 20);
    plc.station().toRemote();
    assertTrue(plc.demand() > 3);
    in.level = 79;
    scan(plc, in, 21, 15);
    assertTrue(plc.tripped());
    assertEquals(0, plc.demand());
    assertFalse(plc.station().remote());
    plc.reset();
    assertTrue(plc.tripped(), "still low");
    in.level = 99;
    scan(plc, in, 36, 5);
    assertTrue(plc.tripped(), "nobody has reset it");
    plc.reset();
    assertFalse(plc.tripped());
  }

  @Test
  void lossOfFlowAndAHotBathTripToo() {
    PlatingPlc plc = new PlatingPlc(300);
    Measured in = new Measured();
    in.flow = 1;
    scan(plc, in, 1, 25);
    assertTrue(plc.tripped());
    in.flow = 9;
    scan(plc, in, 26, 1);
    plc.reset();
    in.hottest = 46; // the thermometer of the loop may say what it likes
    scan(plc, in, 27, 3);
    assertTrue(plc.tripped());
  }

  private static void scan(PlatingPlc plc, Measured in, double from, int scans) {
    for (int i = 0; i < scans; i++) {
      plc.scan(in, from + i, 1);
    }
  }

  @Test
  void lotEndsWhenItsChargeHasPassed() {
    Plating plating = new Plating(PlatingSettings.still());
    double most = 0;
    for (int i = 0; i < 3600; i++) {
      plating.step(1);
      most = Math.max(most, read(plating, "charge.pv"));
    }
    assertEquals(0.465, most, 0.002);
    assertTrue(read(plating, "lot_count") >= 6);
  }

  @Test
  void loopsBringTheBathToItsSetpointsAndHoldIt() {
    Plating plating = new Plating(PlatingSettings.standing(5));
    plating.step(2 * 3600);
    plating.plc().station().place(PlatingHandle.TEMPERATURE.slot(), 28);
    plating.plc().station().place(PlatingHandle.PH.slot(), 2.15);
    plating.step(10 * 3600);
    for (int i = 0; i < 120; i++) {
      plating.step(60);
      assertEquals(28, plating.line().bath().temperature(), 0.6);
      assertEquals(2.15, plating.line().bath().ph(), 0.1);
    }
  }
}
