package io.deungdae.collector.store;

import io.deungdae.collector.signal.Tag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lays many tags on a grid in one pass over their rows, which come by ascending time. */
final class FrameReader implements Block.Reader {

  private static final int MAX_CELLS = 200_000_000;

  private final List<Tag> tags;
  private final Map<String, Integer> ids = new HashMap<>();
  private final List<int[]> columns = new ArrayList<>();
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
      int id = ids.computeIfAbsent(tags.get(i).name(), name -> ids.size());
      if (id == columns.size()) {
        columns.add(new int[] {column});
      } else {
        int[] before = columns.get(id);
        int[] both = Arrays.copyOf(before, before.length + 1);
        both[before.length] = column;
        columns.set(id, both);
      }
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

  /** The number that rows of a tag are to come with. */
  int id(String tag) {
    return ids.getOrDefault(tag, -1);
  }

  @Override
  public void block(Block block) {
    for (int row = block.next(0); row < block.size(); row = block.next(row + 1)) {
      if (block.quality(row) < 100) {
        long us = block.us(row);
        fillBefore(us);
        for (int column : columns.get(block.tag(row))) {
          put(column, us, block.seq(row), block.number(row));
        }
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
