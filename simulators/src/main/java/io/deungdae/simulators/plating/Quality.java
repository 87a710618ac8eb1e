package io.deungdae.simulators.plating;

/**
 * What became of a lot, by what was done to it.
 *
 * <p>Thickness by Faraday's law at each of twelve places of the rack: t = 17.08 µm·(p'·q − q_H), q
 * in Ah/dm², p' the place's share of the current; hydrogen takes the same everywhere, because it is
 * limited by transport. Within a place parts scatter by 4 %.
 *
 * <p>A part is bad when it is thinner than the least or thicker than the most of its product, burnt
 * where the current comes near zinc's limiting current (Gamburg and Zangari, Theory and Practice of
 * Metal Electrodeposition, ch. 5), dull, rough, stained or does not hold. Limits and their spreads
 * are plausible for such parts and belong to no particular one; the coefficients of gloss and
 * adhesion are fitted.
 *
 * <p>Holds the last verdict; allocates nothing.
 */
final class Quality {

  /** Places of the rack: four corners, four edges, four in the middle. */
  static final int PLACES = 12;

  private static final double[] PRIMARY = {
    1.24, 1.28, 1.33, 1.35, 0.94, 0.98, 1.02, 1.06, 0.66, 0.69, 0.71, 0.74
  };

  private static final double SCATTER = 0.04;

  /** Share of parts spoilt by what no setpoint changes: handling, base material. */
  private static final double ALWAYS = 0.004;

  private final double[] share = new double[PLACES];
  private final double[] thickness = new double[PLACES];
  private final double[] bad = new double[PLACES];
  private double adhesion;
  private double gloss;
  private double scrap;

  /** Judges a lot. */
  void judge(Lot lot) {
    distribute(lot);
    gloss = gloss(lot);
    adhesion = adhesion(lot);
    double dull = below(gloss, 66, 2.5);
    double loose = below(adhesion, 16, 1.2);
    double rough = above(lot.particles(), 6.2, 0.45);
    double stained = above(lot.rinse(), 900, 80);
    double common = (1 - ALWAYS) * (1 - dull) * (1 - loose) * (1 - rough) * (1 - stained);
    scrap = 0;
    for (int i = 0; i < PLACES; i++) {
      double t = thickness[i];
      double sigma = SCATTER * Math.max(0.5, t) / 1.7;
      double thin = below(t, lot.product().least(), sigma);
      double thick = above(t, lot.product().most(), sigma);
      double ratio = lot.limiting() > 0 ? share[i] * lot.density() / lot.limiting() : 0;
      double burnt = above(ratio, 0.86, 0.028);
      bad[i] = 1 - common * (1 - thin) * (1 - thick) * (1 - burnt);
      scrap += bad[i] / PLACES;
    }
  }

  private void distribute(Lot lot) {
    double sum = 0;
    for (int i = 0; i < PLACES; i++) {
      double primary = 1 + (PRIMARY[i] - 1) * lot.product().spread() * lot.evenness();
      share[i] = i % 3 == 2 ? primary * (1 - 0.45 * lot.contact()) : primary;
      sum += share[i];
    }
    double hydrogen = lot.charge() * lot.hydrogenShare();
    for (int i = 0; i < PLACES; i++) {
      share[i] *= PLACES / sum;
      thickness[i] = Math.max(0, Zinc.MICRONS_PER_AH_DM2 * (share[i] * lot.charge() - hydrogen));
    }
  }

  private static double gloss(Lot lot) {
    double levelled = 1 - Math.exp(-lot.effectiveBrightener() / 1.7);
    double rippled = 1 - 1.1 * Math.max(0, lot.ripple() - 0.06);
    double dark = 1 - 0.26 * Math.max(0, lot.iron() - 0.1) / 0.6;
    double sluggish = 1 - 0.10 * below(lot.density(), 200, 30);
    return 95 * levelled * rippled * dark * sluggish;
  }

  private static double adhesion(Lot lot) {
    double clean = above(lot.degreaser(), 45.5, 1.7);
    double rippled = 1 - 1.3 * Math.max(0, lot.ripple() - 0.06);
    double brittle = 1 - 0.055 * Math.max(0, lot.brightener() - 5.5);
    double gassed = 1 - 1.1 * Math.max(0, lot.hydrogenShare() - 0.07);
    return 25 * clean * rippled * Math.max(0.2, brittle) * Math.max(0.2, gassed);
  }

  private static double above(double value, double limit, double spread) {
    return 1 / (1 + Math.exp((limit - value) / spread));
  }

  private static double below(double value, double limit, double spread) {
    return above(limit, value, spread);
  }

  /** Mean thickness of the rack, µm. */
  double meanThickness() {
    double sum = 0;
    for (double t : thickness) {
      sum += t;
    }
    return sum / PLACES;
  }

  /** Thickness where it is thinnest, µm. */
  double leastThickness() {
    double least = thickness[0];
    for (double t : thickness) {
      least = Math.min(least, t);
    }
    return least;
  }

  /** Pull-off strength, MPa. */
  double adhesion() {
    return adhesion;
  }

  /** Gloss units at 60°. */
  double gloss() {
    return gloss;
  }

  /** Chance that a part of this place is bad. */
  double bad(int place) {
    return bad[place];
  }

  /** Mean chance that a part is bad. */
  double scrap() {
    return scrap;
  }
}
