package io.deungdae.kamp.dataset;

import io.deungdae.collector.signal.Kind;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Counts what the quality indices are made of, row by row. Used by one thread.
 *
 * <ul>
 *   <li>unique: no earlier row has the same time;
 *   <li>valid: each value that is there is in its column's range of collection, and the time in the
 *       window;
 *   <li>consistent: one step after the row before, whole numbers whole, flags 0 or 1, every
 *       relation holds;
 *   <li>violating: a value outside what the tag's sensor can show, or a jump greater than the
 *       column's allows.
 * </ul>
 */
final class QualityMeter {

  private final List<ColumnSpec> columns;
  private final List<Relation> relations;
  private final Window window;
  private final long stepMs;
  private final Set<Long> times = new HashSet<>();
  private final double[] last;
  private final long[] missing;
  private long lastMs = Long.MIN_VALUE;
  private long rows;
  private long unique;
  private long valid;
  private long consistent;
  private long violating;

  QualityMeter(DataSetSpec spec, Window window) {
    this.columns = spec.columns();
    this.relations = spec.relations();
    this.window = window;
    this.stepMs = spec.step().toMillis();
    this.last = new double[columns.size()];
    this.missing = new long[columns.size()];
    Arrays.fill(last, Double.NaN);
  }

  /** Counts one row; NaN is a missing value. */
  void add(long timeMs, double[] row) {
    rows++;
    unique += times.add(timeMs) ? 1 : 0;
    valid += isValid(timeMs, row) ? 1 : 0;
    consistent += isConsistent(timeMs, row) ? 1 : 0;
    violating += violates(row) ? 1 : 0;
    for (int i = 0; i < row.length; i++) {
      if (Double.isNaN(row[i])) {
        missing[i]++;
      } else {
        last[i] = row[i];
      }
    }
    lastMs = timeMs;
  }

  private boolean isValid(long timeMs, double[] row) {
    for (int i = 0; i < row.length; i++) {
      if (!Double.isNaN(row[i]) && !columns.get(i).range().contains(row[i])) {
        return false;
      }
    }
    return timeMs >= window.from().toEpochMilli() && timeMs < window.to().toEpochMilli();
  }

  private boolean isConsistent(long timeMs, double[] row) {
    boolean onGrid = lastMs == Long.MIN_VALUE || timeMs == lastMs + stepMs;
    for (int i = 0; i < row.length; i++) {
      if (!Double.isNaN(row[i]) && !fits(columns.get(i).tag().kind(), row[i])) {
        return false;
      }
    }
    return onGrid && relations.stream().allMatch(relation -> relation.holds(row));
  }

  private static boolean fits(Kind kind, double value) {
    return switch (kind) {
      case NUMBER, TEXT -> true;
      case WHOLE -> value == Math.rint(value);
      case FLAG -> value == 0 || value == 1;
    };
  }

  private boolean violates(double[] row) {
    for (int i = 0; i < row.length; i++) {
      ColumnSpec column = columns.get(i);
      boolean there = !Double.isNaN(row[i]);
      boolean jumped = !Double.isNaN(last[i]) && Math.abs(row[i] - last[i]) > column.jump();
      if (there && (jumped || !column.tag().range().contains(row[i]))) {
        return true;
      }
    }
    return false;
  }

  /** Share of missing values of a column, from 0 to 1. */
  double missing(int column) {
    return rows == 0 ? 0 : (double) missing[column] / rows;
  }

  /** What has been counted. */
  QualityCounts counts() {
    long cells = rows * columns.size();
    return new QualityCounts(
        rows, cells, Arrays.stream(missing).sum(), unique, valid, consistent, violating);
  }
}
