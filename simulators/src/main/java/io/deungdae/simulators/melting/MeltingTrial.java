package io.deungdae.simulators.melting;

import io.deungdae.simulators.plc.Recipe;
import io.deungdae.simulators.study.RecipeSearch;
import java.util.Map;

/**
 * What a recipe costs in the tank without chance, with given faults: the third to fifth batch. A
 * study tool; knows the true model, as no controller does.
 */
final class MeltingTrial {

  private static final int SETTLE = 2;
  private static final int BATCHES = 3;
  private static final double MOST = 20 * 3600.0;
  private static final RecipeSearch.Manner MANNER =
      new RecipeSearch.Manner(2, 0.1, 8, 1e-3, 0, 0.004);

  private final Map<MeltingFault, Double> faults;

  MeltingTrial(Map<MeltingFault, Double> faults) {
    this.faults = Map.copyOf(faults);
  }

  /** Cost of a good kilogram under the recipe, won, when it has settled. */
  double objective(Recipe recipe) {
    MeltingTank tank = new MeltingTank(MeltingSettings.still());
    tank.plc().recipe(recipe);
    faults.forEach((fault, size) -> tank.line().faults().jump(fault, size));
    run(tank, SETTLE);
    double spent = tank.laboratory().spent();
    double made = tank.laboratory().goodKg() + tank.laboratory().badKg();
    double good = tank.laboratory().expectedGood();
    run(tank, SETTLE + BATCHES);
    spent = tank.laboratory().spent() - spent;
    made = tank.laboratory().goodKg() + tank.laboratory().badKg() - made;
    good = tank.laboratory().expectedGood() - good;
    return spent / Math.max(Math.max(1, 0.05 * made), good);
  }

  private static void run(MeltingTank tank, long batches) {
    while (tank.plc().batch().count() < batches && tank.time() < MOST) {
      tank.step(30);
    }
  }

  /** A search over such trials. */
  RecipeSearch search() {
    return new RecipeSearch(this::objective, MANNER);
  }
}
