package io.deungdae.simulators.plating;

import io.deungdae.simulators.plating.Ledger.Way;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Finds the cheapest recipe by trying: coordinate descent with shrinking steps and random
 * directions over the line without chance, each trial in its steady state. A study tool; knows the
 * true model, as no controller does.
 *
 * <p>The bath's slow states (zinc, brightener, acid: days) are put to where they end, then the line
 * runs until what is faster has settled.
 */
final class RecipeSearch {

  private static final double LOOK = 3 * 3600.0;
  private static final double SETTLE = 9 * 3600.0;
  private static final int DIRECTIONS = 12;

  private final Map<PlatingFault, Double> faults;
  private final int product;
  private final SplittableRandom random = new SplittableRandom(7);
  private int trials;

  /** Of the first product. */
  RecipeSearch(Map<PlatingFault, Double> faults) {
    this(faults, 1);
  }

  RecipeSearch(Map<PlatingFault, Double> faults, int product) {
    this.product = product;
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
  Plating settled(Recipe recipe) {
    trials++;
    Plating plating = new Plating(PlatingSettings.still());
    plating.ask(product);
    plating.plc().recipe(recipe);
    faults.forEach((fault, size) -> plating.line().faults().jump(fault, size));
    put(plating, recipe, recipe.value(Handle.ZINC));
    plating.step(LOOK);
    put(plating, recipe, Math.max(recipe.value(Handle.ZINC), ownZinc(plating.line().bath())));
    plating.step(SETTLE);
    return plating;
  }

  private void put(Plating plating, Recipe recipe, double zinc) {
    PlatingLine line = plating.line();
    double offset = 7 * of(PlatingFault.TEMPERATURE_PROBE);
    double celsius =
        of(PlatingFault.COIL) > 0
            ? line.bath().temperature()
            : recipe.value(Handle.TEMPERATURE) + offset;
    double ph = recipe.value(Handle.PH) - 0.5 * of(PlatingFault.PH_PROBE);
    double lots = plating.time() > 0 ? plating.plc().lots() / plating.time() * 3600 : 6.5;
    double kiloampereHours =
        plating.time() > 0 ? plating.plc().charge() / plating.time() * 3600 : 3.06;
    double film =
        Bath.FILM * Product.of(product).area() * (1 + 0.8 * of(PlatingFault.DRAG_OUT)) * lots;
    double dosing = recipe.value(Handle.BRIGHTENER) * (1 - 0.55 * of(PlatingFault.BRIGHTENER_PUMP));
    double brightener = Bath.steadyBrightener(dosing, celsius, film / kiloampereHours);
    line.rinses().settle(film, zinc);
    double mass = Product.of(product).mass();
    double dead = of(PlatingFault.DEGREASER_HEATER);
    line.degreaser().settle(lots, mass, line.hall().temperature(), dead);
    line.bath().put(celsius, ph, zinc, brightener);
  }

  private double of(PlatingFault fault) {
    return faults.getOrDefault(fault, 0.0);
  }

  /** Zinc at which the anodes' surplus is what racks carry away, g/L. */
  private static double ownZinc(Bath bath) {
    Ledger ledger = bath.ledger();
    double surplus =
        ledger.of(Way.ZINC_ANODES) + ledger.of(Way.ZINC_CORROSION) + ledger.of(Way.ZINC_DEPOSITED);
    double away =
        -ledger.of(Way.ZINC_DRAGGED_OUT)
            - ledger.of(Way.ZINC_OVERFLOW)
            - ledger.of(Way.ZINC_RETURNED);
    return Math.max(0, Math.min(140, bath.zinc() * surplus / away));
  }

  /** The cheapest recipe that descent from the given one finds. */
  Found from(Recipe start) {
    Found best = new Found(start, objective(start));
    for (double step = 1.6; step > 0.09; step /= 2) {
      Found before;
      do {
        before = best;
        best = scatter(sweep(best, step), step);
      } while (before.objective() - best.objective() > 0.1);
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

  /** Lines run so far. */
  int trials() {
    return trials;
  }
}
