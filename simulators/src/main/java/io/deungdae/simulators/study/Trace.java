package io.deungdae.simulators.study;

import java.util.Arrays;

/** A named line of points, added in the order of time. Used by one thread at a time. */
public final class Trace {

  private final String name;
  private double[] points = new double[256];
  private int size;

  /** An empty line. */
  public Trace(String name) {
    this.name = name;
  }

  /** Adds a point. */
  public void add(double x, double y) {
    if (2 * size == points.length) {
      points = Arrays.copyOf(points, 2 * points.length);
    }
    points[2 * size] = x;
    points[2 * size++ + 1] = y;
  }

  /** What the legend calls it. */
  public String name() {
    return name;
  }

  /** How many points it has. */
  public int size() {
    return size;
  }

  /** Time of a point. */
  public double x(int point) {
    return points[2 * point];
  }

  /** Value of a point. */
  public double y(int point) {
    return points[2 * point + 1];
  }
}
