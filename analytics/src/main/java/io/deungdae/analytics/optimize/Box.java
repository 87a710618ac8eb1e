package io.deungdae.analytics.optimize;

import java.util.ArrayList;
import java.util.List;

/**
 * How far each setpoint may go, and which limit says so. Limits are taken in one by one and the
 * narrowest stays. Used by one thread.
 */
public final class Box {

  private final List<String> names;
  private final double[] low;
  private final double[] high;
  private final String[] lowReason;
  private final String[] highReason;

  /** Unlimited for these setpoints. */
  public Box(List<String> names) {
    this.names = List.copyOf(names);
    int n = names.size();
    this.low = new double[n];
    this.high = new double[n];
    this.lowReason = new String[n];
    this.highReason = new String[n];
    java.util.Arrays.fill(low, Double.NEGATIVE_INFINITY);
    java.util.Arrays.fill(high, Double.POSITIVE_INFINITY);
    java.util.Arrays.fill(lowReason, "");
    java.util.Arrays.fill(highReason, "");
  }

  /** Takes in limits of one setpoint and what they are called. */
  public void limit(int index, double lowest, double highest, String reason) {
    if (lowest > low[index]) {
      low[index] = lowest;
      lowReason[index] = reason;
    }
    if (highest < high[index]) {
      high[index] = highest;
      highReason[index] = reason;
    }
  }

  /** Keeps one setpoint where it is. */
  public void fix(int index, double value, String reason) {
    limit(index, value, value, reason);
  }

  /**
   * Makes sure that where the plant is now lies inside, so that standing still is always allowed.
   */
  public void include(int index, double value) {
    low[index] = Math.min(low[index], value);
    high[index] = Math.max(high[index], value);
  }

  /** Lowest value. */
  public double low(int index) {
    return low[index];
  }

  /** Highest value. */
  public double high(int index) {
    return high[index];
  }

  /** Number of setpoints. */
  public int size() {
    return names.size();
  }

  /** True when the setpoint may move at all. */
  public boolean free(int index) {
    return high[index] - low[index] > 0;
  }

  /** Names of the limits that a moved point touches. */
  public List<String> active(double[] from, double[] point) {
    List<String> active = new ArrayList<>();
    for (int i = 0; i < point.length; i++) {
      double width = high[i] - low[i];
      if (width <= 0 || point[i] == from[i]) {
        continue;
      }
      if (point[i] - low[i] < 1e-6 * width) {
        active.add(names.get(i) + " low: " + lowReason[i]);
      } else if (high[i] - point[i] < 1e-6 * width) {
        active.add(names.get(i) + " high: " + highReason[i]);
      }
    }
    return active;
  }
}
