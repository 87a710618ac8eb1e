package io.deungdae.simulators.melting;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.simulators.plant.Fault;
import io.deungdae.simulators.plant.Signal;
import io.deungdae.simulators.plc.Recipe;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeltingTankTest {

  private static final double HOUR = 3600;

  static double read(MeltingTank tank, String name) {
    return tank.read(signal(tank, name));
  }

  static Signal signal(MeltingTank tank, String name) {
    return tank.signals().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void sameSeedWritesAndFaultsGiveTheSameBits() {
    assertArrayEquals(history(5, 7), history(5, 1));
  }

  private static long[] history(long seed, double stride) {
    MeltingTank tank = new MeltingTank(MeltingSettings.demo(seed, 60));
    List<Fault> faults = tank.faults();
    long[] bits = new long[40 * tank.signals().size()];
    int at = 0;
    for (int i = 0; i < 40; i++) {
      tank.write(signal(tank, "heartbeat"), i + 1);
      tank.remote(i % 10 != 9);
      tank.write(signal(tank, "hold.sp"), 42 + i % 5);
      tank.start(faults.get(i % faults.size()), 0.5);
      tank.stop(faults.get((i + 3) % faults.size()));
      for (double left = 259; left > 0; left -= stride) {
        tank.step(stride);
      }
      for (Signal signal : tank.signals()) {
        bits[at++] = Double.doubleToLongBits(tank.read(signal));
      }
    }
    return bits;
  }

  @Test
  void massAndHeatCloseOverADayWithFaults() {
    MeltingTank tank = new MeltingTank(MeltingSettings.demo(3, 60));
    for (MeltingFault fault : MeltingFault.values()) {
      if (fault != MeltingFault.FROZEN) {
        tank.start(fault.fault(), 0.4);
      }
    }
    Vessel vessel = tank.line().vessel();
    Shell shell = tank.line().shell();
    double atFirst = shell.stored();
    tank.step(24 * HOUR);
    assertTrue(vessel.massIn() > 10_000);
    assertEquals(0, vessel.massGap() / vessel.massIn(), 1e-9);
    double liquor = vessel.heatIn() - vessel.heatOut() - vessel.stored();
    assertEquals(0, liquor / vessel.heatIn(), 1e-9);
    double jacket = atFirst + shell.heatIn() - shell.heatOut() - shell.heatPassed();
    assertTrue(shell.heatIn() > 500_000);
    assertEquals(0, (jacket - shell.stored()) / shell.heatIn(), 1e-9);
  }

  @Test
  void readsAsThePublishedTankDoes() {
    MeltingTank tank =
        new MeltingTank(
            new MeltingSettings(11, true, 1, true, true, 300, Double.POSITIVE_INFINITY, 0));
    int n = 10 * 24 * 600;
    double[] sum = new double[3];
    double[] square = new double[3];
    int bad = 0;
    for (int i = 0; i < n; i++) {
      tank.step(6);
      Gauges gauges = tank.line().gauges();
      double[] now = {gauges.melt(), gauges.speed(), tank.laboratory().moisture()};
      for (int k = 0; k < 3; k++) {
        sum[k] += now[k] / n;
        square[k] += now[k] * now[k] / n;
      }
      bad += tank.laboratory().ok() ? 0 : 1;
    }
    assertEquals(50.9, sum[0], 1.5, "MELT_TEMP, published 50.9");
    assertEquals(12.8, Math.sqrt(square[0] - sum[0] * sum[0]), 1.5);
    assertEquals(46.0, sum[1], 4, "MOTORSPEED, published 46.0");
    assertEquals(63.9, Math.sqrt(square[1] - sum[1] * sum[1]), 4);
    assertEquals(3.195, sum[2], 0.006, "INSP, published 3.195 and 3.20");
    assertEquals(0.015, Math.sqrt(square[2] - sum[2] * sum[2]), 0.004);
    assertEquals(0.21, (double) bad / n, 0.07, "NG rows, published 0.212");
  }

  @Test
  void laboratoryTellsTwentyMinutesAfterTheSample() {
    MeltingTank tank = new MeltingTank(MeltingSettings.standing(2));
    while (tank.plc().batch().phase() != Phase.FEED) {
      tank.step(1);
    }
    double feedBegan = tank.time();
    while (tank.laboratory().tests() == 0) {
      tank.step(1);
    }
    assertEquals(1800, tank.time() - feedBegan, 2);
  }

  @Test
  void everySignalStaysWithinItsRangeAndIsFinite() {
    MeltingTank tank = new MeltingTank(MeltingSettings.demo(8, 60));
    for (int i = 0; i < 2000; i++) {
      tank.step(97);
      for (Signal signal : tank.signals()) {
        double value = tank.read(signal);
        assertTrue(
            value >= signal.low() && value <= signal.high(), signal.name() + " reads " + value);
      }
    }
  }

  @Test
  void betterRecipeThanTheStandingOneExists() {
    MeltingTrial search = new MeltingTrial(java.util.Map.of());
    Recipe better =
        MeltingHandle.standing()
            .with(MeltingHandle.DISSOLVE, 73.5)
            .with(MeltingHandle.DISSOLVE_TIME, 274)
            .with(MeltingHandle.JACKET_MAX, 143)
            .with(MeltingHandle.HOLD, 50.2)
            .with(MeltingHandle.HOLD_SPEED, 35.2)
            .with(MeltingHandle.SOLIDS, 33.1);
    double standing = search.objective(MeltingHandle.standing());
    assertEquals(586, standing, 6);
    assertEquals(488, search.objective(better), 8);
  }
}
