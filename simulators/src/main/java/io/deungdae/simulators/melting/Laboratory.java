package io.deungdae.simulators.melting;

import java.util.SplittableRandom;

/**
 * Takes a sample ten minutes after the batch began to flow, tells what it is like twenty minutes
 * later, and keeps the books: a batch is good or bad as its sample is.
 *
 * <p>Rates and money are over the last {@value #WINDOW} batches that were told. Money is by the
 * chance that what flows is good, looked at every two minutes, so that it does not jump with every
 * verdict.
 */
final class Laboratory {

  private static final double SAMPLE_AFTER = 600;
  private static final double DELAY = 1200;
  private static final double LOOK = 120;
  private static final int WINDOW = 6;

  private final SplittableRandom random;
  private final boolean noise;

  private Quality sample = new Quality(3.195, 0.01, 0.02, 5);
  private Quality told = sample;
  private double due = Double.POSITIVE_INFINITY;
  private boolean sampled;
  private long tests;
  private double moisture = 3.2;
  private double lumps;
  private double specks;
  private boolean ok = true;

  private double solids;
  private double looked;
  private double fine;
  private double nextLook = LOOK;
  private double cost;
  private double since;

  private final double[] windowSeconds = new double[WINDOW];
  private final double[] windowCost = new double[WINDOW];
  private final double[] windowExpected = new double[WINDOW];
  private final double[] windowGood = new double[WINDOW];
  private final double[] windowBad = new double[WINDOW];
  private int entries;
  private double goodKg;
  private double badKg;
  private double expectedGood;
  private double spent;

  Laboratory(SplittableRandom random, boolean noise) {
    this.random = random;
    this.noise = noise;
  }

  /** One second of the plant, ending at {@code time}. */
  void step(TankLine line, MeltingPlc plc, double time, double dt) {
    Batch batch = plc.batch();
    double dry = line.feed() * line.vessel().solidMass() / Math.max(1, line.vessel().mass());
    solids += dry * dt;
    cost +=
        dt / 3600 * (Economy.HOUR + Economy.ELECTRIC * line.electric())
            + Economy.STEAM * line.steamed()
            + Economy.DRYER * (line.feed() - dry) * dt;
    since += dt;
    boolean feeding = batch.phase() == Phase.FEED;
    if (feeding && !sampled && batch.inPhase() >= SAMPLE_AFTER) {
      sampled = true;
      sample = Quality.of(line.vessel(), plc.product(), 3600 * line.feed());
      due = time + DELAY;
    }
    if (feeding && batch.inPhase() >= nextLook) {
      nextLook += LOOK;
      double passed = solids - looked;
      looked = solids;
      fine += passed * Quality.of(line.vessel(), plc.product(), 3600 * line.feed()).good();
    }
    if (time >= due) {
      tell();
    }
    if (!feeding && sampled) {
      sampled = false;
      close();
    }
  }

  private void tell() {
    due = Double.POSITIVE_INFINITY;
    told = sample;
    tests++;
    moisture = Math.rint(100 * (told.moisture() + told.scatter() * chance())) / 100;
    lumps = told.lumps() * Math.exp(Quality.LUMPS_SCATTER * chance());
    specks = told.specks() * Math.exp(Quality.SPECKS_SCATTER * chance());
    ok =
        moisture > Quality.DRIEST
            && moisture < Quality.WETTEST
            && lumps <= Quality.LUMPS
            && specks <= Quality.SPECKS;
  }

  private double chance() {
    return noise ? random.nextGaussian() : 0;
  }

  /** The batch has left the tank. */
  private void close() {
    if (due < Double.POSITIVE_INFINITY) {
      tell();
    }
    book();
    solids = 0;
    cost = 0;
    since = 0;
    looked = 0;
    fine = 0;
    nextLook = LOOK;
  }

  private void book() {
    double share = looked > 0 ? fine / looked : 0;
    double good = noise ? (ok ? solids : 0) : solids * share;
    int i = entries % WINDOW;
    entries++;
    windowSeconds[i] = since;
    windowExpected[i] = solids * share;
    windowCost[i] = cost + Economy.BAD * solids * (1 - share);
    windowGood[i] = good;
    windowBad[i] = solids - good;
    goodKg += good;
    badKg += solids - good;
    expectedGood += windowExpected[i];
    spent += windowCost[i];
  }

  /** Moisture of the last sample that was told, %, to 0.01. */
  double moisture() {
    return moisture;
  }

  /** Its lumps, % of solids. */
  double lumps() {
    return lumps;
  }

  /** Its specks, mg/kg of solids. */
  double specks() {
    return specks;
  }

  /** True when that sample was good. */
  boolean ok() {
    return ok;
  }

  /** Samples told since the start. */
  long tests() {
    return tests;
  }

  /** What the last sample that was told was like, without the scatter. */
  Quality told() {
    return told;
  }

  /** Good creamer, kg. */
  double goodKg() {
    return goodKg;
  }

  /** Bad creamer, kg. */
  double badKg() {
    return badKg;
  }

  /** Good creamer by expectation, kg. */
  double expectedGood() {
    return expectedGood;
  }

  /** Money spent on the batches in the books, won, with what bad ones cost by expectation. */
  double spent() {
    return spent;
  }

  /** Good creamer per hour, kg/h. */
  double goodRate() {
    return 3600 * sum(windowGood) / Math.max(1, sum(windowSeconds));
  }

  /** Bad creamer per hour, kg/h. */
  double badRate() {
    return 3600 * sum(windowBad) / Math.max(1, sum(windowSeconds));
  }

  /** Won for a good kilogram; reckoned as if at least a twentieth were good. */
  double objective() {
    double all = sum(windowGood) + sum(windowBad);
    return entries == 0 ? 0 : sum(windowCost) / Math.max(0.05 * all, sum(windowExpected));
  }

  /** Share of good creamer by expectation in the window, 0 to 1. */
  double expectedShare() {
    double all = sum(windowGood) + sum(windowBad);
    return all > 0 ? sum(windowExpected) / all : 1;
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }
}
