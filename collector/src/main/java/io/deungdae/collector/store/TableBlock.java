package io.deungdae.collector.store;

import io.questdb.cairo.sql.PageFrame;
import io.questdb.std.Unsafe;

/** Rows of one table, read where they lie in memory. */
final class TableBlock implements Block {

  /** What a scan must select, in this order. */
  static final String COLUMNS = "ts, tag, seq, quality, kind, num";

  private static final int[] NONE = {};

  private final int[] ids;
  private int size;
  private long ts;
  private long tag;
  private long seq;
  private long quality;
  private long kind;
  private long num;

  /**
   * For a table.
   *
   * @param ids for each of the table's tag keys what {@link #tag} is to say
   */
  TableBlock(int[] ids) {
    this.ids = ids.length == 0 ? NONE : ids;
  }

  void at(PageFrame frame) {
    size = Math.toIntExact(frame.getPartitionHi() - frame.getPartitionLo());
    ts = frame.getPageAddress(0);
    tag = frame.getPageAddress(1);
    seq = frame.getPageAddress(2);
    quality = frame.getPageAddress(3);
    kind = frame.getPageAddress(4);
    num = frame.getPageAddress(5);
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public long us(int row) {
    return Unsafe.getUnsafe().getLong(ts + 8L * row);
  }

  @Override
  public int tag(int row) {
    return ids[Unsafe.getUnsafe().getInt(tag + 4L * row)];
  }

  @Override
  public long seq(int row) {
    return Unsafe.getUnsafe().getLong(seq + 8L * row);
  }

  @Override
  public int quality(int row) {
    return Unsafe.getUnsafe().getShort(quality + 2L * row);
  }

  @Override
  public boolean isText(int row) {
    return Unsafe.getUnsafe().getByte(kind + row) == StoredValue.TEXT;
  }

  @Override
  public double number(int row) {
    return Unsafe.getUnsafe().getDouble(num + 8L * row);
  }
}
