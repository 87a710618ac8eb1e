package io.deungdae.simulators.furnace;

import static io.deungdae.simulators.furnace.Lines.beat;
import static io.deungdae.simulators.furnace.Lines.read;
import static io.deungdae.simulators.furnace.Lines.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FurnacePlcTest {

  private static final FurnaceSettings ATTENDED = new FurnaceSettings(4, true, 1, true, 300, 1200);

  @Test
  void localRefusesSetpointsAndTheOperatorMovesThem() {
    QuenchFurnace furnace = new QuenchFurnace(ATTENDED);
    assertFalse(write(furnace, "zone2.sp", 865));
    furnace.step(3600);
    assertNotEquals(860, read(furnace, "zone2.sp"));
    assertNotEquals(235, read(furnace, "belt.sp"));
    assertEquals(0, read(furnace, "remote"));
  }

  @Test
  void remoteTakesSetpointsWithinLimitsAndTheOperatorKeepsHandsOff() {
    QuenchFurnace furnace = new QuenchFurnace(ATTENDED);
    furnace.remote(true);
    assertTrue(write(furnace, "zone2.sp", 865));
    assertFalse(write(furnace, "zone2.sp", 890.1));
    assertFalse(write(furnace, "zone2.sp", Double.NaN));
    assertFalse(write(furnace, "zone2.pv", 865));
    beat(furnace, 7200);
    assertEquals(865, read(furnace, "zone2.sp"));
    assertEquals(865, read(furnace, "zone2.pv"), 2);
  }

  @Test
  void silentHeartbeatShedsToTheStandingRecipe() {
    QuenchFurnace furnace = new QuenchFurnace(FurnaceSettings.standing(4));
    beat(furnace, 120);
    furnace.remote(true);
    write(furnace, "zone3.sp", 880);
    beat(furnace, 600);
    assertEquals(1, read(furnace, "watchdog_ok"));
    furnace.step(220);
    assertEquals(1, read(furnace, "remote"));
    furnace.step(120);
    assertEquals(0, read(furnace, "watchdog_ok"));
    assertEquals(0, read(furnace, "remote"));
    assertEquals(860, read(furnace, "zone3.sp"));
    assertFalse(write(furnace, "zone3.sp", 870));
  }

  @Test
  void unchangedHeartbeatIsNoHeartbeat() {
    QuenchFurnace furnace = new QuenchFurnace(FurnaceSettings.standing(4));
    for (int i = 0; i < 20; i++) {
      write(furnace, "heartbeat", 7);
      furnace.step(60);
    }
    assertEquals(0, read(furnace, "watchdog_ok"));
  }

  @Test
  void operatorTurnsTheKeyAfterASteadyHeartbeatAndAgainAfterAShed() {
    QuenchFurnace furnace = new QuenchFurnace(ATTENDED);
    beat(furnace, 1140);
    assertEquals(0, read(furnace, "remote"));
    beat(furnace, 180);
    assertEquals(1, read(furnace, "remote"));
    furnace.step(400);
    assertEquals(0, read(furnace, "remote"));
    beat(furnace, 2400);
    assertEquals(1, read(furnace, "remote"));
  }

  @Test
  void keyTurnedToLocalByHandStaysThere() {
    QuenchFurnace furnace = new QuenchFurnace(ATTENDED);
    beat(furnace, 1500);
    furnace.remote(false);
    beat(furnace, 7200);
    assertEquals(0, read(furnace, "remote"));
    furnace.remote(true);
    assertEquals(1, read(furnace, "remote"));
  }

  @Test
  void turningTheKeyMovesNothing() {
    QuenchFurnace furnace = new QuenchFurnace(ATTENDED);
    furnace.step(4000);
    double before = furnace.plc().working(FurnaceHandle.ZONE2);
    furnace.remote(true);
    assertEquals(before, read(furnace, "zone2.sp"));
  }

  @Test
  void overTemperatureTripsTheInterlockThoughTheThermocoupleReadsLow() {
    FurnacePlc plc = new FurnacePlc(300, FurnaceHandle.standing());
    plc.station().toRemote();
    double[] zones = {860, 860, 845, 860};
    plc.scan(new Measured(zones, 926, 0.45, 235, 332), 1, 1);
    assertTrue(plc.interlock());
    assertFalse(plc.station().remote());
    assertEquals(0, plc.duty()[2]);
    plc.reset(new Measured(zones, 915, 0.45, 235, 332));
    assertTrue(plc.interlock(), "still hot");
    plc.reset(new Measured(zones, 890, 0.45, 235, 332));
    assertFalse(plc.interlock());
  }

  @Test
  void saturatedZoneRaisesTheAlarm() {
    QuenchFurnace furnace = new QuenchFurnace(FurnaceSettings.standing(4));
    furnace.step(3600);
    assertEquals(0, read(furnace, "alarm"));
    furnace.start(FurnaceFault.HEATER_ZONE2.fault(), 1);
    furnace.step(3600);
    assertEquals(1, read(furnace, "alarm"));
    assertEquals(100, read(furnace, "zone2.op"), 0.1);
  }
}
