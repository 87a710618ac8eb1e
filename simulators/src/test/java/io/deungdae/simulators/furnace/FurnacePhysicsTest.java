package io.deungdae.simulators.furnace;

import static io.deungdae.simulators.furnace.Lines.read;
import static io.deungdae.simulators.furnace.Lines.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.simulators.plant.Signal;
import io.deungdae.simulators.plc.Recipe;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FurnacePhysicsTest {

  @Test
  void energyPutIntoTheChamberIsLostOrStoredOrLeavesWithTheLoad() {
    FurnaceLine line = new FurnaceLine(new SplittableRandom(5), true);
    FurnacePlc plc = new FurnacePlc(300, FurnaceHandle.standing());
    double before = line.chamber().stored() + line.belt().stored();
    double in = 0;
    double lost = 0;
    for (int second = 1; second <= 7200; second++) {
      plc.scan(line.measured(), second, FurnaceLine.DT);
      line.step(plc, Product.of(1 + second / 2400 % 3), second);
      in += line.chamber().power();
      lost += line.chamber().loss();
    }
    double stored = line.chamber().stored() + line.belt().stored() - before;
    double carried = line.belt().carriedOut() - line.belt().carriedIn();
    assertEquals(in, lost + stored + carried, 1e-6 * in);
  }

  @Test
  void sameSeedGivesSameBitsAndAnotherSeedDoesNot() {
    QuenchFurnace one = run(11);
    QuenchFurnace two = run(11);
    QuenchFurnace other = run(12);
    boolean differs = false;
    for (Signal signal : one.signals()) {
      one.read(signal); // looking changes nothing
    }
    for (Signal signal : one.signals()) {
      assertEquals(
          Double.doubleToLongBits(one.read(signal)), Double.doubleToLongBits(two.read(signal)));
      differs |= one.read(signal) != other.read(signal);
    }
    assertTrue(differs);
  }

  private static QuenchFurnace run(long seed) {
    QuenchFurnace furnace = new QuenchFurnace(FurnaceSettings.demo(seed, 60));
    furnace.step(5000.5);
    furnace.start(FurnaceFault.BELT_SLIP.fault(), 0.7);
    furnace.step(5000.5);
    return furnace;
  }

  @Test
  void standingLineLooksLikeTheOneInThePublishedData() {
    QuenchFurnace furnace = new QuenchFurnace(FurnaceSettings.standing(3));
    furnace.step(3600);
    near(furnace, "zone1.pv", 860, 0.5, 0.8, 4.0);
    near(furnace, "zone2.pv", 860, 0.2, 0.2, 0.6);
    near(furnace, "zone4.pv", 860, 0.2, 0.2, 0.6);
    near(furnace, "cp.pv", 0.45, 0.005, 0.005, 0.025);
    near(furnace, "salt.pv", 332, 0.3, 0.2, 1.0);
    near(furnace, "dryer.pv", 100, 0.3, 0.2, 0.6);
    near(furnace, "washer.pv", 67.7, 0.6, 1.0, 2.2);
  }

  private static void near(
      QuenchFurnace furnace, String name, double mean, double off, double low, double high) {
    double sum = 0;
    double squares = 0;
    int n = 2000;
    for (int i = 0; i < n; i++) {
      furnace.step(10);
      double x = read(furnace, name) - mean;
      sum += x;
      squares += x * x;
    }
    double sd = Math.sqrt(squares / n - sum / n * (sum / n));
    assertEquals(0, sum / n, off, name);
    assertTrue(sd >= low && sd <= high, name + " sd " + sd);
  }

  @Test
  void everySetpointSettlesWithinTenMinutes() {
    for (FurnaceHandle handle : FurnaceHandle.values()) {
      QuenchFurnace furnace = new QuenchFurnace(FurnaceSettings.still());
      furnace.step(3600);
      furnace.remote(true);
      double move = 0.8 * handle.dither();
      assertTrue(write(furnace, handle.signal(), handle.reference() + move));
      furnace.step(620);
      String pv = handle.signal().replace(".sp", ".pv");
      assertEquals(handle.reference() + move, read(furnace, pv), 0.06 * move, pv);
    }
  }

  @Test
  void everySetpointMattersToTheCostAndHasAnOptimumInside() {
    FurnaceTrial search = new FurnaceTrial(java.util.Map.of());
    Recipe best =
        Recipe.of(FurnaceHandle.values(), 871.0, 869.0, 874.0, 859.0, 0.475, 273.0, 332.6);
    double cost = search.objective(best);
    double standing = search.objective(FurnaceHandle.standing());
    assertTrue(cost < 0.92 * standing, "best " + cost + " standing " + standing);
    assertTrue(cost > 0.85 * standing, "the standing recipe is decent");
    for (FurnaceHandle handle : FurnaceHandle.values()) {
      double far = 2.5 * handle.dither();
      double below = search.objective(best.with(handle, best.value(handle) - far));
      double above = search.objective(best.with(handle, best.value(handle) + far));
      assertTrue(below > cost + 0.2, handle + " below costs " + below);
      assertTrue(above > cost + 0.2, handle + " above costs " + above);
    }
  }

  @Test
  void setpointsMoveLessThanTheirRampAllows() {
    QuenchFurnace furnace = new QuenchFurnace(FurnaceSettings.still());
    furnace.remote(true);
    write(furnace, "belt.sp", 300);
    furnace.step(10);
    assertTrue(read(furnace, "belt.pv") < 235 + 10.5);
    assertEquals(300, read(furnace, "belt.sp"), 0);
  }

  @Test
  void countersCountWhatTheRatesSay() {
    QuenchFurnace furnace = new QuenchFurnace(FurnaceSettings.demo(9, 60));
    double good = 0;
    double bad = 0;
    for (int i = 0; i < 20_000; i++) {
      furnace.step(10);
      good += read(furnace, "good_rate") / 360;
      bad += read(furnace, "scrap_rate") / 360;
    }
    assertEquals(good, read(furnace, "good_count"), 0.01 * good);
    assertEquals(bad, read(furnace, "bad_count"), 0.15 * bad);
  }
}
