package io.deungdae.simulators.moulding;

import io.deungdae.simulators.plant.Shift;
import java.util.EnumMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The setter, who corrects the machine by rule while it is in LOCAL: looks at the last twenty
 * parts, changes one setpoint by a usual step, waits some shots for it to show, and looks again.
 *
 * <pre>
 * short shot  cushion below 3 mm: dosing stroke and switch-over +1 mm;
 *             else hold pressure +2 MPa, then switch-over 0.5 mm later
 * flash       hold pressure -2 MPa, then switch-over 0.5 mm earlier
 * sink        hold time +0.3 s, then hold pressure +2 MPa
 * warp        cooling time +0.5 s
 * streaks     back pressure +1.5 MPa, then nozzle zone -4 °C
 * burns       speed -5 mm/s
 * cold lines  mould +3 °C, then speed +4 mm/s
 * specks      nozzle zone -4 °C, then zone 3 -4 °C
 * unmelted    back pressure +1.5 MPa, then zone 2 +4 °C
 * weight off  cushion below 3 mm: dosing stroke and switch-over +1 mm; else hold pressure 1 MPa
 *             against it
 * all well    for an hour: the setpoint that is furthest off the recipe a step back to it; when none
 *             is, cooling time -0.2 s, to make more, at most 0.6 s below the recipe
 * </pre>
 *
 * <p>The second remedy is for a flaw that the first has not cured. A change after which four or
 * more of twenty are bad, and twice as many as before, is taken back. After four changes that cured
 * nothing the recipe is loaded and maintenance is called; for 500 shots nobody tries again. Of ten
 * changes one is a mistake: the wrong way, or three steps instead of one.
 */
final class Setter {

  /** Parts that are looked at. */
  private static final int LOOKED_AT = 20;

  /** Bad parts of one kind among them that make somebody act. */
  private static final int TOO_MANY = 2;

  /** Shots to wait after a change, at least, and at most so many more. */
  private static final int WAIT = 15;

  private static final int LONGER = 10;

  /** Bad parts of any kind after a change that make somebody take it back. */
  private static final int WORSE = 4;

  /** Shots without a change after which somebody wants a shorter cycle: about an hour. */
  private static final int CALM = 240;

  /** Changes for one flaw after which it is left to maintenance, and for how many shots. */
  private static final int TRIES = 4;

  private static final int LEFT_ALONE = 500;

  private static final double MISTAKES = 0.1;
  private static final double SMALL_CUSHION = 3;

  /** Deviation of the weight that is corrected, as a share of that of the first good parts. */
  private static final double WEIGHT_OFF = 0.005;

  private final RandomGenerator random;
  private final Map<Flaw, Integer> seen = new EnumMap<>(Flaw.class);
  private final Map<Knob, Double> undone = new EnumMap<>(Knob.class);
  private int badBefore;
  private double clumsiness = 1;
  private int looked;
  private int waiting;
  private int calm;
  private int tries;
  private double weights;
  private double cushions;
  private double proper = Double.NaN;
  private Flaw last = Flaw.OTHER;

  /** With the chance that makes a person err. */
  Setter(RandomGenerator random) {
    this.random = random;
  }

  /** Another shift comes on. */
  void relieve(Shift shift) {
    clumsiness = shift.straying();
  }

  /** A product is loaded with its recipe: the first parts tell its weight. */
  void begin() {
    forget();
    undone.clear();
    proper = Double.NaN;
    last = Flaw.OTHER;
    waiting = WAIT;
    calm = 0;
  }

  private void forget() {
    seen.clear();
    looked = 0;
    weights = 0;
    cushions = 0;
  }

  /** A part falls; bad ones show a flaw. */
  void look(Plc plc, Shot shot, boolean good, Flaw flaw) {
    if (waiting > 0) {
      waiting--;
      return;
    }
    looked++;
    weights += shot.weight();
    cushions += shot.cushion();
    calm++;
    if (!good) {
      seen.merge(flaw, 1, Integer::sum);
    }
    if (looked >= LOOKED_AT) {
      judge(plc);
      forget();
    }
  }

  private int bad() {
    return seen.values().stream().mapToInt(count -> count).sum();
  }

  private void judge(Plc plc) {
    if (!undone.isEmpty() && bad() >= Math.max(WORSE, 2 * badBefore)) {
      undone.forEach(plc::place);
      undone.clear();
      waiting = WAIT;
      calm = 0;
      return;
    }
    undone.clear();
    badBefore = bad();
    Flaw worst = worst();
    tries = worst == last ? tries + 1 : 0;
    if (worst == Flaw.OTHER) {
      last = worst;
      if (calm >= CALM) {
        settle(plc);
      }
    } else if (tries == TRIES) {
      giveUp(plc);
    } else {
      cure(plc, worst);
      last = worst;
    }
  }

  private void giveUp(Plc plc) {
    plc.station().load(plc.product().recipe());
    waiting = LEFT_ALONE;
    last = Flaw.OTHER;
  }

  /** The flaw seen most, at least twice, else a weight that is off; OTHER when all is well. */
  private Flaw worst() {
    Flaw worst = Flaw.OTHER;
    int most = TOO_MANY - 1;
    for (Map.Entry<Flaw, Integer> entry : seen.entrySet()) {
      if (entry.getValue() > most && entry.getKey() != Flaw.OTHER) {
        worst = entry.getKey();
        most = entry.getValue();
      }
    }
    return worst == Flaw.OTHER && offWeight() ? Flaw.WEIGHT : worst;
  }

  private boolean offWeight() {
    if (Double.isNaN(proper)) {
      proper = weights / looked;
    }
    return Math.abs(weights / looked / proper - 1) > WEIGHT_OFF;
  }

  private void cure(Plc plc, Flaw flaw) {
    boolean again = flaw == last;
    switch (flaw) {
      case SHORT_SHOT -> fill(plc, again);
      case FLASH -> move(plc, again ? Knob.SWITCH_OVER : Knob.HOLD_PRESSURE, again ? 0.5 : -2);
      case SINK -> move(plc, again ? Knob.HOLD_PRESSURE : Knob.HOLD_TIME, again ? 2 : 0.3);
      case WARP -> move(plc, Knob.COOLING_TIME, 0.5);
      case STREAK -> move(plc, again ? Knob.BARREL_4 : Knob.BACK_PRESSURE, again ? -4 : 1.5);
      case BURN -> move(plc, Knob.SPEED, -5);
      case COLD -> move(plc, again ? Knob.SPEED : Knob.MOLD, again ? 4 : 3);
      case SPECK -> move(plc, again ? Knob.BARREL_3 : Knob.BARREL_4, -4);
      case UNMELTED -> move(plc, again ? Knob.BARREL_2 : Knob.BACK_PRESSURE, again ? 4 : 1.5);
      case WEIGHT -> weigh(plc, weights / looked < proper);
      case OTHER -> throw new AssertionError("nothing to cure");
    }
  }

  private void fill(Plc plc, boolean again) {
    if (cushions / looked < SMALL_CUSHION) {
      move(plc, 1, Knob.DOSE, Knob.SWITCH_OVER);
    } else if (again) {
      move(plc, Knob.SWITCH_OVER, -0.5);
    } else {
      move(plc, Knob.HOLD_PRESSURE, 2);
    }
  }

  private void weigh(Plc plc, boolean light) {
    if (light && cushions / looked < SMALL_CUSHION) {
      move(plc, 1, Knob.DOSE, Knob.SWITCH_OVER);
    } else {
      move(plc, Knob.HOLD_PRESSURE, light ? 1 : -1);
    }
  }

  /** Back towards the recipe, or a little faster. */
  private void settle(Plc plc) {
    Knob off = Knob.COOLING_TIME;
    double furthest = 0.01;
    for (Knob knob : Knob.values()) {
      double share = Math.abs(off(plc, knob)) / knob.dither();
      if (knob != Knob.COOLING_TIME && share > furthest) {
        off = knob;
        furthest = share;
      }
    }
    if (off == Knob.COOLING_TIME) {
      hurry(plc);
    } else {
      double step = Math.min(Math.abs(off(plc, off)), off.dither() * 2 / 3);
      move(plc, off, -Math.copySign(step, off(plc, off)));
    }
  }

  private static double off(Plc plc, Knob knob) {
    return plc.target(knob) - plc.product().recipe(knob);
  }

  private void hurry(Plc plc) {
    calm = 0;
    double least = plc.product().recipe(Knob.COOLING_TIME) - 0.6;
    if (plc.target(Knob.COOLING_TIME) - 0.2 >= least) {
      move(plc, Knob.COOLING_TIME, -0.2);
    }
  }

  private void move(Plc plc, Knob knob, double by) {
    move(plc, by, knob);
  }

  private void move(Plc plc, double by, Knob... together) {
    double step = by;
    if (random.nextDouble() < MISTAKES * clumsiness) {
      step = random.nextBoolean() ? -by : 3 * by;
    }
    undone.clear();
    for (Knob knob : together) {
      undone.put(knob, plc.target(knob));
      plc.place(knob, Math.round((plc.target(knob) + step) * 10) / 10.0);
    }
    calm = 0;
    waiting = WAIT + random.nextInt(LONGER);
  }
}
