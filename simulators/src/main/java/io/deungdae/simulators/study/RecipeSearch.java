package io.deungdae.simulators.study;

import io.deungdae.simulators.plc.Handle;
import io.deungdae.simulators.plc.Recipe;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Finds the cheapest recipe by trying: coordinate descent with shrinking steps and random
 * directions. A study tool; the trial knows the true model, as no controller does. Used by one
 * thread at a time; the same trial and manner give the same recipe.
 */
public final class RecipeSearch {

  /**
   * How it searches.
   *
   * @param first first step, as a factor on each setpoint's dither
   * @param last steps are halved while they are above this
   * @param directions random directions tried after each sweep
   * @param better what a move must gain to be taken, in the unit of the objective
   * @param enough gain of a round below which the step is halved, in the unit of the objective
   * @param enoughShare the same as a share of the objective; the greater of the two counts
   */
  public record Manner(
      double first,
      double last,
      int directions,
      double better,
      double enough,
      double enoughShare) {}

  /**
   * A search result.
   *
   * @param recipe the recipe
   * @param objective what it costs
   */
  public record Found(Recipe recipe, double objective) {}

  private final ToDoubleFunction<Recipe> trial;
  private final Manner manner;
  private final SplittableRandom random = new SplittableRandom(7);
  private int trials;

  /** Over trials that say what a recipe costs. */
  public RecipeSearch(ToDoubleFunction<Recipe> trial, Manner manner) {
    this.trial = trial;
    this.manner = manner;
  }

  /** What the recipe costs. */
  public double objective(Recipe recipe) {
    trials++;
    return trial.applyAsDouble(recipe);
  }

  /** The cheapest recipe that descent from the given one finds. */
  public Found from(Recipe start) {
    Found best = new Found(start, objective(start));
    for (double step = manner.first(); step > manner.last(); step /= 2) {
      Found before;
      do {
        before = best;
        best = scatter(sweep(best, step), step);
      } while (before.objective() - best.objective() > enough(best));
    }
    return best;
  }

  private double enough(Found best) {
    return Math.max(manner.enough(), manner.enoughShare() * best.objective());
  }

  /** Tries directions that move all setpoints at once, and follows one that pays. */
  private Found scatter(Found from, double step) {
    Found best = from;
    for (int i = 0; i < manner.directions(); i++) {
      double[] direction = direction(from.recipe().handles(), step);
      Found next = moved(best, direction);
      while (next.objective() < best.objective() - manner.better()) {
        best = next;
        next = moved(best, direction);
      }
    }
    return best;
  }

  private double[] direction(List<Handle> handles, double step) {
    double[] direction = new double[handles.size()];
    for (Handle handle : handles) {
      direction[handle.slot()] = 0.7 * step * handle.dither() * random.nextGaussian();
    }
    return direction;
  }

  private Found moved(Found from, double[] direction) {
    Recipe recipe = from.recipe();
    for (Handle handle : recipe.handles()) {
      recipe = recipe.with(handle, recipe.value(handle) + direction[handle.slot()]);
    }
    return new Found(recipe, objective(recipe));
  }

  private Found sweep(Found from, double step) {
    Found best = from;
    for (Handle handle : from.recipe().handles()) {
      for (int sign = -1; sign <= 1; sign += 2) {
        double move = sign * step * handle.dither();
        Recipe tried = best.recipe().with(handle, best.recipe().value(handle) + move);
        double cost = objective(tried);
        if (cost < best.objective() - manner.better()) {
          best = new Found(tried, cost);
        }
      }
    }
    return best;
  }

  /** Trials made so far. */
  public int trials() {
    return trials;
  }
}
