package io.deungdae.collector.store;

import io.deungdae.collector.signal.Tag;
import io.questdb.cairo.sql.Record;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lays many tags on a grid in one pass over their rows, which come by ascending time. */
final class FrameReader implements Database.Rows {

  static final String COLUMNS = "ts, tag, seq, num";
  private static final int MAX_CELLS = 200_000_000;

  private final List<Tag> tags;
  private final Map<String, int[]> columns = new HashMap<>();
  private final long[] gridUs;
  private final long lookBackUs;
  private final double[][] cells;
  private final double[] value;
  private final long[] timeUs;
  private final long[] seq;
  private int next;

  FrameReader(List<Tag> tags, long fromUs, long toUs, long stepUs, long lookBackUs) {
    if (stepUs < 1 || lookBackUs < 0) {
      throw new IllegalArgumentException("step must be positive and look-back not negative");
    }
    this.tags = tags;
    this.lookBackUs = lookBackUs;
    this.gridUs = grid(fromUs, toUs, stepUs, Math.max(1, tags.size()));
    this.cells = new double[gridUs.length][tags.size()];
    this.value = new double[tags.size()];
    this.timeUs = new long[tags.size()];
    this.seq = new long[tags.size()];
    Arrays.fill(value, Double.NaN);
    for (int i = 0; i < tags.size(); i++) {
      int column = i;
      columns.merge(
          tags.get(i).name(),
          new int[] {column},
          (a, b) -> {
            int[] both = Arrays.copyOf(a, a.length + 1);
            both[a.length] = column;
            return both;
          });
    }
  }

  private static long[] grid(long fromUs, long toUs, long stepUs, int width) {
    long rows = toUs < fromUs ? 0 : (toUs - fromUs) / stepUs + 1;
    if (rows * width > MAX_CELLS) {
      throw new IllegalArgumentException(
          "a frame of " + rows + " rows and " + width + " tags is too large; ask in pieces");
    }
    long[] grid = new long[(int) rows];
    for (int i = 0; i < grid.length; i++) {
      grid[i] = fromUs + i * stepUs;
    }
    return grid;
  }

  @Override
  public void row(Record row) {
    int[] into = columns.get(String.valueOf(row.getSymA(1)));
    if (into != null) {
      long us = row.getTimestamp(0);
      fillBefore(us);
      for (int column : into) {
        put(column, us, row.getLong(2), row.getDouble(3));
      }
    }
  }

  private void put(int column, long us, long number, double to) {
    if (us > timeUs[column] || number > seq[column]) {
      value[column] = to;
      timeUs[column] = us;
      seq[column] = number;
    }
  }

  private void fillBefore(long us) {
    while (next < gridUs.length && gridUs[next] < us) {
      fill(next++);
    }
  }

  private void fill(int row) {
    for (int column = 0; column < value.length; column++) {
      boolean fresh = gridUs[row] - timeUs[column] <= lookBackUs;
      cells[row][column] = fresh ? value[column] : Double.NaN;
    }
  }

  /** The frame, when all rows have come. */
  Frame frame() {
    while (next < gridUs.length) {
      fill(next++);
    }
    long[] ms = new long[gridUs.length];
    for (int i = 0; i < ms.length; i++) {
      ms[i] = Math.floorDiv(gridUs[i], 1000);
    }
    return new Frame(tags, ms, cells);
  }
}
