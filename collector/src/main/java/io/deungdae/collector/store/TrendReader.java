package io.deungdae.collector.store;

import java.util.Arrays;

/**
 * Thins one tag while its rows stream by, in constant memory. Up to {@code maxPoints} rows are kept
 * as they are; beyond, time is cut into equal buckets and each keeps its first, lowest, highest and
 * last value and, when it has a bad sample, one gap. A line drawn through these is, at one bucket
 * per pixel, the same picture as through all (M4, Jugel et al., VLDB 2014).
 */
final class TrendReader implements Block.Reader {

  private static final int PER_BUCKET = 4;

  private final long fromUs;
  private final long toUs;
  private final long widthUs;
  private final int maxPoints;
  private long[] times;
  private double[] values;
  private int size;
  private long came;

  private boolean thinning;
  private long bucket = -1;
  private final Point first = new Point();
  private final Point low = new Point();
  private final Point high = new Point();
  private final Point last = new Point();
  private final Point gap = new Point();

  private static final class Point {
    private long us = -1;
    private double value;

    private void set(long atUs, double to) {
      us = atUs;
      value = to;
    }
  }

  /** For one tag; buckets begin and end with multiples of {@code unitUs}. */
  TrendReader(long fromUs, long toUs, int maxPoints, long unitUs) {
    if (maxPoints < 1) {
      throw new IllegalArgumentException("maxPoints must be positive, found " + maxPoints);
    }
    this.fromUs = Math.floorDiv(fromUs, unitUs) * unitUs;
    this.toUs = toUs;
    this.maxPoints = maxPoints;
    this.widthUs = whole(width(fromUs, toUs, maxPoints), unitUs);
    this.times = new long[Math.min(maxPoints, 1024)];
    this.values = new double[times.length];
  }

  /** Length of a bucket, rounded up. */
  static long width(long fromUs, long toUs, int maxPoints) {
    long buckets = Math.max(1, maxPoints / PER_BUCKET);
    return (Math.max(0, toUs - fromUs) + buckets - 1) / buckets;
  }

  /** The nearest multiple; of less than two units one, so that nothing is drawn much coarser. */
  private static long whole(long us, long unitUs) {
    long units = us < 2 * unitUs ? 1 : (us + unitUs / 2) / unitUs;
    return Math.max(unitUs == 1 ? us : units * unitUs, 1);
  }

  @Override
  public void block(Block block) {
    for (int row = block.next(0); row < block.size(); row = block.next(row + 1)) {
      add(block.us(row), block.quality(row) < 200 ? block.number(row) : Double.NaN);
    }
  }

  /** The next roll-up in time. */
  void add(Outline rollup) {
    long[] us = {
      rollup.firstUs(), rollup.lowUs(), rollup.highUs(), rollup.lastUs(), rollup.gapUs()
    };
    double[] value = {rollup.first(), rollup.low(), rollup.high(), rollup.last(), Double.NaN};
    for (long before = -1; ; ) {
      int next = -1;
      for (int i = 0; i < us.length; i++) {
        if (us[i] > before && (next < 0 || us[i] < us[next])) {
          next = i;
        }
      }
      if (next < 0) {
        return;
      }
      if (us[next] < toUs) {
        add(us[next], value[next]);
      }
      before = us[next];
    }
  }

  /** How many samples and values of roll-ups have come. */
  long came() {
    return came;
  }

  /** The next sample in time; a gap when it is not a finite number. */
  void add(long us, double number) {
    double value = Double.isFinite(number) ? number : Double.NaN;
    came++;
    if (!thinning && size == maxPoints) {
      startThinning();
    }
    if (thinning) {
      gather(us, value);
    } else {
      keep(us, value);
    }
  }

  /** What was kept. */
  Trend trend() {
    flush();
    long[] ms = new long[size];
    for (int i = 0; i < size; i++) {
      ms[i] = Math.floorDiv(times[i], 1000);
    }
    return new Trend(ms, Arrays.copyOf(values, size));
  }

  private void startThinning() {
    long[] rawTimes = times;
    double[] rawValues = values;
    int rawSize = size;
    times = new long[maxPoints];
    values = new double[maxPoints];
    size = 0;
    thinning = true;
    for (int i = 0; i < rawSize; i++) {
      gather(rawTimes[i], rawValues[i]);
    }
  }

  private void gather(long us, double value) {
    long of = (us - fromUs) / widthUs;
    if (of != bucket) {
      flush();
      bucket = of;
    }
    if (Double.isNaN(value)) {
      if (gap.us < 0) {
        gap.set(us, value);
      }
      return;
    }
    if (first.us < 0) {
      first.set(us, value);
      low.set(us, value);
      high.set(us, value);
    }
    if (value < low.value) {
      low.set(us, value);
    }
    if (value > high.value) {
      high.set(us, value);
    }
    last.set(us, value);
  }

  private void flush() {
    Point[] points = {first, low, high, last, gap};
    Arrays.sort(points, (a, b) -> Long.compare(a.us, b.us));
    Point before = null;
    for (Point point : points) {
      boolean again = before != null && before.us == point.us && before.value == point.value;
      if (point.us >= 0 && !again) {
        keep(point.us, point.value);
        before = point;
      }
    }
    for (Point point : points) {
      point.us = -1;
    }
  }

  private void keep(long us, double value) {
    if (size == times.length) {
      int room = size + Math.max(16, size / 2);
      times = Arrays.copyOf(times, room);
      values = Arrays.copyOf(values, room);
    }
    times[size] = us;
    values[size++] = value;
  }
}
