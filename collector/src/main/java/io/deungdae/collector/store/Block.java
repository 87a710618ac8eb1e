package io.deungdae.collector.store;

import io.questdb.cairo.sql.PageFrame;
import io.questdb.std.Unsafe;

/**
 * Rows of a table as they lie in memory, column beside column, by ascending time: for those who
 * look at millions of rows and use few. Valid only during the call it is handed to.
 */
final class Block {

  /** Takes the blocks of a scan, one after the other. */
  interface Reader {
    /** The next rows. */
    void block(Block block);
  }

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
  Block(int[] ids) {
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

  int size() {
    return size;
  }

  /** Source time, microseconds since 1970. */
  long us(int row) {
    return Unsafe.getUnsafe().getLong(ts + 8L * row);
  }

  /** The tag's number; negative for a tag that was not asked for. */
  int tag(int row) {
    return ids[Unsafe.getUnsafe().getInt(tag + 4L * row)];
  }

  long seq(int row) {
    return Unsafe.getUnsafe().getLong(seq + 8L * row);
  }

  /** Code of the quality. */
  int quality(int row) {
    return Unsafe.getUnsafe().getShort(quality + 2L * row);
  }

  /** True for text, which no picture and no mean is made of. */
  boolean isText(int row) {
    return Unsafe.getUnsafe().getByte(kind + row) == StoredValue.TEXT;
  }

  /** The value as a number, NaN when there is none. */
  double number(int row) {
    return Unsafe.getUnsafe().getDouble(num + 8L * row);
  }
}
