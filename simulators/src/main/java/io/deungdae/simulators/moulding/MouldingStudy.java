package io.deungdae.simulators.moulding;

import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Searches the cheapest setpoints within the PLC's limits, coordinate by coordinate with shrinking
 * steps, without a fault and with each, and prints them as the tables of docs/plants/moulding.md.
 * Knows the true model, as no controller does. Takes minutes.
 */
public final class MouldingStudy {

  private static final double HOURS = 2.5;
  private static final int ROUNDS = 4;

  private final PrintWriter out;

  private MouldingStudy(PrintWriter out) {
    this.out = out;
  }

  /** Prints the study in Markdown. */
  public static void print(PrintWriter out) {
    new MouldingStudy(out).print();
  }

  private void print() {
    Map<Knob, Double> recipe = Trial.recipe();
    Trial.Result sound = Trial.run(1, recipe, null, 0, HOURS);
    Map<Knob, Double> best = search(recipe, null);
    Trial.Result optimum = Trial.run(1, best, null, 0, HOURS);
    Trial.Result people = Trial.attended(1, 72);
    out.println(
        "| | KRW per part | cycle s | scrap % | power kW | share of the possible gain | with |");
    out.println("| --- | --- | --- | --- | --- | --- | --- |");
    row("recipe", sound, 0, "");
    double possible = sound.cost() - optimum.cost();
    row("operators", people, (sound.cost() - people.cost()) / possible, "");
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

  private void remedy(Cause cause, Trial.Result sound) {
    Trial.Result hurt = Trial.run(1, Trial.recipe(), cause, 1, HOURS);
    Trial.Result smaller = Trial.run(1, Trial.recipe(), cause, 0.7, HOURS);
    Map<Knob, Double> found = search(Trial.recipe(), cause);
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
  private static String handles(Map<Knob, Double> setpoints) {
    StringBuilder text = new StringBuilder();
    for (Knob knob : Knob.values()) {
      double value = setpoints.getOrDefault(knob, knob.standard());
      if (value != Product.LEFT.recipe(knob)) {
        text.append(text.isEmpty() ? "" : ", ")
            .append(knob.signal().replace(".sp", ""))
            .append(' ')
            .append(Math.rint(100 * value) / 100);
      }
    }
    return text.toString();
  }

  private static Map<Knob, Double> search(Map<Knob, Double> start, @Nullable Cause cause) {
    Map<Knob, Double> best = new EnumMap<>(start);
    double cost = cost(best, cause);
    double scale = 2;
    for (int round = 0; round < ROUNDS; round++) {
      for (Knob knob : Knob.values()) {
        for (int direction = -1; direction <= 1; direction += 2) {
          boolean better = true;
          while (better) {
            Map<Knob, Double> next = moved(best, knob, direction * scale * knob.band());
            double tried = cost(next, cause);
            better = tried < cost - 1e-3;
            if (better) {
              best = next;
              cost = tried;
            }
          }
        }
      }
      scale /= 2;
    }
    return best;
  }

  private static Map<Knob, Double> moved(Map<Knob, Double> from, Knob knob, double by) {
    Map<Knob, Double> next = new EnumMap<>(from);
    double moved = from.getOrDefault(knob, knob.standard()) + by;
    next.put(knob, Math.min(knob.high(), Math.max(knob.low(), moved)));
    return next;
  }

  private static double cost(Map<Knob, Double> setpoints, @Nullable Cause cause) {
    return Trial.run(1, setpoints, cause, cause == null ? 0 : 1, HOURS).cost();
  }
}
