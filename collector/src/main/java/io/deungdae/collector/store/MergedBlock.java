package io.deungdae.collector.store;

import java.util.Arrays;
import java.util.Comparator;

/** Rows of several tables, brought into the order of time. */
final class MergedBlock implements Block, Block.Reader {

  private static final Integer[] NO_ROWS = {};

  private int size;
  private long[] us = new long[64];
  private long[] seq = new long[64];
  private int[] tag = new int[64];
  private int[] quality = new int[64];
  private double[] number = new double[64];
  private boolean[] text = new boolean[64];
  private Integer[] order = NO_ROWS;

  @Override
  public void block(Block block) {
    for (int row = block.next(0); row < block.size(); row = block.next(row + 1)) {
      add(block, row);
    }
  }

  private void add(Block block, int row) {
    if (size == us.length) {
      grow(2 * size);
    }
    us[size] = block.us(row);
    seq[size] = block.seq(row);
    tag[size] = block.tag(row);
    quality[size] = block.quality(row);
    number[size] = block.number(row);
    text[size++] = block.isText(row);
  }

  private void grow(int room) {
    us = Arrays.copyOf(us, room);
    seq = Arrays.copyOf(seq, room);
    tag = Arrays.copyOf(tag, room);
    quality = Arrays.copyOf(quality, room);
    number = Arrays.copyOf(number, room);
    text = Arrays.copyOf(text, room);
  }

  /** Hands on what has come and starts anew. */
  void flush(Block.Reader reader) {
    if (size > 0) {
      order = new Integer[size];
      Arrays.setAll(order, i -> i);
      Arrays.sort(
          order, Comparator.comparingLong((Integer i) -> us[i]).thenComparingLong(i -> seq[i]));
      size = distinct();
      reader.block(this);
      size = 0;
    }
  }

  /** Leaves out what is in two tables while it is moved from one to the other. */
  private int distinct() {
    int kept = 1;
    for (int i = 1; i < size; i++) {
      if (seq[order[i]] != seq[order[kept - 1]]) {
        order[kept++] = order[i];
      }
    }
    return kept;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public long us(int row) {
    return us[order[row]];
  }

  @Override
  public int tag(int row) {
    return tag[order[row]];
  }

  @Override
  public long seq(int row) {
    return seq[order[row]];
  }

  @Override
  public int quality(int row) {
    return quality[order[row]];
  }

  @Override
  public boolean isText(int row) {
    return text[order[row]];
  }

  @Override
  public double number(int row) {
    return number[order[row]];
  }
}
