package io.deungdae.simulators.furnace;

import io.deungdae.simulators.plc.Recipe;
import io.deungdae.simulators.study.RecipeSearch;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a recipe costs on the line without chance, with given faults, run until it is steady. A
 * study tool; knows the true model, as no controller does.
 */
final class FurnaceTrial {

  private static final double SETTLE = 5400;
  private static final RecipeSearch.Manner MANNER =
      new RecipeSearch.Manner(1.6, 0.09, 25, 1e-6, 0.05, 0);

  private final Map<FurnaceFault, Double> faults;

  FurnaceTrial(Map<FurnaceFault, Double> faults) {
    this.faults = faults.isEmpty() ? Map.of() : new EnumMap<>(faults);
  }

  /** Steady cost of a good part under the recipe, won. */
  double objective(Recipe recipe) {
    return settled(recipe).objective();
  }

  /** The line, steady under the recipe with the faults of this search. */
  QuenchFurnace settled(Recipe recipe) {
    QuenchFurnace furnace = new QuenchFurnace(FurnaceSettings.still());
    furnace.plc().recipe(recipe);
    faults.forEach((fault, size) -> furnace.start(fault.fault(), size));
    furnace.step(SETTLE);
    return furnace;
  }

  /** A search over such trials. */
  RecipeSearch search() {
    return new RecipeSearch(this::objective, MANNER);
  }
}
