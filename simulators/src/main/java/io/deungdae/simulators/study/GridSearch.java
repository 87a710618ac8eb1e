package io.deungdae.simulators.study;

import io.deungdae.simulators.plc.Handle;
import io.deungdae.simulators.plc.Recipe;
import io.deungdae.simulators.study.RecipeSearch.Found;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tries every combination of some setpoints over all that the PLC accepts, then ever finer grids
 * about the cheapest: brute force, to see whether a descent went astray. The setpoints are those
 * whose moves cost most about where it starts; the others stay. Used by one thread at a time.
 */
public final class GridSearch {

  /** Points of each finer grid and for each setpoint. */
  private static final int FINE = 5;

  /** Finer grids; each reaches from point to point of the one before. */
  private static final int REFINEMENTS = 3;

  private final RecipeSearch trials;
  private final int count;
  private final int points;

  /**
   * A search.
   *
   * @param trials makes the trials
   * @param count how many setpoints
   * @param points values of each, from its lowest to its highest, at least 2
   */
  public GridSearch(RecipeSearch trials, int count, int points) {
    if (count < 1 || points < 2) {
      throw new IllegalArgumentException("a grid needs a setpoint and two points of it");
    }
    this.trials = trials;
    this.count = count;
    this.points = points;
  }

  /** The setpoints whose moves by one and two dithers about a recipe cost most, dearest first. */
  public List<Handle> matter(Recipe about) {
    Map<Handle, Double> swing = new HashMap<>();
    for (Handle handle : about.handles()) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (int move : new int[] {-2, -1, 1, 2}) {
        double value = about.value(handle) + move * handle.dither();
        double cost = trials.objective(about.with(handle, value));
        low = Math.min(low, cost);
        high = Math.max(high, cost);
      }
      swing.put(handle, high - low);
    }
    return about.handles().stream()
        .sorted(Comparator.comparingDouble((Handle handle) -> -swing.getOrDefault(handle, 0.0)))
        .limit(count)
        .toList();
  }

  /** The cheapest recipe of all grids, with the setpoints that are not gridded as given. */
  public Found over(List<Handle> handles, Recipe from) {
    double[] low = handles.stream().mapToDouble(Handle::low).toArray();
    double[] high = handles.stream().mapToDouble(Handle::high).toArray();
    Found best = new Found(from, Double.POSITIVE_INFINITY);
    int fineness = points;
    for (int round = 0; round <= REFINEMENTS; round++) {
      best = grid(best, handles, 0, low, high, fineness, best.recipe());
      for (int i = 0; i < low.length; i++) {
        double half = (high[i] - low[i]) / (fineness - 1);
        double centre = best.recipe().value(handles.get(i));
        low[i] = handles.get(i).clamp(centre - half);
        high[i] = handles.get(i).clamp(centre + half);
      }
      fineness = FINE;
    }
    return best;
  }

  /** Every combination of the setpoints from the {@code index}th on. */
  private Found grid(
      Found best,
      List<Handle> handles,
      int index,
      double[] low,
      double[] high,
      int fineness,
      Recipe recipe) {
    if (index == handles.size()) {
      double cost = trials.objective(recipe);
      return cost < best.objective() ? new Found(recipe, cost) : best;
    }
    Found cheapest = best;
    for (int i = 0; i < fineness; i++) {
      double value = low[index] + (high[index] - low[index]) * i / (fineness - 1);
      Recipe next = recipe.with(handles.get(index), value);
      cheapest = grid(cheapest, handles, index + 1, low, high, fineness, next);
    }
    return cheapest;
  }
}
