package io.deungdae.collector.driver;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long exchanges took, counted in steps. The device's thread counts, allocating nothing; any
 * thread reads.
 */
public final class RoundTrips {

  /** Upper ends of the steps, microseconds; a last step without an end follows. */
  private static final long[] ENDS_MICROS = {
    100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000,
    1_000_000, 2_000_000, 5_000_000
  };

  private final AtomicLongArray counts = new AtomicLongArray(ENDS_MICROS.length + 1);
  private final AtomicLong sumMicros = new AtomicLong();

  /** None counted yet. */
  RoundTrips() {}

  /**
   * One step.
   *
   * @param upToMicros its upper end, microseconds; {@link Long#MAX_VALUE} for the last
   * @param count exchanges in it since start
   */
  public record Step(long upToMicros, long count) {}

  /** All steps, from short to long. */
  public List<Step> steps() {
    Step[] steps = new Step[counts.length()];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = new Step(i < ENDS_MICROS.length ? ENDS_MICROS[i] : Long.MAX_VALUE, counts.get(i));
    }
    return List.of(steps);
  }

  /** All exchanges together, microseconds. */
  public long sumMicros() {
    return sumMicros.getOpaque();
  }

  /**
   * What this share of all exchanges did not exceed, microseconds, as far as the steps tell; -1
   * when there was none.
   */
  public long percentileMicros(double share) {
    List<Step> steps = steps();
    long total = steps.stream().mapToLong(Step::count).sum();
    double wanted = share * total;
    double seen = 0;
    long low = 0;
    for (Step step : steps) {
      if (step.count() > 0 && seen + step.count() >= wanted) {
        long high = step.upToMicros() == Long.MAX_VALUE ? low : step.upToMicros();
        return low + Math.round((high - low) * (wanted - seen) / step.count());
      }
      seen += step.count();
      low = step.upToMicros();
    }
    return -1;
  }

  // ---- for the device's thread

  void add(long micros) {
    int i = 0;
    while (i < ENDS_MICROS.length && micros > ENDS_MICROS[i]) {
      i++;
    }
    counts.setOpaque(i, counts.getPlain(i) + 1);
    sumMicros.setOpaque(sumMicros.getPlain() + micros);
  }
}
