package io.deungdae.simulators.furnace;

import io.deungdae.simulators.plc.Recipe;
import io.deungdae.simulators.study.GridStudy;
import io.deungdae.simulators.study.RecipeSearch;
import io.deungdae.simulators.study.RecipeSearch.Found;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;

/**
 * Searches the optimum of the line and the best remedy of each of its faults, with the true model
 * and without chance, and prints them as the tables of the documentation. Takes minutes.
 */
public final class FurnaceStudy {

  private static final long[] SEEDS = {11, 12, 13};
  private static final double HOUR = 3600;
  private static final int HOURS = 72;

  private final PrintWriter out;
  private final RecipeSearch healthy = new FurnaceTrial(Map.of()).search();
  private final double standing = healthy.objective(FurnaceHandle.standing());

  private FurnaceStudy(PrintWriter out) {
    this.out = out;
  }

  /** Prints the study in Markdown. */
  public static void print(PrintWriter out) {
    new FurnaceStudy(out).print();
  }

  /** Prints the optimum found by descent beside that of a grid with so many points a setpoint. */
  public static void grid(PrintWriter out, int points) {
    GridStudy.print(out, new FurnaceTrial(Map.of()).search(), FurnaceHandle.standing(), points);
  }

  private void print() {
    Found best = healthy.from(healthy.from(FurnaceHandle.standing()).recipe());
    out.println("| | cost | zone 1 | zone 2 | zone 3 | zone 4 | CP | belt | salt |");
    out.println("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    out.println("| standing recipe " + row(new Found(FurnaceHandle.standing(), standing)));
    out.println("| best recipe " + row(best));
    out.println();
    gain(best);
    out.println();
    out.println(
        "| fault at size 1 | cost before the remedy | loss | best remedy, cost | loss recovered"
            + " | zone 1 | zone 2 | zone 3 | zone 4 | CP | belt | salt |");
    out.println("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    out.flush();
    for (FurnaceFault fault : FurnaceFault.values()) {
      remedy(fault, best);
    }
  }

  /** What people make of it over some days with disturbances, product 1. */
  private void gain(Found best) {
    out.println(
        "| seed | standing recipe | habits | by rule (baseline) | best recipe | share of the"
            + " possible gain by rule |");
    out.println("| --- | --- | --- | --- | --- | --- |");
    for (long seed : SEEDS) {
      Map<FurnaceFault, Double> none = Map.of();
      double fixed = cost(FurnaceSettings.standing(seed), FurnaceHandle.standing(), none);
      double habits = cost(habits(seed), FurnaceHandle.standing(), none);
      double ruled = cost(FurnaceSettings.ruled(seed), FurnaceHandle.standing(), none);
      double optimum = cost(FurnaceSettings.standing(seed), best.recipe(), none);
      out.printf(
          Locale.ROOT,
          "| %d | %.1f | %.1f | %.1f | %.1f | %.0f %% |%n",
          seed,
          fixed,
          habits,
          ruled,
          optimum,
          100 * (fixed - ruled) / (fixed - optimum));
      out.flush();
    }
    out.println();
    out.println("| fault at 0.6, seed " + SEEDS[0] + " | standing recipe | by rule |");
    out.println("| --- | --- | --- |");
    for (FurnaceFault fault : FurnaceFault.values()) {
      Map<FurnaceFault, Double> one = Map.of(fault, 0.6);
      out.printf(
          Locale.ROOT,
          "| `%s` | %.1f | %.1f |%n",
          fault.fault().id(),
          cost(FurnaceSettings.standing(SEEDS[0]), FurnaceHandle.standing(), one),
          cost(FurnaceSettings.ruled(SEEDS[0]), FurnaceHandle.standing(), one));
      out.flush();
    }
  }

  private static FurnaceSettings habits(long seed) {
    return new FurnaceSettings(seed, true, 1, false, 300, Double.POSITIVE_INFINITY);
  }

  /** Mean cost of an hour over three days, after six hours to settle. */
  private static double cost(
      FurnaceSettings settings, Recipe recipe, Map<FurnaceFault, Double> faults) {
    QuenchFurnace furnace = new QuenchFurnace(settings);
    furnace.plc().recipe(recipe);
    faults.forEach((fault, size) -> furnace.start(fault.fault(), size));
    furnace.step(6 * HOUR);
    double sum = 0;
    for (int hour = 0; hour < HOURS; hour++) {
      furnace.step(HOUR);
      sum += furnace.objective();
    }
    return sum / HOURS;
  }

  private void remedy(FurnaceFault fault, Found best) {
    RecipeSearch search = new FurnaceTrial(Map.of(fault, 1.0)).search();
    double before = search.objective(FurnaceHandle.standing());
    Found one = search.from(FurnaceHandle.standing());
    Found other = search.from(best.recipe());
    Found found = one.objective() < other.objective() ? one : other;
    // What is gained beyond the healthy optimum's own advantage does not count as recovered.
    double advantage = standing - best.objective();
    double recovered = (before - found.objective() - advantage) / (before - standing);
    out.printf(
        Locale.ROOT,
        "| `%s` | %.1f | %.0f %% | %.1f | %.0f %% %s%n",
        fault.fault().id(),
        before,
        100 * (before / standing - 1),
        found.objective(),
        100 * recovered,
        handles(found.recipe()));
    out.flush();
  }

  private static String row(Found found) {
    return String.format(Locale.ROOT, "| %.1f %s", found.objective(), handles(found.recipe()));
  }

  private static String handles(Recipe recipe) {
    StringBuilder row = new StringBuilder();
    for (FurnaceHandle handle : FurnaceHandle.values()) {
      String format = handle == FurnaceHandle.CP ? "| %.3f " : "| %.0f ";
      row.append(String.format(Locale.ROOT, format, recipe.value(handle)));
    }
    return row.append('|').toString();
  }
}
