package io.deungdae.simulators.furnace;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;

/**
 * Washing, hardness gauge and sorting behind the quench. A charge is seen 60 s after it dropped.
 * Hardness and distortion are reported by lot (four charges) with the gauge's error; the rates are
 * those that follow from the lots, smoothed over 60 s; the counters count sorted parts.
 */
final class Inspection {

  private static final double DELAY = 60;
  private static final double SMOOTHING = 60;
  private static final int LOT = 4;
  private static final double HARDNESS_ERROR = 0.15;
  private static final double DISTORTION_ERROR = 0.003;
  private static final double SHARE_ERROR = 0.04;

  private record Seen(double due, double parts, Quality quality) {}

  private final Deque<Seen> under = new ArrayDeque<>();
  private final SplittableRandom random;
  private final boolean noise;

  private double lastDue = Double.NaN;
  private double rate;
  private double share = 0.01;
  private double throughput;
  private double scrap;
  private double waiting;
  private long good;
  private long bad;

  private int inLot;
  private double hardnessSum;
  private double distortionSum;
  private double shareSum;
  private double hardness = 46.5;
  private double distortion = 0.2;

  Inspection(SplittableRandom random, boolean noise, double throughput) {
    this.random = random;
    this.noise = noise;
    this.rate = throughput;
    this.throughput = throughput;
    this.scrap = share * throughput;
  }

  /** A charge was quenched at plant time {@code time}. */
  void take(Charge charge, Quality quality, double time) {
    under.addLast(new Seen(time + DELAY, charge.parts(), quality));
  }

  /** Lets {@code dt} seconds pass up to plant time {@code time}. */
  void step(double time, double dt) {
    Seen seen = under.peekFirst();
    if (seen != null && seen.due() <= time) {
      under.removeFirst();
      see(seen);
    }
    double pace = dt / SMOOTHING;
    throughput += (rate - throughput) * pace;
    scrap += (rate * share - scrap) * pace;
  }

  private void see(Seen seen) {
    if (!Double.isNaN(lastDue) && seen.due() > lastDue) {
      rate = seen.parts() / (seen.due() - lastDue) * 3600;
    }
    lastDue = seen.due();
    sort(seen);
    hardnessSum += seen.quality().hardness();
    distortionSum += seen.quality().distortion();
    shareSum += seen.quality().scrap();
    if (++inLot == LOT) {
      report();
    }
  }

  private void sort(Seen seen) {
    waiting += seen.parts();
    for (; waiting >= 1; waiting--) {
      if (random.nextDouble() < seen.quality().scrap()) {
        bad++;
      } else {
        good++;
      }
    }
  }

  private void report() {
    hardness = hardnessSum / LOT + error(HARDNESS_ERROR);
    distortion = distortionSum / LOT + error(DISTORTION_ERROR);
    share = Math.min(1, shareSum / LOT * Math.exp(error(SHARE_ERROR)));
    inLot = 0;
    hardnessSum = 0;
    distortionSum = 0;
    shareSum = 0;
  }

  private double error(double sigma) {
    return noise ? sigma * random.nextGaussian() : 0;
  }

  /** Mean of the last lot, HRC. */
  double hardness() {
    return hardness;
  }

  /** Mean of the last lot, mm. */
  double distortion() {
    return distortion;
  }

  /** Parts per hour, smoothed. */
  double throughput() {
    return throughput;
  }

  /** Good parts per hour, smoothed. */
  double goodRate() {
    return throughput - scrap;
  }

  /** Bad parts per hour, smoothed. */
  double scrapRate() {
    return scrap;
  }

  /** Good parts since the start. */
  long good() {
    return good;
  }

  /** Bad parts since the start. */
  long bad() {
    return bad;
  }
}
