package io.deungdae.simulators.melting;

import io.deungdae.simulators.melting.RecipeSearch.Found;
import io.deungdae.simulators.plant.Signal;
import io.deungdae.simulators.study.Chart;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

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
  private final Path pictures;

  private MeltingStudy(PrintWriter out, Path pictures) {
    this.out = out;
    this.pictures = pictures;
  }

  /**
   * Prints the study in Markdown and draws its pictures.
   *
   * @param pictures folder for the pictures
   * @throws IOException when a picture cannot be written
   */
  public static void print(PrintWriter out, Path pictures) throws IOException {
    MeltingStudy study = new MeltingStudy(out, pictures);
    study.draw();
    study.statistics();
    study.gain();
    study.faults();
  }

  // Pictures.

  private void draw() throws IOException {
    Files.createDirectories(pictures);
    Files.writeString(pictures.resolve("melting-batch.svg"), batch());
    Files.writeString(pictures.resolve("melting-steps.svg"), steps());
    Files.writeString(pictures.resolve("melting-faults.svg"), faulty());
  }

  private record Trace(double[] minutes, double[][] values) {}

  private static Trace trace(
      MeltingTank tank,
      double seconds,
      double every,
      List<ToDoubleFunction<MeltingTank>> readings) {
    int n = (int) (seconds / every);
    double[] minutes = new double[n];
    double[][] values = new double[readings.size()][n];
    for (int i = 0; i < n; i++) {
      minutes[i] = i * every / 60;
      for (int k = 0; k < values.length; k++) {
        values[k][i] = readings.get(k).applyAsDouble(tank);
      }
      tank.step(every);
    }
    return new Trace(minutes, values);
  }

  private static String batch() {
    MeltingTank tank = new MeltingTank(MeltingSettings.standing(1));
    until(tank, Phase.FEED);
    until(tank, Phase.FILL);
    Trace t =
        trace(
            tank,
            70 * 60,
            6,
            List.of(
                x -> x.line().gauges().melt(),
                x -> x.line().gauges().jacket(),
                x -> x.line().gauges().weight() > 1200 ? Double.NaN : x.line().gauges().weight(),
                x -> x.line().gauges().speed(),
                x -> 100 * x.line().vessel().lumps(),
                x -> x.line().vessel().specks(),
                x -> 100 * x.line().vessel().solids()));
    return new Chart("One batch under the standing recipe, and the next begins", "minutes")
        .panel("temperature, °C")
        .curve("MELT_TEMP", t.minutes(), t.values()[0])
        .curve("jacket", t.minutes(), t.values()[1])
        .panel("MELT_WEIGHT, kg (overflow while powder is blown left out)")
        .curve("MELT_WEIGHT", t.minutes(), t.values()[2])
        .panel("MOTORSPEED, rpm")
        .curve("MOTORSPEED", t.minutes(), t.values()[3])
        .panel("what no sensor shows")
        .curve("lumps, % of solids", t.minutes(), t.values()[4])
        .curve("specks, mg/kg", t.minutes(), t.values()[5])
        .panel("solids, %")
        .curve("solids", t.minutes(), t.values()[6])
        .svg();
  }

  private static void until(MeltingTank tank, Phase phase) {
    while (tank.plc().batch().phase() != phase) {
      tank.step(1);
    }
  }

  private static String steps() {
    Chart chart =
        new Chart("Steps of one setpoint two minutes into the flow, without chance", "minutes");
    Trace hold = stepped(Handle.HOLD, 3);
    chart.panel("hold.sp +3 °C: °C");
    chart.curve("MELT_TEMP", hold.minutes(), hold.values()[0]);
    chart.curve("jacket", hold.minutes(), hold.values()[1]);
    chart.panel("hold.sp +3 °C: moisture the dryer would give, %");
    chart.curve("moisture", hold.minutes(), hold.values()[2]);
    Trace feed = stepped(Handle.FEED, 50);
    chart.panel("feed.sp +50 kg/h: kg/h");
    chart.curve("feed.pv", feed.minutes(), feed.values()[3]);
    chart.panel("feed.sp +50 kg/h: moisture, %");
    chart.curve("moisture", feed.minutes(), feed.values()[2]);
    Trace speed = stepped(Handle.HOLD_SPEED, 10);
    chart.panel("hold_speed.sp +10 rpm: rpm");
    chart.curve("MOTORSPEED", speed.minutes(), speed.values()[4]);
    chart.panel("hold_speed.sp +10 rpm: cream on top, %");
    chart.curve("cream", speed.minutes(), speed.values()[5]);
    return chart.svg();
  }

  private static Trace stepped(Handle handle, double by) {
    MeltingTank tank = new MeltingTank(MeltingSettings.still());
    until(tank, Phase.FEED);
    tank.step(120);
    tank.plc().station().place(handle.slot(), tank.plc().target(handle) + by);
    return trace(
        tank,
        30 * 60,
        5,
        List.of(
            x -> x.line().gauges().melt(),
            x -> x.line().gauges().jacket(),
            x -> quality(x).moisture(),
            x -> x.line().gauges().feed(),
            x -> x.line().gauges().speed(),
            x -> 100 * x.line().vessel().cream()));
  }

  private static Quality quality(MeltingTank tank) {
    return Quality.of(tank.line().vessel(), tank.plc().product(), 3600 * tank.line().feed());
  }

  private static String faulty() {
    Chart chart = new Chart("Heating with and without a fault at size 1", "minutes");
    List<MeltingFault> shown =
        List.of(MeltingFault.JACKET_FOULED, MeltingFault.BELT, MeltingFault.STICTION);
    Trace well = heated(null);
    chart.panel("MELT_TEMP, °C");
    chart.curve("no fault", well.minutes(), well.values()[0]);
    List<Trace> ill = new ArrayList<>();
    for (MeltingFault fault : shown) {
      Trace t = heated(fault);
      ill.add(t);
      chart.curve(fault.fault().id(), t.minutes(), t.values()[0]);
    }
    String[] names = {"jacket, °C", "motor power, kW"};
    for (int k = 1; k <= names.length; k++) {
      chart.panel(names[k - 1]);
      chart.curve("no fault", well.minutes(), well.values()[k]);
      for (int i = 0; i < shown.size(); i++) {
        chart.curve(shown.get(i).fault().id(), ill.get(i).minutes(), ill.get(i).values()[k]);
      }
    }
    return chart.svg();
  }

  private static Trace heated(@org.jspecify.annotations.Nullable MeltingFault fault) {
    MeltingTank tank = new MeltingTank(MeltingSettings.still());
    if (fault != null) {
      tank.line().faults().jump(fault, 1);
    }
    until(tank, Phase.FEED);
    until(tank, Phase.FILL);
    return trace(
        tank,
        22 * 60,
        2,
        List.of(
            x -> x.line().gauges().melt(),
            x -> x.line().gauges().jacket(),
            x -> x.line().agitator().electric()));
  }

  // Statistics.

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

  // What can be gained.

  private void gain() {
    RecipeSearch search = new RecipeSearch(Map.of());
    Found best = search.from(search.from(Recipe.standing()).recipe());
    double fixed = cost(MeltingSettings::standing, null);
    double ruled = cost(MeltingSettings::ruled, null);
    double habits =
        cost(
            seed ->
                new MeltingSettings(seed, true, 1, true, false, 300, Double.POSITIVE_INFINITY, 0),
            null);
    double optimum = cost(MeltingSettings::standing, best.recipe());
    out.println("| | without chance | with chance | share of the possible gain |" + heads());
    out.println("| --- | --- | --- | --- |" + " --- |".repeat(Handle.values().length));
    gainRow("operators with habits", Double.NaN, habits, ruled, optimum, "");
    gainRow("operators by rule (baseline)", Double.NaN, ruled, ruled, optimum, "");
    double still = search.objective(Recipe.standing());
    gainRow("standing recipe", still, fixed, ruled, optimum, handles(Recipe.standing()));
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

  private static double cost(
      java.util.function.LongFunction<MeltingSettings> settings,
      @org.jspecify.annotations.Nullable Recipe recipe) {
    double spent = 0;
    double good = 0;
    for (int seed : SEEDS) {
      MeltingTank tank = new MeltingTank(settings.apply(seed));
      if (recipe != null) {
        recipe.into(tank);
      }
      tank.step(DAYS);
      spent += tank.laboratory().spent();
      good += tank.laboratory().expectedGood();
    }
    return spent / good;
  }

  // Faults.

  private void faults() {
    RecipeSearch healthy = new RecipeSearch(Map.of());
    double standing = healthy.objective(Recipe.standing());
    Found best = healthy.from(healthy.from(Recipe.standing()).recipe());
    out.println("| fault at size 1 | cost | loss | best remedy, cost | loss recovered |" + heads());
    out.println("| --- | --- | --- | --- | --- |" + " --- |".repeat(Handle.values().length));
    for (MeltingFault fault : MeltingFault.values()) {
      remedy(fault, standing, best);
    }
  }

  private void remedy(MeltingFault fault, double standing, Found best) {
    RecipeSearch search = new RecipeSearch(Map.of(fault, 1.0));
    double before = search.objective(Recipe.standing());
    Found one = search.from(Recipe.standing());
    Found other = search.from(best.recipe());
    Found found = one.objective() < other.objective() ? one : other;
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
    for (Handle handle : Handle.values()) {
      heads.append(' ').append(handle.signal().replace(".sp", "")).append(" |");
    }
    return heads.toString();
  }

  private static String handles(Recipe recipe) {
    StringBuilder row = new StringBuilder();
    for (Handle handle : Handle.values()) {
      row.append(String.format(Locale.ROOT, "%.1f | ", recipe.value(handle)));
    }
    return row.toString().strip();
  }
}
