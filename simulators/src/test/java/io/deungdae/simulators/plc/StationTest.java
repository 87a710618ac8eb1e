package io.deungdae.simulators.plc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class StationTest {

  private record One(Dial dial, int ordinal) implements Handle {}

  private static final Dial HEAT = new Dial("heat.sp", 20, 30, 24, 0.1, -1, 1);

  private final Station station = new Station(60, new Handle[] {new One(HEAT, 0)});
  private final Setpoint heat = station.setpoint(0);
  private double time;

  private void pass(double seconds, boolean trip) {
    for (int i = 0; i < seconds; i++) {
      station.scan(++time, 1, trip);
    }
  }

  @Test
  void localTakesThePanelAndRefusesTheOutside() {
    assertFalse(station.write(0, 25));
    assertTrue(station.place(0, 99));
    assertEquals(30, heat.target());
  }

  @Test
  void remoteTakesTheOutsideWithinLimitsAndRefusesThePanel() {
    assertTrue(station.toRemote());
    assertTrue(station.write(0, 25));
    assertFalse(station.write(0, 30.01));
    assertFalse(station.write(0, Double.NaN));
    assertFalse(station.place(0, 22));
    assertEquals(25, heat.target());
    pass(5, false);
    assertEquals(24.5, heat.working(), 1e-12);
  }

  @Test
  void turningTheKeyMovesNothing() {
    station.place(0, 28);
    pass(10, false);
    station.toRemote();
    assertEquals(25, heat.target(), 1e-12);
    pass(10, false);
    assertEquals(25, heat.working(), 1e-12);
  }

  @Test
  void deadHeartbeatShedsToTheStandingValue() {
    pass(1, false);
    station.beat(1);
    station.toRemote();
    station.write(0, 29);
    pass(60, false);
    assertTrue(station.remote());
    assertEquals(60, station.watchdog().steadyFor());
    pass(1, false);
    assertFalse(station.remote());
    assertTrue(station.shed());
    assertEquals(24, heat.target());
    assertEquals(0, station.watchdog().steadyFor());
  }

  @Test
  void remoteWithoutAHeartbeatShedsToo() {
    station.toRemote();
    pass(60, false);
    assertTrue(station.remote());
    pass(1, false);
    assertTrue(station.shed());
  }

  @Test
  void sameNumberAgainIsNoHeartbeat() {
    pass(1, false);
    station.beat(7);
    pass(50, false);
    station.beat(7);
    pass(20, false);
    assertFalse(station.watchdog().alive());
    assertFalse(station.beat(1.5));
    assertFalse(station.beat(65_536));
  }

  @Test
  void tripShedsAndKeepsTheKeyFromRemote() {
    station.toRemote();
    pass(1, true);
    assertFalse(station.remote());
    assertFalse(station.toRemote());
    pass(1, false);
    assertTrue(station.toRemote());
  }
}
