package io.deungdae.simulators.moulding;

/** Good and bad parts, in all and over the last shots. */
final class Tally {

  private final boolean[] good;
  private final double[] seconds;
  private int next;
  private int filled;
  private int goodInside;
  private double secondsInside;
  private long goods;
  private long bads;

  /** Over a number of last shots. */
  Tally(int shots) {
    good = new boolean[shots];
    seconds = new double[shots];
  }

  /** Counts one shot that took some seconds. */
  void add(boolean isGood, double cycle) {
    if (filled == good.length) {
      goodInside -= good[next] ? 1 : 0;
      secondsInside -= seconds[next];
    } else {
      filled++;
    }
    good[next] = isGood;
    seconds[next] = cycle;
    next = (next + 1) % good.length;
    goodInside += isGood ? 1 : 0;
    secondsInside += cycle;
    goods += isGood ? 1 : 0;
    bads += isGood ? 0 : 1;
  }

  /** Good parts since the start. */
  long goods() {
    return goods;
  }

  /** Bad parts since the start. */
  long bads() {
    return bads;
  }

  /** Good parts per hour over the last shots. */
  double goodRate() {
    return secondsInside > 0 ? goodInside * 3600 / secondsInside : 0;
  }

  /** Bad parts per hour over the last shots. */
  double scrapRate() {
    return secondsInside > 0 ? (filled - goodInside) * 3600 / secondsInside : 0;
  }
}
