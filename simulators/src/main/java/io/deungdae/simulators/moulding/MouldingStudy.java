package io.deungdae.simulators.moulding;

import io.deungdae.simulators.plc.Recipe;
import io.deungdae.simulators.study.RecipeSearch;
import io.deungdae.simulators.study.RecipeSearch.Found;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Searches the cheapest setpoints within the PLC's limits, without a fault and with each, and
 * prints them as the tables of docs/plants/moulding.md. Knows the true model, as no controller
 * does. Takes minutes.
 */
public final class MouldingStudy {

  private static final double HOURS = 2.5;
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

  private void print() {
    Recipe recipe = Product.LEFT.recipe();
    Trial.Result sound = Trial.run(1, recipe, null, 0, HOURS);
    Recipe best = search(null).recipe();
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

  private static Found search(@Nullable Cause cause) {
    return new RecipeSearch(recipe -> cost(recipe, cause), MANNER).from(Product.LEFT.recipe());
  }

  private static double cost(Recipe recipe, @Nullable Cause cause) {
    return Trial.run(1, recipe, cause, cause == null ? 0 : 1, HOURS).cost();
  }
}
