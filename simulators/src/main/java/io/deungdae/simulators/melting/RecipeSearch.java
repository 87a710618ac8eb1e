package io.deungdae.simulators.melting;

import java.util.Map;
import java.util.SplittableRandom;

/**
 * Finds the cheapest recipe by trying: coordinate descent with shrinking steps and random
 * directions over the tank without chance, each trial the third to fifth batch. A study tool; knows
 * the true model, as no controller does.
 */
final class RecipeSearch {

  private static final int SETTLE = 2;
  private static final int BATCHES = 3;
  private static final double MOST = 20 * 3600.0;
  private static final int DIRECTIONS = 8;

  private final Map<MeltingFault, Double> faults;
  private final SplittableRandom random = new SplittableRandom(7);
  private int trials;

  RecipeSearch(Map<MeltingFault, Double> faults) {
    this.faults = Map.copyOf(faults);
  }

  /**
   * A search result.
   *
   * @param recipe the recipe
   * @param objective its cost of a good kilogram, won
   */
  record Found(Recipe recipe, double objective) {}

  /** Cost of a good kilogram under the recipe, won, when it has settled. */
  double objective(Recipe recipe) {
    MeltingTank tank = new MeltingTank(MeltingSettings.still());
    recipe.into(tank);
    faults.forEach((fault, size) -> tank.line().faults().jump(fault, size));
    trials++;
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

  /** The cheapest recipe that descent from the given one finds. */
  Found from(Recipe start) {
    Found best = new Found(start, objective(start));
    for (double step = 2; step > 0.1; step /= 2) {
      Found before;
      do {
        before = best;
        best = scatter(sweep(best, step), step);
      } while (before.objective() - best.objective() > 0.004 * best.objective());
    }
    return best;
  }

  /** Tries directions that move all setpoints at once, and follows one that pays. */
  private Found scatter(Found from, double step) {
    Found best = from;
    for (int i = 0; i < DIRECTIONS; i++) {
      double[] direction = direction(step);
      Found next = moved(best, direction);
      while (next.objective() < best.objective() - 1e-3) {
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
        if (cost < best.objective() - 1e-3) {
          best = new Found(tried, cost);
        }
      }
    }
    return best;
  }

  /** Tanks run so far. */
  int trials() {
    return trials;
  }
}
