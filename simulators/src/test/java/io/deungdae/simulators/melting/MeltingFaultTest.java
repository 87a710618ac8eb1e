package io.deungdae.simulators.melting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.simulators.plc.Recipe;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Each fault shows where it must and nowhere else. */
class MeltingFaultTest {

  /** The tank in its second batch, at full size of the fault. */
  private static MeltingTank heated(MeltingFault fault, Phase phase, double seconds) {
    MeltingTank tank = new MeltingTank(MeltingSettings.still());
    tank.line().faults().jump(fault, 1);
    while (tank.plc().batch().count() < 1 || tank.plc().batch().phase() != phase) {
      tank.step(1);
    }
    tank.step(seconds);
    return tank;
  }

  private static double change(
      MeltingFault fault, Phase phase, double after, ToDoubleFunction<MeltingTank> what) {
    MeltingTank well = new MeltingTank(MeltingSettings.still());
    while (well.plc().batch().count() < 1 || well.plc().batch().phase() != phase) {
      well.step(1);
    }
    well.step(after);
    return what.applyAsDouble(heated(fault, phase, after)) / what.applyAsDouble(well);
  }

  @Test
  void foulingFloodingAndWeakSteamSlowTheHeating() {
    for (MeltingFault fault :
        new MeltingFault[] {
          MeltingFault.JACKET_FOULED, MeltingFault.TRAP_CLOSED, MeltingFault.STEAM_LOW
        }) {
      double slower = change(fault, Phase.DISSOLVE, 1, t -> t.plc().batch().heatSeconds());
      assertTrue(slower > 1.4, fault + " heats in " + slower);
    }
    double pressed =
        change(MeltingFault.STEAM_LOW, Phase.HEAT, 120, t -> t.line().shell().pressure());
    assertTrue(pressed < 0.6);
    double fouled =
        change(MeltingFault.JACKET_FOULED, Phase.HEAT, 120, t -> t.line().shell().jacket());
    assertEquals(1, fouled, 0.02);
  }

  @Test
  void slippingBeltShowsInThePowerAndNotInTheSpeed() {
    assertEquals(
        1, change(MeltingFault.BELT, Phase.DISSOLVE, 60, t -> t.line().gauges().speed()), 0.01);
    assertTrue(
        change(MeltingFault.BELT, Phase.DISSOLVE, 60, t -> t.line().agitator().electric()) < 0.35);
    assertTrue(change(MeltingFault.BELT, Phase.FEED, 600, t -> t.line().vessel().lumps()) > 3);
  }

  @Test
  void driftingThermocoupleHidesFromItsOwnReading() {
    assertEquals(
        1,
        change(MeltingFault.THERMOCOUPLE, Phase.DISSOLVE, 120, t -> t.line().gauges().melt()),
        0.01);
    MeltingTank tank = heated(MeltingFault.THERMOCOUPLE, Phase.DISSOLVE, 120);
    assertEquals(75, tank.line().vessel().temperature(), 1);
  }

  @Test
  void driftingLoadCellTakesSolidsOut() {
    MeltingTank tank = heated(MeltingFault.LOAD_CELL, Phase.FEED, 300);
    assertEquals(28.7, 100 * tank.line().vessel().solids(), 0.4);
  }

  @Test
  void wetPowderLumpsAndThins() {
    assertTrue(change(MeltingFault.WET, Phase.FEED, 600, t -> t.line().vessel().lumps()) > 1.4);
    assertTrue(change(MeltingFault.WET, Phase.FEED, 600, t -> t.line().vessel().solids()) < 0.98);
  }

  @Test
  void openTrapCostsSteamOnly() {
    assertTrue(change(MeltingFault.TRAP_OPEN, Phase.HEAT, 30, t -> t.line().shell().steam()) > 1.5);
    assertEquals(
        1, change(MeltingFault.TRAP_OPEN, Phase.FEED, 600, t -> t.line().vessel().solids()), 0.01);
  }

  @Test
  void cloggedStrainerLimitsTheFlowAndRaisesTheAlarm() {
    MeltingTank tank = heated(MeltingFault.STRAINER, Phase.FEED, 600);
    assertEquals(960, tank.line().gauges().feed(), 15);
    assertTrue(tank.plc().pump() > 0.999);
    assertTrue(tank.plc().strainer() && tank.plc().offFlow());
  }

  @Test
  void openLidLetsVapourOut() {
    assertTrue(change(MeltingFault.LID, Phase.FEED, 1200, t -> t.line().vessel().vapour()) > 15);
  }

  @Test
  void stickingValveHunts() {
    double well = swing(new MeltingTank(MeltingSettings.still()));
    MeltingTank sticking = new MeltingTank(MeltingSettings.still());
    sticking.line().faults().jump(MeltingFault.STICTION, 1);
    double ill = swing(sticking);
    assertTrue(ill > 3 * well, "jacket swings by " + ill + " instead of " + well);
  }

  /** How far the jacket's temperature goes up and down while it is held at its limit, K. */
  private static double swing(MeltingTank tank) {
    while (tank.plc().batch().phase() != Phase.HEAT) {
      tank.step(1);
    }
    tank.step(80);
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < 160; i++) {
      low = Math.min(low, tank.line().shell().jacket());
      high = Math.max(high, tank.line().shell().jacket());
      tank.step(1);
    }
    return high - low;
  }

  @Test
  void miskeyedWaterThickensTheDissolvingAndNotTheBatch() {
    assertTrue(
        change(MeltingFault.RECIPE, Phase.DISSOLVE, 60, t -> t.line().vessel().viscosity()) > 1.5);
    assertEquals(
        1, change(MeltingFault.RECIPE, Phase.FEED, 300, t -> t.line().vessel().solids()), 0.01);
  }

  @Test
  void bestRemedyOfAWrongThermocoupleIsToAskForMore() {
    MeltingTrial search = new MeltingTrial(Map.of(MeltingFault.THERMOCOUPLE, 1.0));
    Recipe more =
        MeltingHandle.standing()
            .with(MeltingHandle.DISSOLVE, MeltingHandle.DISSOLVE.reference() + 5)
            .with(MeltingHandle.HOLD, MeltingHandle.HOLD.reference() + 5);
    double healthy = new MeltingTrial(Map.of()).objective(MeltingHandle.standing());
    double hurt = search.objective(MeltingHandle.standing());
    double cured = search.objective(more);
    assertTrue(hurt > 2 * healthy);
    assertTrue(hurt - cured > 0.9 * (hurt - healthy));
  }
}
