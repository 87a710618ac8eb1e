package io.deungdae.simulators.furnace;

import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Finds the cheapest recipe by trying: coordinate descent with shrinking steps over the line
 * without chance, each trial run until it is steady. A study tool; knows the true model, as no
 * controller does.
 */
final class RecipeSearch {

  private static final double SETTLE = 5400;
  private static final int DIRECTIONS = 25;

  private final Map<FurnaceFault, Double> faults;
  private final SplittableRandom random = new SplittableRandom(7);
  private int trials;

  RecipeSearch(Map<FurnaceFault, Double> faults) {
    this.faults = faults.isEmpty() ? Map.of() : new EnumMap<>(faults);
  }

  /**
   * A search result.
   *
   * @param recipe the recipe
   * @param objective its cost of a good part, won
   */
  record Found(Recipe recipe, double objective) {}

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
    trials++;
    return furnace;
  }

  /** The cheapest recipe that descent from the given one finds. */
  Found from(Recipe start) {
    Found best = new Found(start, objective(start));
    for (double step = 1.6; step > 0.09; step /= 2) {
      Found before;
      do {
        before = best;
        best = scatter(sweep(best, step), step);
      } while (before.objective() - best.objective() > 0.05);
    }
    return best;
  }

  /** Tries directions that move all setpoints at once, and follows one that pays. */
  private Found scatter(Found from, double step) {
    Found best = from;
    for (int i = 0; i < DIRECTIONS; i++) {
      double[] direction = direction(step);
      Found next = moved(best, direction);
      while (next.objective() < best.objective() - 1e-6) {
        best = next;
        next = moved(best, direction);
      }
    }
    return best;
  }

  private double[] direction(double step) {
    double[] direction = new double[Handle.values().length];
    for (Handle handle : Handle.values()) {
      direction[handle.slot()] = 0.7 * step * handle.dither() * random.nextGaussian();
    }
    return direction;
  }

  private Found moved(Found from, double[] direction) {
    Recipe recipe = from.recipe();
    for (Handle handle : Handle.values()) {
      recipe = recipe.with(handle, recipe.value(handle) + direction[handle.slot()]);
    }
    return new Found(recipe, objective(recipe));
  }

  private Found sweep(Found from, double step) {
    Found best = from;
    for (Handle handle : Handle.values()) {
      for (int sign = -1; sign <= 1; sign += 2) {
        double move = sign * step * handle.dither();
        Recipe tried = best.recipe().with(handle, best.recipe().value(handle) + move);
        double cost = objective(tried);
        if (cost < best.objective() - 1e-6) {
          best = new Found(tried, cost);
        }
      }
    }
    return best;
  }

  /** Lines run so far. */
  int trials() {
    return trials;
  }
}
