package io.deungdae.simulators.furnace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The baseline that control is compared with: it pays with a fault and costs little without. */
class HardenerTest {

  private static final double HOUR = 3600;

  @Test
  void rulesPayWhenTheAgitatorIsWornAndCostLittleWhenNothingIs() {
    double standing = cost(FurnaceSettings.standing(11), 0);
    assertEquals(standing, cost(FurnaceSettings.ruled(11), 0), 0.02 * standing);
    double hurt = cost(FurnaceSettings.standing(11), 0.6);
    double ruled = cost(FurnaceSettings.ruled(11), 0.6);
    assertTrue(ruled < hurt - 0.4 * (hurt - standing), standing + ", " + hurt + ", " + ruled);
  }

  private static double cost(FurnaceSettings settings, double size) {
    QuenchFurnace furnace = new QuenchFurnace(settings);
    furnace.start(FurnaceFault.SALT_AGITATOR.fault(), size);
    furnace.step(6 * HOUR);
    double sum = 0;
    for (int hour = 0; hour < 12; hour++) {
      furnace.step(HOUR);
      sum += furnace.objective();
    }
    return sum / 12;
  }
}
