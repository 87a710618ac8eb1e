package io.deungdae.simulators.melting;

import static io.deungdae.simulators.melting.MeltingTankTest.read;
import static io.deungdae.simulators.melting.MeltingTankTest.signal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MeltingPlcTest {

  private static MeltingTank tank() {
    return new MeltingTank(MeltingSettings.standing(4));
  }

  private static void beat(MeltingTank tank, int number) {
    assertTrue(tank.write(signal(tank, "heartbeat"), number));
  }

  @Test
  void localRefusesAndRemoteTakesWithinTheLimits() {
    MeltingTank tank = tank();
    tank.step(10);
    assertFalse(tank.write(signal(tank, "hold.sp"), 46));
    beat(tank, 1);
    tank.remote(true);
    assertTrue(tank.write(signal(tank, "hold.sp"), 46));
    assertEquals(46, read(tank, "hold.sp"));
    assertFalse(tank.write(signal(tank, "hold.sp"), 57));
    assertFalse(tank.write(signal(tank, "hold.sp"), Double.NaN));
    assertFalse(tank.write(signal(tank, "MELT_TEMP"), 46));
    assertEquals(46, read(tank, "hold.sp"));
  }

  @Test
  void silentHeartbeatShedsToTheStandingRecipeOfTheProduct() {
    MeltingTank tank = tank();
    tank.plc().load(Product.of(3));
    tank.step(60);
    beat(tank, 1);
    tank.remote(true);
    assertTrue(tank.write(signal(tank, "hold.sp"), 40));
    tank.step(200);
    assertEquals(1, read(tank, "remote"));
    tank.step(120);
    assertEquals(0, read(tank, "remote"));
    assertEquals(0, read(tank, "watchdog_ok"));
    assertEquals(Product.of(3).hold(), read(tank, "hold.sp"));
  }

  @Test
  void turningTheKeyMovesNothing() {
    MeltingTank tank = tank();
    tank.step(100);
    double before = tank.plc().working(MeltingHandle.HOLD);
    tank.plc().station().place(MeltingHandle.HOLD.slot(), before + 5);
    tank.step(10);
    double onTheWay = tank.plc().working(MeltingHandle.HOLD);
    tank.remote(true);
    tank.step(5);
    assertTrue(onTheWay > before && onTheWay < before + 5);
    assertEquals(onTheWay, tank.plc().working(MeltingHandle.HOLD), 1e-9);
    assertEquals(onTheWay, read(tank, "hold.sp"), 1e-9);
  }

  @Test
  void frozenReadingEndsAtTheLimiterAndNotAbove() {
    MeltingTank tank = tank();
    while (tank.plc().batch().phase() != Phase.HEAT) {
      tank.step(1);
    }
    tank.remote(true);
    tank.start(MeltingFault.FROZEN.fault(), 1);
    double hottest = 0;
    boolean tripped = false;
    for (int i = 0; i < 2400; i++) {
      tank.step(1);
      hottest = Math.max(hottest, tank.line().vessel().temperature());
      tripped |= tank.plc().interlock();
    }
    assertTrue(tripped);
    assertFalse(tank.plc().station().remote());
    assertTrue(hottest < 97, "hottest " + hottest);
  }

  @Test
  void heatingIsSteadyWithinAMinuteAndHardlyOvershoots() {
    MeltingTank tank = new MeltingTank(MeltingSettings.still());
    while (tank.plc().batch().phase() != Phase.DISSOLVE) {
      tank.step(1);
    }
    tank.step(60);
    double highest = 0;
    while (tank.plc().batch().phase() == Phase.DISSOLVE) {
      assertEquals(80, tank.line().vessel().temperature(), 1);
      highest = Math.max(highest, tank.line().vessel().temperature());
      tank.step(1);
    }
    assertTrue(highest < 81, "highest " + highest);
  }
}
