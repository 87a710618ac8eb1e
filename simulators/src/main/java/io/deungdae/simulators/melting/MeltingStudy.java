package io.deungdae.simulators.melting;

import io.deungdae.simulators.plant.Signal;
import io.deungdae.simulators.plc.Recipe;
import io.deungdae.simulators.study.GridStudy;
import io.deungdae.simulators.study.RecipeSearch;
import io.deungdae.simulators.study.RecipeSearch.Found;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the documentation of the tank says in numbers: its statistics beside those
 * published, what operators make of it beside the optimum found by brute force, the best remedy of
 * each fault, and pictures. Takes minutes.
 */
public final class MeltingStudy {

  private static final int[] SEEDS = {1, 2, 3};
  private static final double HOUR = 3600;
  private static final double DAYS = 10 * 24 * HOUR;

  private final PrintWriter out;

  private MeltingStudy(PrintWriter out) {
    this.out = out;
  }

  /** Prints the study in Markdown. */
  public static void print(PrintWriter out) {
    MeltingStudy study = new MeltingStudy(out);
    study.statistics();
    study.gain();
    study.faults();
  }

  /**
   * Draws the pictures of the documentation.
   *
   * @param folder where they go, made when it is not there
   * @throws IOException when a picture cannot be written
   */
  public static void draw(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("melting-batch.svg"), MeltingPictures.batch());
    Files.writeString(folder.resolve("melting-steps.svg"), MeltingPictures.steps());
    Files.writeString(folder.resolve("melting-faults.svg"), MeltingPictures.faults());
  }

  /** Prints the optimum found by descent beside that of a grid with so many points a setpoint. */
  public static void grid(PrintWriter out, int points) {
    GridStudy.print(out, new MeltingTrial(Map.of()).search(), MeltingHandle.standing(), points);
  }

  private void statistics() {
    MeltingTank tank =
        new MeltingTank(
            new MeltingSettings(11, true, 1, true, true, 300, Double.POSITIVE_INFINITY, 0));
    int n = (int) (58 * 24 * HOUR / 6);
    String[] names = {"MELT_TEMP", "MOTORSPEED", "MELT_WEIGHT", "INSP"};
    double[][] values = new double[names.length][n];
    int bad = 0;
    for (int i = 0; i < n; i++) {
      tank.step(6);
      for (int k = 0; k < names.length; k++) {
        values[k][i] = tank.read(signal(tank, names[k]));
      }
      bad += tank.read(signal(tank, "TAG")) == 0 ? 1 : 0;
    }
    out.println("| | mean | sd | least | first quartile | median | third quartile | most |");
    out.println("| --- | --- | --- | --- | --- | --- | --- | --- |");
    for (int k = 0; k < names.length; k++) {
      out.println("| " + names[k] + " " + row(values[k]));
    }
    out.printf(Locale.ROOT, "%nTAG NG in %.1f %% of %d rows%n%n", 100.0 * bad / n, n);
    out.flush();
  }

  private static Signal signal(MeltingTank tank, String name) {
    return tank.signals().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }

  private static String row(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    double mean = Arrays.stream(sorted).average().orElse(0);
    double square = Arrays.stream(sorted).map(v -> (v - mean) * (v - mean)).average().orElse(0);
    return String.format(
        Locale.ROOT,
        "| %.3f | %.3f | %.2f | %.2f | %.2f | %.2f | %.2f |",
        mean,
        Math.sqrt(square),
        sorted[0],
        sorted[n / 4],
        sorted[n / 2],
        sorted[3 * n / 4],
        sorted[n - 1]);
  }

  private void gain() {
    RecipeSearch search = new MeltingTrial(Map.of()).search();
    Found best = search.from(search.from(MeltingHandle.standing()).recipe());
    double fixed = cost(MeltingSettings::standing, null);
    double ruled = cost(MeltingSettings::ruled, null);
    double habits =
        cost(
            seed ->
                new MeltingSettings(seed, true, 1, true, false, 300, Double.POSITIVE_INFINITY, 0),
            null);
    double optimum = cost(MeltingSettings::standing, best.recipe());
    out.println("| | without chance | with chance | share of the possible gain |" + heads());
    out.println("| --- | --- | --- | --- |" + " --- |".repeat(MeltingHandle.values().length));
    gainRow(
        "operators with habits",
        Double.NaN,
        habits,
        ruled,
        optimum,
        "| ".repeat(MeltingHandle.values().length).strip());
    gainRow(
        "operators by rule (baseline)",
        Double.NaN,
        ruled,
        ruled,
        optimum,
        "| ".repeat(MeltingHandle.values().length).strip());
    double still = search.objective(MeltingHandle.standing());
    gainRow("standing recipe", still, fixed, ruled, optimum, handles(MeltingHandle.standing()));
    gainRow("best recipe", best.objective(), optimum, ruled, optimum, handles(best.recipe()));
    out.printf("%n%d trials%n%n", search.trials());
    out.flush();
  }

  private void gainRow(
      String name, double still, double cost, double base, double optimum, String handles) {
    String first = Double.isNaN(still) ? "" : String.format(Locale.ROOT, "%.0f", still);
    out.printf(
        Locale.ROOT,
        "| %s | %s | %.0f | %.0f %% | %s%n",
        name,
        first,
        cost,
        100 * (base - cost) / (base - optimum),
        handles);
  }

  private static double cost(LongFunction<MeltingSettings> settings, @Nullable Recipe recipe) {
    double spent = 0;
    double good = 0;
    for (int seed : SEEDS) {
      MeltingTank tank = new MeltingTank(settings.apply(seed));
      if (recipe != null) {
        tank.plc().recipe(recipe);
      }
      tank.step(DAYS);
      spent += tank.laboratory().spent();
      good += tank.laboratory().expectedGood();
    }
    return spent / good;
  }

  private void faults() {
    RecipeSearch healthy = new MeltingTrial(Map.of()).search();
    double standing = healthy.objective(MeltingHandle.standing());
    Found best = healthy.from(healthy.from(MeltingHandle.standing()).recipe());
    out.println("| fault at size 1 | cost | loss | best remedy, cost | loss recovered |" + heads());
    out.println("| --- | --- | --- | --- | --- |" + " --- |".repeat(MeltingHandle.values().length));
    for (MeltingFault fault : MeltingFault.values()) {
      remedy(fault, standing, best);
    }
  }

  private void remedy(MeltingFault fault, double standing, Found best) {
    RecipeSearch search = new MeltingTrial(Map.of(fault, 1.0)).search();
    double before = search.objective(MeltingHandle.standing());
    if (fault == MeltingFault.FROZEN) {
      out.printf(Locale.ROOT, "| `%s` | %.0f | | none | |%n", fault.fault().id(), before);
      return;
    }
    Found found = search.from(best.recipe());
    // What is gained beyond the healthy optimum's own advantage does not count as recovered.
    double advantage = standing - best.objective();
    double recovered = (before - found.objective() - advantage) / (before - standing);
    out.printf(
        Locale.ROOT,
        "| `%s` | %.0f | %.0f %% | %.0f | %.0f %% | %s%n",
        fault.fault().id(),
        before,
        100 * (before / standing - 1),
        found.objective(),
        100 * recovered,
        handles(found.recipe()));
    out.flush();
  }

  private static String heads() {
    StringBuilder heads = new StringBuilder();
    for (MeltingHandle handle : MeltingHandle.values()) {
      heads.append(' ').append(handle.signal().replace(".sp", "")).append(" |");
    }
    return heads.toString();
  }

  private static String handles(Recipe recipe) {
    StringBuilder row = new StringBuilder();
    for (MeltingHandle handle : MeltingHandle.values()) {
      row.append(String.format(Locale.ROOT, "%.1f | ", recipe.value(handle)));
    }
    return row.toString().strip();
  }
}
