package io.deungdae.bench.history;

import java.util.Arrays;
import java.util.Locale;

/** How long something took, several times. Used by one thread. */
final class Times {

  private double[] ms = new double[16];
  private int size;

  void add(double tookMs) {
    if (size == ms.length) {
      ms = Arrays.copyOf(ms, 2 * size);
    }
    ms[size++] = tookMs;
  }

  int size() {
    return size;
  }

  /** The first of them. */
  double first() {
    return ms[0];
  }

  /** The time that so many of a hundred do not exceed. */
  double part(int percent) {
    double[] sorted = Arrays.copyOf(ms, size);
    Arrays.sort(sorted);
    return sorted[Math.max(0, (int) Math.ceil(size * percent / 100.0) - 1)];
  }

  @Override
  public String toString() {
    return size == 0
        ? "none"
        : String.format(
            Locale.ROOT,
            "p50 %.0f ms, p95 %.0f ms, worst %.0f ms of %d",
            part(50),
            part(95),
            part(100),
            size);
  }
}
