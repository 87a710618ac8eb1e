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
    out.println(
        "| fault at size 1 | cost before the remedy | loss | best remedy, cost | loss recovered"
            + " | zone 1 | zone 2 | zone 3 | zone 4 | CP | belt | salt |");
    out.println("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    out.flush();
    for (FurnaceFault fault : FurnaceFault.values()) {
      remedy(fault, best);
    }
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
