package io.deungdae.simulators.moulding;

import java.io.PrintStream;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Searches the cheapest setpoints within the PLC's limits, coordinate by coordinate with shrinking
 * steps, without a fault and with each; prints the table of docs/plants/moulding.md.
 */
final class RecoverySearch {

  private static final double HOURS = 2.5;

  private RecoverySearch() {}

  /** Prints the table. */
  public static void main(String[] arguments) {
    PrintStream out = System.out;
    double size = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 1;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 4;
    Map<Knob, Double> recipe = Trial.recipe();
    Trial.Result sound = Trial.run(1, recipe, null, 0, HOURS);
    out.println("recipe  " + show(sound));
    Map<Knob, Double> best = search(recipe, null, 0, rounds);
    out.println("optimum " + show(Trial.run(1, best, null, 0, HOURS)) + " " + best);
    for (Cause cause : Cause.values()) {
      Trial.Result hurt = Trial.run(1, recipe, cause, size, HOURS);
      String line = String.format(Locale.ROOT, "%-24s hurt %s", cause.fault().id(), show(hurt));
      if (rounds > 0) {
        Map<Knob, Double> remedy = search(recipe, cause, size, rounds);
        Trial.Result healed = Trial.run(1, remedy, cause, size, HOURS);
        double share = (hurt.cost() - healed.cost()) / (hurt.cost() - sound.cost());
        line +=
            String.format(
                Locale.ROOT,
                "%n    loss %.1f %% recovered %.0f %% -> %s%n    %s",
                100 * (hurt.cost() / sound.cost() - 1),
                100 * share,
                show(healed),
                remedy);
      }
      out.println(line);
    }
  }

  private static String show(Trial.Result result) {
    Chances c = result.chances();
    Shot s = result.shot();
    return String.format(
        Locale.ROOT,
        "cost %.1f cycle %.2f scrap %.2f%% kW %.2f | short %.3f flash %.3f sink %.3f warp %.3f"
            + " streak %.3f burn %.3f cold %.3f speck %.3f unm %.3f | w %.2f cush %.2f peak %.0f pl"
            + " %.2f ej %.1f shr %.2f",
        result.cost(),
        result.cycle(),
        100 * result.scrap(),
        result.power(),
        c.shortShot(),
        c.flash(),
        c.sink(),
        c.warp(),
        c.streak(),
        c.burn(),
        c.cold(),
        c.speck(),
        c.unmelted(),
        s.weight(),
        s.cushion(),
        s.peakPressure(),
        s.plasticizingTime(),
        s.ejection(),
        s.shrinkage());
  }

  private static Map<Knob, Double> search(
      Map<Knob, Double> start, @Nullable Cause cause, double size, int rounds) {
    Map<Knob, Double> best = new EnumMap<>(start);
    double cost = Trial.run(1, best, cause, size, HOURS).cost();
    double scale = 2;
    for (int round = 0; round < rounds; round++) {
      for (Knob knob : Knob.values()) {
        for (int direction = -1; direction <= 1; direction += 2) {
          boolean better = true;
          while (better) {
            Map<Knob, Double> next = new EnumMap<>(best);
            double moved = best.getOrDefault(knob, 0.0) + direction * scale * knob.band();
            next.put(knob, Math.min(knob.high(), Math.max(knob.low(), moved)));
            double tried = Trial.run(1, next, cause, size, HOURS).cost();
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
}
