package io.deungdae.control.loop;

/**
 * Counts durations in steps that grow with them, eight to each doubling. Allocates nothing after it
 * was made. One thread counts; others may read and see a count or two less.
 */
final class Histogram {

  private static final int STEPS = 8;
  private static final int SIZE = 64 * STEPS;

  private final long[] counts = new long[SIZE];
  private long total;
  private long max;

  /** Counts a duration; a negative one as 0. */
  void add(long micros) {
    long value = Math.max(0, micros);
    counts[slot(value)]++;
    total++;
    max = Math.max(max, value);
  }

  private static int slot(long value) {
    if (value < STEPS) {
      return (int) value;
    }
    int doubling = 63 - Long.numberOfLeadingZeros(value);
    int step = (int) (value >> (doubling - 3)) - STEPS;
    return (doubling - 2) * STEPS + step;
  }

  private static long upperEnd(int slot) {
    if (slot < STEPS) {
      return slot;
    }
    int doubling = slot / STEPS + 2;
    long step = (long) (slot % STEPS) + STEPS;
    return ((step + 1) << (doubling - 3)) - 1;
  }

  long max() {
    return max;
  }

  /** The duration that {@code share} of all do not exceed; 0 when there is none. */
  long percentile(double share) {
    long wanted = (long) Math.ceil(total * share);
    long seen = 0;
    for (int i = 0; i < SIZE; i++) {
      seen += counts[i];
      if (seen >= wanted && seen > 0) {
        return Math.min(max, upperEnd(i));
      }
    }
    return 0;
  }
}
