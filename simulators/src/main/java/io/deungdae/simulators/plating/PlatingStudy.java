package io.deungdae.simulators.plating;

import io.deungdae.simulators.plant.Signal;
import io.deungdae.simulators.plc.Recipe;
import io.deungdae.simulators.study.Chart;
import io.deungdae.simulators.study.GridStudy;
import io.deungdae.simulators.study.RecipeSearch;
import io.deungdae.simulators.study.RecipeSearch.Found;
import io.deungdae.simulators.study.Trace;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Searches the optimum of the line and the best remedy of each of its faults, scores the operators
 * by the possible gain, and prints it as the tables of the documentation; draws its pictures. Takes
 * minutes.
 */
public final class PlatingStudy {

  private static final double HOUR = 3600;
  private static final double SCORED = 240 * HOUR;
  private static final double WARM_UP = 48 * HOUR;
  private static final String[] LOTS = {
    "lab.thickness", "lab.thickness_min", "lab.adhesion", "lab.gloss"
  };
  private static final long[] SEEDS = {11, 12, 13};

  private final PrintWriter out;

  private PlatingStudy(PrintWriter out) {
    this.out = out;
  }

  /** Prints the study in Markdown. */
  public static void print(PrintWriter out) {
    new PlatingStudy(out).print();
  }

  /** Prints the optimum found by descent beside that of a grid with so many points a setpoint. */
  public static void grid(PrintWriter out, int points) {
    GridStudy.print(out, new PlatingTrial(Map.of()).search(), PlatingHandle.standing(), points);
  }

  private void print() {
    out.println("| | cost | density | charge | temp | pH | zinc | brightener |");
    out.println("| --- | --- | --- | --- | --- | --- | --- | --- |");
    Found[] best = new Found[Product.count()];
    for (int product = 1; product <= best.length; product++) {
      RecipeSearch healthy = new PlatingTrial(Map.of(), product).search();
      Found standing =
          new Found(PlatingHandle.standing(), healthy.objective(PlatingHandle.standing()));
      best[product - 1] = healthy.from(healthy.from(PlatingHandle.standing()).recipe());
      out.println("| product " + product + ", standing recipe " + row(standing));
      out.println("| product " + product + ", best recipe " + row(best[product - 1]));
      out.flush();
    }
    out.println();
    gain(best);
    out.println();
    spreads();
    out.println();
    remedies(new PlatingTrial(Map.of()).objective(PlatingHandle.standing()), best[0]);
  }

  /** Mean cost over some days with disturbances. */
  private static double cost(PlatingSettings settings, int product, Recipe recipe) {
    Plating plating = new Plating(settings);
    plating.ask(product);
    plating.plc().recipe(recipe);
    plating.step(WARM_UP);
    double sum = 0;
    int hours = 0;
    while (plating.time() < WARM_UP + SCORED) {
      plating.step(HOUR);
      sum += plating.objective();
      hours++;
    }
    return sum / hours;
  }

  private void gain(Found[] best) {
    out.println(
        "| product, seed | standing recipe | operators | best recipe | share of the possible gain"
            + " that operators get |");
    out.println("| --- | --- | --- | --- | --- |");
    for (int product = 1; product <= best.length; product++) {
      for (long seed : SEEDS) {
        double standing = cost(PlatingSettings.standing(seed), product, PlatingHandle.standing());
        double operators = cost(corrected(seed), product, PlatingHandle.standing());
        double optimum = cost(PlatingSettings.standing(seed), product, best[product - 1].recipe());
        out.printf(
            Locale.ROOT,
            "| %d, %d | %.1f | %.1f | %.1f | %.0f %% |%n",
            product,
            seed,
            standing,
            operators,
            optimum,
            100 * (standing - operators) / (standing - optimum));
        out.flush();
      }
    }
  }

  private static PlatingSettings corrected(long seed) {
    return new PlatingSettings(seed, true, 0, true, false, 300, Double.POSITIVE_INFINITY, 0);
  }

  private void spreads() {
    out.println("| | mean | sd | least | greatest |");
    out.println("| --- | --- | --- | --- | --- |");
    Plating plating = new Plating(PlatingSettings.demo(5, 60));
    String[] names = {"pH", "Temp", "Current", "Voltage"};
    double[][] bath = new double[names.length + 1][];
    double[][] lots = new double[LOTS.length * Product.count()][];
    for (double[][] sums : List.of(bath, lots)) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] = new double[] {0, 0, 0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
      }
    }
    double lot = 0;
    double product = 0;
    double since = 0;
    // As the published set has it: every five seconds, with a lot in the bath.
    while (plating.time() < SCORED) {
      plating.step(5);
      if (read(plating, "rack") == 1 && read(plating, "Current") > 1) {
        for (int i = 0; i < names.length; i++) {
          add(bath[i], read(plating, names[i]));
        }
        add(bath[names.length], 100 * (1 - plating.truth().getOrDefault("hydrogen_share", 0.0)));
      }
      if (read(plating, "product") != product) {
        product = read(plating, "product");
        since = plating.time();
      }
      // Results come late: those within an hour may be of the product before.
      if (read(plating, "lab.lot") != lot && plating.time() - since > HOUR) {
        lot = read(plating, "lab.lot");
        for (int i = 0; i < LOTS.length; i++) {
          int row = LOTS.length * ((int) product - 1) + i;
          add(lots[row], read(plating, LOTS[i]));
        }
      }
    }
    for (int i = 0; i < names.length; i++) {
      row("`" + names[i] + "`", bath[i]);
    }
    row("current efficiency, %", bath[names.length]);
    for (int i = 0; i < lots.length; i++) {
      row("product " + (1 + i / LOTS.length) + ", `" + LOTS[i % LOTS.length] + "`", lots[i]);
    }
    double bad = read(plating, "bad_count");
    out.printf(
        Locale.ROOT, "%nbad parts %.2f %%%n", 100 * bad / (bad + read(plating, "good_count")));
    out.flush();
  }

  private void row(String name, double[] s) {
    double mean = s[1] / s[0];
    double sd = Math.sqrt(Math.max(0, s[2] / s[0] - mean * mean));
    out.printf(Locale.ROOT, "| %s | %.2f | %.2f | %.2f | %.2f |%n", name, mean, sd, s[3], s[4]);
  }

  private static void add(double[] sums, double value) {
    sums[0]++;
    sums[1] += value;
    sums[2] += value * value;
    sums[3] = Math.min(sums[3], value);
    sums[4] = Math.max(sums[4], value);
  }

  private void remedies(double standing, Found best) {
    out.println(
        "| fault at size 1 | cost before the remedy | loss | best remedy, cost | loss recovered"
            + " | density | charge | temp | pH | zinc | brightener |");
    out.println("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    out.flush();
    for (PlatingFault fault : PlatingFault.values()) {
      RecipeSearch search = new PlatingTrial(Map.of(fault, 1.0)).search();
      double before = search.objective(PlatingHandle.standing());
      Found found = search.from(best.recipe());
      // What is gained beyond the healthy optimum's own advantage does not count as recovered.
      double advantage = standing - best.objective();
      double loss = before - standing;
      String recovered =
          loss < 0.02 * standing
              ? "–"
              : String.format(
                  Locale.ROOT, "%.0f %%", 100 * (before - found.objective() - advantage) / loss);
      out.printf(
          Locale.ROOT,
          "| `%s` | %.1f | %.0f %% | %.1f | %s %s%n",
          fault.fault().id(),
          before,
          100 * loss / standing,
          found.objective(),
          recovered,
          handles(found.recipe()));
      out.flush();
    }
  }

  private static String row(Found found) {
    return String.format(Locale.ROOT, "| %.1f %s", found.objective(), handles(found.recipe()));
  }

  private static String handles(Recipe recipe) {
    StringBuilder row = new StringBuilder();
    for (PlatingHandle handle : PlatingHandle.values()) {
      String format =
          handle == PlatingHandle.DENSITY || handle == PlatingHandle.PH ? "| %.2f " : "| %.0f ";
      row.append(String.format(Locale.ROOT, format, recipe.value(handle)));
    }
    return row.append('|').toString();
  }

  /**
   * Draws the step responses and two faults into a folder, as SVG.
   *
   * @throws IOException when the folder cannot be written to
   */
  public static void draw(Path folder) throws IOException {
    Files.createDirectories(folder);
    write(
        folder.resolve("plating-temperature.svg"),
        stepped(
            "Bath temperature setpoint 24.5 → 28 °C",
            PlatingHandle.TEMPERATURE,
            28,
            8,
            TEMPERATURE));
    write(
        folder.resolve("plating-ph.svg"),
        stepped("pH setpoint 2.3 → 2.1 after one hour", PlatingHandle.PH, 2.1, 8, ACID));
    write(
        folder.resolve("plating-density.svg"),
        stepped(
            "Current density 3.73 → 4.5 A/dm² after one hour",
            PlatingHandle.DENSITY,
            4.5,
            4,
            DENSITY));
    write(folder.resolve("plating-anodes.svg"), failed(PlatingFault.ANODES, 24, ANODES));
    write(folder.resolve("plating-contact.svg"), failed(PlatingFault.CONTACT, 4, DENSITY));
  }

  private static final String[][] TEMPERATURE = {
    {"°C", "Temp", "temp.sp"},
    {"%", "temp.op"},
    {"V", "Voltage"},
    {"GU, known late", "lab.gloss"}
  };
  private static final String[][] ACID = {
    {"pH", "pH", "ph.sp"}, {"%", "ph.op", "zinc.op"}, {"µm, known late", "lab.thickness_min"}
  };
  private static final String[][] DENSITY = {
    {"kA", "Current"},
    {"V", "Voltage"},
    {"µm, known late", "lab.thickness", "lab.thickness_min"},
    {"parts/h", "scrap_rate", "throughput"}
  };
  private static final String[][] ANODES = {
    {"V", "Voltage"},
    {"pH", "pH", "ph.sp"},
    {"%", "zinc.op", "ph.op"},
    {"µm, known late", "lab.thickness_min"}
  };

  private static Chart stepped(
      String title, PlatingHandle handle, double to, double hours, String[][] panels) {
    Plating plating = new Plating(PlatingSettings.standing(2));
    plating.step(5 * HOUR);
    return record(
        plating, title, hours, panels, () -> plating.plc().station().place(handle.slot(), to));
  }

  private static Chart failed(PlatingFault fault, double hours, String[][] panels) {
    Plating plating = new Plating(PlatingSettings.standing(2));
    plating.step(5 * HOUR);
    return record(
        plating,
        fault.fault().en() + " (size 1 from one hour on)",
        hours,
        panels,
        () -> plating.start(fault.fault(), 1));
  }

  private static Chart record(
      Plating plating, String title, double hours, String[][] panels, Runnable event) {
    List<List<Trace>> traces = new ArrayList<>();
    for (String[] names : panels) {
      traces.add(Arrays.stream(names).skip(1).map(Trace::new).toList());
    }
    double start = plating.time();
    boolean done = false;
    double every = 5 * hours; // 720 points
    while (plating.time() - start <= hours * HOUR) {
      if (!done && plating.time() - start >= HOUR) {
        event.run();
        done = true;
      }
      plating.step(every);
      for (List<Trace> panel : traces) {
        for (Trace trace : panel) {
          trace.add((plating.time() - start) / HOUR, read(plating, trace.name()));
        }
      }
    }
    Chart chart = new Chart(title, "hours of plant time");
    for (int i = 0; i < panels.length; i++) {
      chart.panel(panels[i][0]);
      for (Trace trace : traces.get(i)) {
        chart.curve(trace.name(), trace.xs(), trace.ys());
      }
    }
    return chart;
  }

  private static void write(Path file, Chart chart) throws IOException {
    Files.writeString(file, chart.svg(), StandardCharsets.UTF_8);
  }

  private static double read(Plating plating, String name) {
    for (Signal signal : plating.signals()) {
      if (signal.name().equals(name)) {
        return plating.read(signal);
      }
    }
    throw new IllegalArgumentException("no signal " + name);
  }
}
