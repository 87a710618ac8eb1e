package io.deungdae.simulators.moulding;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How likely each defect is in one shot, from 0 to 1.
 *
 * @param shortShot cavity not filled, or the part too light
 * @param flash melt between the mould halves
 * @param sink sink marks: shrinkage that packing did not make good
 * @param warp ejected too hot
 * @param streak silver streaks of moisture
 * @param burn air trapped and burnt
 * @param cold weld and flow lines of a cold melt front, dull surface of a cold mould
 * @param speck degraded resin, of a melt or a barrel wall too hot
 * @param unmelted pellets not molten, of a barrel zone too cold
 */
record Chances(
    double shortShot,
    double flash,
    double sink,
    double warp,
    double streak,
    double burn,
    double cold,
    double speck,
    double unmelted) {

  /** Share of shots spoilt by what no setpoint changes: handling, contamination. */
  private static final double ALWAYS = 0.003;

  private static final Flaw[] FLAWS = Flaw.values();

  /** The chance that the part is bad, the defects being independent. */
  double bad() {
    return 1
        - (1 - ALWAYS)
            * (1 - shortShot)
            * (1 - flash)
            * (1 - sink)
            * (1 - warp)
            * (1 - streak)
            * (1 - burn)
            * (1 - cold)
            * (1 - speck)
            * (1 - unmelted);
  }

  /** What a bad part shows; {@code draw} from 0 to 1 chooses by the chances. */
  Flaw flaw(double draw) {
    double[] each = {shortShot, flash, sink, warp, streak, burn, cold, speck, unmelted, ALWAYS};
    double left = draw * Arrays.stream(each).sum();
    for (int i = 0; i < each.length; i++) {
      left -= each[i];
      if (left < 0) {
        return FLAWS[i];
      }
    }
    return Flaw.OTHER;
  }

  /** The chances by name, in the order of the shot. */
  Map<String, Double> byName() {
    Map<String, Double> chances = new LinkedHashMap<>();
    chances.put("short_shot", shortShot);
    chances.put("flash", flash);
    chances.put("sink", sink);
    chances.put("warp", warp);
    chances.put("streak", streak);
    chances.put("burn", burn);
    chances.put("cold", cold);
    chances.put("speck", speck);
    chances.put("unmelted", unmelted);
    return chances;
  }

  /** A chance that rises from 0 to 1 about {@code limit}, over a few times {@code spread}. */
  static double above(double value, double limit, double spread) {
    return 1 / (1 + Math.exp((limit - value) / spread));
  }
}
