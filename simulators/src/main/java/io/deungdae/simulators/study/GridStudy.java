package io.deungdae.simulators.study;

import io.deungdae.simulators.plc.Handle;
import io.deungdae.simulators.plc.Recipe;
import io.deungdae.simulators.study.RecipeSearch.Found;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/**
 * Puts the optimum that a descent finds beside the one that a grid finds, and prints both. Takes
 * minutes: the grid has points to the power of four trials.
 */
public final class GridStudy {

  private static final int SETPOINTS = 4;

  private final PrintWriter out;
  private final RecipeSearch search;
  private final Recipe standing;

  private GridStudy(PrintWriter out, RecipeSearch search, Recipe standing) {
    this.out = out;
    this.search = search;
    this.standing = standing;
  }

  /**
   * Prints the comparison in Markdown.
   *
   * @param search descends, and makes the trials
   * @param standing where the descent starts
   * @param points values of each gridded setpoint, at least 2
   */
  public static void print(PrintWriter out, RecipeSearch search, Recipe standing, int points) {
    new GridStudy(out, search, standing).print(points);
  }

  private void print(int points) {
    double before = search.objective(standing);
    Found descent = search.from(search.from(standing).recipe());
    int descending = search.trials();
    GridSearch grid = new GridSearch(search, SETPOINTS, points);
    List<Handle> handles = grid.matter(descent.recipe());
    Found about = grid.over(handles, descent.recipe());
    Found blind = grid.over(handles, standing);
    int gridding = search.trials() - descending;
    Found on = search.from(blind.recipe());
    out.println("| | cost | trials | " + names(standing.handles()) + " |");
    out.println("| --- | --- | --- |" + " --- |".repeat(standing.handles().size()));
    row("standing recipe", new Found(standing, before), 1);
    row("descent", descent, descending);
    row("grid, the others as the descent has them", about, gridding / 2);
    row("grid, the others as they stand", blind, gridding / 2);
    row("descent from that", on, search.trials() - gridding - descending);
    double best = Math.min(about.objective(), Math.min(blind.objective(), on.objective()));
    out.printf(
        Locale.ROOT,
        "%nGrid over %s. Descent is %.2f %% of the possible gain away from the best of all.%n",
        names(handles).replace(" |", ","),
        Math.max(0, 100 * (descent.objective() - best) / (before - best)));
    out.flush();
  }

  private static String names(List<Handle> handles) {
    return String.join(
        " | ", handles.stream().map(handle -> handle.signal().replace(".sp", "")).toList());
  }

  private void row(String name, Found found, int trials) {
    StringBuilder row = new StringBuilder();
    for (Handle handle : found.recipe().handles()) {
      double grain = Math.pow(10, Math.floor(Math.log10(handle.dither())) - 1);
      double value = Math.rint(found.recipe().value(handle) / grain) * grain;
      row.append(String.format(Locale.ROOT, " %.4g |", value));
    }
    out.printf(Locale.ROOT, "| %s | %.2f | %d |%s%n", name, found.objective(), trials, row);
    out.flush();
  }
}
