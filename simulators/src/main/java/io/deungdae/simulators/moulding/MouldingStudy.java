package io.deungdae.simulators.moulding;

import io.deungdae.simulators.plc.Recipe;
import io.deungdae.simulators.study.GridStudy;
import io.deungdae.simulators.study.RecipeSearch;
import io.deungdae.simulators.study.RecipeSearch.Found;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts what the machine shows beside what was published, searches the cheapest setpoints within the
 * PLC's limits, without a fault and with each, and prints them as the tables of
 * docs/plants/moulding.md. Knows the true model, as no controller does. Takes minutes.
 */
public final class MouldingStudy {

  private static final double HOURS = 2.5;
  private static final int SEEDS = 3;
  private static final int DAYS = 3;

  /** Columns of KAMP's data set 56 (injection moulding, predictive maintenance), by ours. */
  private static final Map<String, String> COLUMNS = columns();

  /** Where descents start beside the recipe: rounded ends of searches with faults and of grids. */
  private static final double[][] ELSEWHERE = {
    {223, 223, 223, 223, 44, 60, 54, 3.5, 5.7, 14.6, 67, 9.3},
    {226, 223, 221, 226, 44, 59, 53, 3.7, 5.1, 13.9, 63, 6.5},
    {219, 219, 226, 226, 45, 60, 62, 3.3, 6.6, 11.2, 67, 9},
    {222.5, 221.5, 223, 223, 45, 59, 54, 3.5, 6.4, 13, 64, 6.2}
  };

  private static final RecipeSearch.Manner MANNER =
      new RecipeSearch.Manner(2, 0.1, 12, 1e-3, 0.05, 0);

  private final PrintWriter out;

  private MouldingStudy(PrintWriter out) {
    this.out = out;
  }

  /** Prints the study in Markdown. */
  public static void print(PrintWriter out) {
    new MouldingStudy(out).print();
  }

  /** Prints the optimum found by descent beside that of a grid with so many points a setpoint. */
  public static void grid(PrintWriter out, int points) {
    GridStudy.print(out, search(), Product.LEFT.recipe(), points);
  }

  private void print() {
    statistics();
    repeatability();
    switchOver();
    Recipe recipe = Product.LEFT.recipe();
    Trial.Result sound = Trial.run(1, recipe, null, 0, HOURS);
    Recipe best = optimum();
    Trial.Result optimum = Trial.run(1, best, null, 0, HOURS);
    out.println(
        "| | KRW per part | cycle s | scrap % | power kW | share of the possible gain | with |");
    out.println("| --- | --- | --- | --- | --- | --- | --- |");
    row("recipe", sound, 0, "");
    double possible = sound.cost() - optimum.cost();
    people("habits alone", 1, false, sound, possible);
    people("by rule (baseline)", 0, true, sound, possible);
    people("habits and rules", 1, true, sound, possible);
    row("best found", optimum, 1, handles(best));
    out.println();
    out.println(
        "| fault at size 1 | hurt, KRW | scrap % | loss % | loss % at size 0.7 | best, KRW | scrap"
            + " % | won back % | with |");
    out.println("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    for (Cause cause : Cause.values()) {
      remedy(cause, sound);
    }
    out.flush();
  }

  /** The cheapest of descents from the recipe and from elsewhere. */
  private Recipe optimum() {
    List<Recipe> starts = new ArrayList<>(List.of(Product.LEFT.recipe()));
    for (double[] values : ELSEWHERE) {
      starts.add(Recipe.of(Knob.values(), values));
    }
    out.println("| descent from | KRW per part | ends at | with |");
    out.println("| --- | --- | --- | --- |");
    Found best = new Found(starts.get(0), Double.POSITIVE_INFINITY);
    for (Recipe start : starts) {
      Found found = search().from(start);
      out.printf(
          Locale.ROOT,
          "| %s | %.2f | %.2f | %s |%n",
          best.objective() < Double.POSITIVE_INFINITY ? "elsewhere" : "the recipe",
          cost(start, null),
          found.objective(),
          handles(found.recipe()));
      out.flush();
      best = found.objective() < best.objective() ? found : best;
    }
    Found again = search().from(best.recipe());
    out.printf(Locale.ROOT, "%nThe cheapest, again: %.2f%n%n", again.objective());
    return again.recipe();
  }

  private void row(String name, Trial.Result result, double share, String with) {
    out.printf(
        Locale.ROOT,
        "| %s | %.1f | %.2f | %.2f | %.2f | %.0f %% | %s |%n",
        name,
        result.cost(),
        result.cycle(),
        100 * result.scrap(),
        result.power(),
        100 * share,
        with);
    out.flush();
  }

  /** Mean over three machines, three days each, one product. */
  private void people(
      String name, double dither, boolean rules, Trial.Result sound, double possible) {
    Trial.Result[] results = new Trial.Result[SEEDS];
    for (int i = 0; i < SEEDS; i++) {
      results[i] =
          Trial.attended(
              new MouldingSettings(i + 1, dither, rules, false, Moulding.WATCHDOG), DAYS * 24);
    }
    Trial.Result mean = Trial.mean(results);
    row(name, mean, (sound.cost() - mean.cost()) / possible, "");
  }

  /** What the machine shows, shot by shot, beside the columns of KAMP's data set 56. */
  private void statistics() {
    Moulding machine = new Moulding(MouldingSettings.staffed(11, Moulding.WATCHDOG));
    Map<String, List<Double>> values = new LinkedHashMap<>();
    double shot = 0;
    while (machine.time() < 10 * 86_400.0) {
      machine.step(1);
      double now = machine.read(Trial.signal(machine, "shot"));
      if (now != shot) {
        shot = now;
        COLUMNS.forEach(
            (column, signal) ->
                values
                    .computeIfAbsent(column, c -> new ArrayList<>())
                    .add(machine.read(Trial.signal(machine, signal))));
      }
    }
    out.println("| published column | signal | mean | sd | least | median | most |");
    out.println("| --- | --- | --- | --- | --- | --- | --- |");
    values.forEach((column, list) -> spread(column, list));
    out.println();
    out.flush();
  }

  /** How alike shots are that nobody touches: two thousand at the recipe, hall at 24 °C. */
  private void repeatability() {
    Moulding machine = new Moulding(MouldingSettings.unattended(11));
    machine.ambient(24);
    machine.step(2 * 3600);
    Map<String, List<Double>> values = new LinkedHashMap<>();
    double shot = machine.read(Trial.signal(machine, "shot"));
    double kilowattHours = machine.energy();
    double kilograms = machine.truth().getOrDefault("granulate_kg", Double.NaN);
    for (int seen = 0; seen < 2000; ) {
      machine.step(1);
      double now = machine.read(Trial.signal(machine, "shot"));
      if (now != shot) {
        shot = now;
        seen++;
        values
            .computeIfAbsent("part.weight, g", n -> new ArrayList<>())
            .add(machine.shot().weight());
        values.computeIfAbsent("cushion, mm", n -> new ArrayList<>()).add(machine.shot().cushion());
        values
            .computeIfAbsent("injection.peak_pressure, MPa", n -> new ArrayList<>())
            .add(machine.shot().peakPressure());
        for (String signal : List.of("plasticizing.time", "fill.time", "cycle.time")) {
          values
              .computeIfAbsent(signal + ", s", n -> new ArrayList<>())
              .add(machine.read(Trial.signal(machine, signal)));
        }
      }
    }
    out.println("| 2000 shots that nobody touches | mean | sd | CV % |");
    out.println("| --- | --- | --- | --- |");
    values.forEach(
        (name, list) -> {
          double mean = list.stream().mapToDouble(v -> v).average().orElse(0);
          double sd =
              Math.sqrt(
                  list.stream().mapToDouble(v -> (v - mean) * (v - mean)).average().orElse(0));
          out.printf(Locale.ROOT, "| %s | %.3f | %.3f | %.3f |%n", name, mean, sd, 100 * sd / mean);
        });
    kilograms = machine.truth().getOrDefault("granulate_kg", Double.NaN) - kilograms;
    out.printf(
        Locale.ROOT,
        "| energy, kWh/kg of resin | %.3f | | |%n%n",
        (machine.energy() - kilowattHours) / kilograms);
    out.flush();
  }

  /** What the switch-over position does, all else at the recipe. */
  private void switchOver() {
    out.println(
        "| switch-over, mm | weight, g | peak pressure, MPa | fill time, s | short shots %"
            + " | flash % | bad % |");
    out.println("| --- | --- | --- | --- | --- | --- | --- |");
    for (double position : new double[] {5, 6, 7, 7.5, 8, 9, 10, 12, 13, 14, 16}) {
      Moulding machine = new Moulding(MouldingSettings.unattended(1));
      machine.ambient(24);
      machine.place(Knob.SWITCH_OVER, position);
      machine.step(3600);
      double[] sums = new double[6];
      for (int i = 0; i < 100; i++) {
        machine.step(machine.shot().cycleTime());
        Shot shot = machine.shot();
        double[] seen = {
          shot.weight(),
          shot.peakPressure(),
          shot.fillTime(),
          100 * shot.chances().shortShot(),
          100 * shot.chances().flash(),
          100 * shot.chances().bad()
        };
        Arrays.setAll(sums, k -> sums[k] + seen[k] / 100);
      }
      out.printf(
          Locale.ROOT,
          "| %.1f | %.2f | %.1f | %.2f | %.1f | %.1f | %.1f |%n",
          position,
          sums[0],
          sums[1],
          sums[2],
          sums[3],
          sums[4],
          sums[5]);
    }
    out.println();
    out.flush();
  }

  private void spread(String column, List<Double> values) {
    double[] sorted = values.stream().mapToDouble(v -> v).sorted().toArray();
    double mean = Arrays.stream(sorted).average().orElse(0);
    double square = Arrays.stream(sorted).map(v -> (v - mean) * (v - mean)).average().orElse(0);
    out.printf(
        Locale.ROOT,
        "| %s | `%s` | %.2f | %.2f | %.2f | %.2f | %.2f |%n",
        column,
        COLUMNS.get(column),
        mean,
        Math.sqrt(square),
        sorted[0],
        sorted[sorted.length / 2],
        sorted[sorted.length - 1]);
  }

  private static Map<String, String> columns() {
    Map<String, String> columns = new LinkedHashMap<>();
    columns.put("Machine_Cycle_Time, s", "cycle.time");
    columns.put("Barrel_Temp_Z1, °C", "barrel.z1.pv");
    columns.put("Barrel_Temp_Z2, °C", "barrel.z2.pv");
    columns.put("Barrel_Temp_Z3, °C", "barrel.z3.pv");
    columns.put("Barrel_Temp_Z4, °C", "barrel.z4.pv");
    columns.put("Injection_Peak_Press, MPa", "injection.peak_pressure");
    columns.put("Max_Injection_Rate, mm/s", "injection.speed.sp");
    columns.put("VP_Time, s", "fill.time");
    columns.put("VP_Position, mm", "vp.position");
    columns.put("VP_Press, MPa", "hold.pressure.sp");
    columns.put("Plasticizing_Time, s", "plasticizing.time");
    columns.put("Plasticizing_End_Position, mm", "dose.sp");
    columns.put("Minimum_Cushion, mm", "cushion");
    columns.put("Cooling_Time, s", "cooling.time.sp");
    return columns;
  }

  private void remedy(Cause cause, Trial.Result sound) {
    Trial.Result hurt = Trial.run(1, Product.LEFT.recipe(), cause, 1, HOURS);
    Trial.Result smaller = Trial.run(1, Product.LEFT.recipe(), cause, 0.7, HOURS);
    Recipe found = search(cause).recipe();
    Trial.Result healed = Trial.run(1, found, cause, 1, HOURS);
    double share = (hurt.cost() - healed.cost()) / (hurt.cost() - sound.cost());
    out.printf(
        Locale.ROOT,
        "| `%s` | %.1f | %.2f | %.1f | %.1f | %.1f | %.2f | %.0f | %s |%n",
        cause.fault().id(),
        hurt.cost(),
        100 * hurt.scrap(),
        100 * (hurt.cost() / sound.cost() - 1),
        100 * (smaller.cost() / sound.cost() - 1),
        healed.cost(),
        100 * healed.scrap(),
        100 * share,
        handles(found));
    out.flush();
  }

  /** Setpoints that differ from the recipe. */
  private static String handles(Recipe recipe) {
    StringBuilder text = new StringBuilder();
    for (Knob knob : Knob.values()) {
      double value = recipe.value(knob);
      if (value != Product.LEFT.recipe(knob)) {
        text.append(text.isEmpty() ? "" : ", ")
            .append(knob.signal().substring(0, knob.signal().length() - ".sp".length()))
            .append(' ')
            .append(Math.rint(100 * value) / 100);
      }
    }
    return text.toString();
  }

  private static RecipeSearch search() {
    return new RecipeSearch(recipe -> cost(recipe, null), MANNER);
  }

  private static Found search(@Nullable Cause cause) {
    return new RecipeSearch(recipe -> cost(recipe, cause), MANNER).from(Product.LEFT.recipe());
  }

  private static double cost(Recipe recipe, @Nullable Cause cause) {
    return Trial.run(1, recipe, cause, cause == null ? 0 : 1, HOURS).cost();
  }
}
