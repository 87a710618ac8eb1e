package io.deungdae.simulators.study;

import java.util.Arrays;

/** A named curve of points, added in the order of time. Used by one thread at a time. */
public final class Trace {

  private final String name;
  private double[] xs = new double[256];
  private double[] ys = new double[256];
  private int size;

  /** An empty curve. */
  public Trace(String name) {
    this.name = name;
  }

  /** Adds a point. */
  public void add(double x, double y) {
    if (size == xs.length) {
      xs = Arrays.copyOf(xs, 2 * size);
      ys = Arrays.copyOf(ys, 2 * size);
    }
    xs[size] = x;
    ys[size++] = y;
  }

  /** What the legend calls it. */
  public String name() {
    return name;
  }

  /** Times of its points. A copy. */
  public double[] xs() {
    return Arrays.copyOf(xs, size);
  }

  /** Values of its points. A copy. */
  public double[] ys() {
    return Arrays.copyOf(ys, size);
  }
}
