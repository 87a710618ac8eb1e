package io.deungdae.simulators.plating;

import io.deungdae.simulators.plating.Ledger.Way;
import io.deungdae.simulators.plc.Recipe;
import io.deungdae.simulators.study.RecipeSearch;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a recipe costs on the line without chance, with given faults, in its steady state. A study
 * tool; knows the true model, as no controller does.
 *
 * <p>The bath's slow states (zinc, brightener, acid: days) are put to where they end, then the line
 * runs until what is faster has settled.
 */
final class PlatingTrial {

  private static final double LOOK = 3 * 3600.0;
  private static final double SETTLE = 9 * 3600.0;
  private static final RecipeSearch.Manner MANNER =
      new RecipeSearch.Manner(1.6, 0.09, 12, 1e-3, 0.1, 0);

  private final Map<PlatingFault, Double> faults;
  private final int product;

  /** Of the first product. */
  PlatingTrial(Map<PlatingFault, Double> faults) {
    this(faults, 1);
  }

  PlatingTrial(Map<PlatingFault, Double> faults, int product) {
    this.product = product;
    this.faults = faults.isEmpty() ? Map.of() : new EnumMap<>(faults);
  }

  /** Steady cost of a good part under the recipe, won. */
  double objective(Recipe recipe) {
    return settled(recipe).objective();
  }

  /** The line, steady under the recipe with the faults of this search. */
  Plating settled(Recipe recipe) {
    Plating plating = new Plating(PlatingSettings.still());
    plating.ask(product);
    plating.plc().recipe(recipe);
    faults.forEach((fault, size) -> plating.line().faults().jump(fault, size));
    put(plating, recipe, recipe.value(PlatingHandle.ZINC));
    plating.step(LOOK);
    put(plating, recipe, steadyZinc(plating.line().bath(), recipe.value(PlatingHandle.ZINC)));
    plating.step(SETTLE);
    return plating;
  }

  private void put(Plating plating, Recipe recipe, double zinc) {
    PlatingLine line = plating.line();
    double offset = 7 * of(PlatingFault.TEMPERATURE_PROBE);
    double celsius =
        of(PlatingFault.COIL) > 0
            ? line.bath().temperature()
            : recipe.value(PlatingHandle.TEMPERATURE) + offset;
    double ph = recipe.value(PlatingHandle.PH) - 0.5 * of(PlatingFault.PH_PROBE);
    double lots = plating.time() > 0 ? plating.plc().lots() / plating.time() * 3600 : 6.5;
    double kiloampereHours =
        plating.time() > 0 ? plating.plc().charge() / plating.time() * 3600 : 3.06;
    double film =
        Bath.FILM * Product.of(product).area() * (1 + 0.8 * of(PlatingFault.DRAG_OUT)) * lots;
    double dosing =
        recipe.value(PlatingHandle.BRIGHTENER) * (1 - 0.55 * of(PlatingFault.BRIGHTENER_PUMP));
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

  /**
   * Where zinc ends, g/L: at its setpoint if the pump can bring it there, else where the anodes'
   * surplus, with all that the pump can give or without any, is what racks carry away.
   */
  private double steadyZinc(Bath bath, double setpoint) {
    Ledger ledger = bath.ledger();
    double surplus =
        ledger.of(Way.ZINC_ANODES) + ledger.of(Way.ZINC_CORROSION) + ledger.of(Way.ZINC_DEPOSITED);
    double away =
        -ledger.of(Way.ZINC_DRAGGED_OUT)
            - ledger.of(Way.ZINC_OVERFLOW)
            - ledger.of(Way.ZINC_RETURNED);
    double most = Bath.mostZinc() * LOOK * (1 - 0.92 * of(PlatingFault.ZINC_PUMP));
    double without = Math.max(0, Math.min(140, bath.zinc() * surplus / away));
    double with = Math.max(20, bath.zinc() * (surplus + most) / away);
    return Math.max(without, Math.min(with, setpoint));
  }

  /** A search over such trials. */
  RecipeSearch search() {
    return new RecipeSearch(this::objective, MANNER);
  }
}
