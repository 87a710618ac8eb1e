package io.deungdae.simulators.plating;

import io.deungdae.simulators.plc.Counter;
import java.util.SplittableRandom;

/**
 * Inspection: a lot is judged when it is done, and known 20 minutes later. Thickness by X-ray
 * fluorescence with 0.12 µm, adhesion by pull-off with 0.8 MPa, gloss with 1 unit of error. Parts
 * are counted when the lot is known. Rates are smoothed over about six lots.
 */
final class Laboratory {

  /** From the end of a lot to its results, s. */
  static final double DELAY = 20 * 60.0;

  private static final int QUEUE = 64;
  private static final double THICKNESS_ERROR = 0.12;
  private static final double ADHESION_ERROR = 0.8;
  private static final double GLOSS_ERROR = 1;
  private static final double SMOOTH = 1.0 / 6;

  private final SplittableRandom random;
  private final boolean noise;
  private final Quality quality = new Quality();
  private final Result[] queue = new Result[QUEUE];
  private final Counter good = new Counter();
  private final Counter bad = new Counter();
  private int first;
  private int waiting;
  private Result shown = new Result();
  private double trueScrap = 0.015;
  private double cycle = 545;
  private double partsPerLot = 120;
  private double zincPerLot = 520;
  private double known;

  Laboratory(SplittableRandom random, boolean noise) {
    this.random = random;
    this.noise = noise;
    for (int i = 0; i < QUEUE; i++) {
      queue[i] = new Result();
    }
    shown.gloss = 86;
    shown.adhesion = 24;
    shown.mean = 7.5;
    shown.least = 5.6;
    shown.parts = 120;
    shown.product = 1;
  }

  private static final class Result {
    private int lot;
    private int product;
    private int parts;
    private int spoilt;
    private double due;
    private double mean;
    private double least;
    private double adhesion;
    private double gloss;
  }

  /** Takes a finished lot whose cycle took so many seconds. */
  void take(Lot lot, double seconds, double time) {
    quality.judge(lot);
    smooth(lot, seconds);
    if (waiting == QUEUE) {
      release();
    }
    Result result = queue[(first + waiting++) % QUEUE];
    result.lot = lot.number();
    result.product = lot.product().code();
    result.parts = lot.product().parts();
    result.spoilt = spoilt(lot.product().parts());
    result.due = time + DELAY;
    result.mean = quality.meanThickness() + error(THICKNESS_ERROR);
    result.least = quality.leastThickness() + error(THICKNESS_ERROR);
    result.adhesion = Math.max(0, quality.adhesion() + error(ADHESION_ERROR));
    result.gloss = Math.max(0, quality.gloss() + error(GLOSS_ERROR));
  }

  private void smooth(Lot lot, double seconds) {
    trueScrap += SMOOTH * (quality.scrap() - trueScrap);
    cycle += SMOOTH * (seconds - cycle);
    partsPerLot += SMOOTH * (lot.product().parts() - partsPerLot);
    double grams = quality.meanThickness() * Zinc.DENSITY * lot.product().area();
    zincPerLot += SMOOTH * (grams - zincPerLot);
  }

  private int spoilt(int parts) {
    if (!noise) {
      return (int) Math.rint(parts * quality.scrap());
    }
    int count = 0;
    for (int i = 0; i < parts; i++) {
      if (random.nextDouble() < quality.bad(i % Quality.PLACES)) {
        count++;
      }
    }
    return count;
  }

  private double error(double sigma) {
    return noise ? sigma * random.nextGaussian() : 0;
  }

  /** Lets results become known. */
  void step(double time) {
    while (waiting > 0 && queue[first].due <= time) {
      release();
    }
  }

  private void release() {
    Result out = queue[first];
    queue[first] = shown;
    first = (first + 1) % QUEUE;
    waiting--;
    shown = out;
    known += SMOOTH * ((double) out.spoilt / out.parts - known);
    good.add(out.parts - out.spoilt);
    bad.add(out.spoilt);
  }

  /** Number of the last lot known. */
  int lot() {
    return shown.lot;
  }

  /** Product of the last lot known. */
  int product() {
    return shown.product;
  }

  /** Mean thickness of the last lot known, µm. */
  double thickness() {
    return shown.mean;
  }

  /** Least local thickness of the last lot known, µm. */
  double leastThickness() {
    return shown.least;
  }

  /** Pull-off strength of the last lot known, MPa. */
  double adhesion() {
    return shown.adhesion;
  }

  /** Gloss of the last lot known. */
  double gloss() {
    return shown.gloss;
  }

  /** Bad share as inspected, smoothed. */
  double scrapShare() {
    return known;
  }

  /** Parts per hour, smoothed, of lots as they come out. */
  double throughput() {
    return partsPerLot / cycle * 3600;
  }

  /** True chance that a part is bad, smoothed; known to nobody in the plant. */
  double trueScrap() {
    return trueScrap;
  }

  /** Zinc on a lot, smoothed, g. */
  double zincPerLot() {
    return zincPerLot;
  }

  /** Seconds from lot to lot, smoothed. */
  double cycle() {
    return cycle;
  }

  /** The last verdict, for tests. */
  Quality quality() {
    return quality;
  }

  long good() {
    return good.whole();
  }

  long bad() {
    return bad.whole();
  }
}
