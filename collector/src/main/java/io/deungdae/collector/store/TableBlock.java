package io.deungdae.collector.store;

import io.questdb.cairo.sql.PageFrame;
import io.questdb.std.Unsafe;
import java.util.stream.IntStream;

/** Rows of one table, read where they lie in memory. */
final class TableBlock implements Block {

  /** What a scan must select, in this order. */
  static final String COLUMNS = "ts, tag, seq, quality, kind, num";

  private static final int[] NONE = {};
  private static final int EVERY = -1;
  private static final long LOWEST_BITS = 0x0000_0001_0000_0001L;
  private static final long HIGHEST_BITS = 0x8000_0000_8000_0000L;

  private final int[] ids;
  private final int only;
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
    this.only = only(ids);
  }

  /** The one key that is asked for, of a tag that is not the only one; else {@link #EVERY}. */
  private static int only(int[] ids) {
    int[] asked = IntStream.range(0, ids.length).filter(key -> ids[key] >= 0).limit(2).toArray();
    return asked.length == 1 && ids.length > 1 ? asked[0] : EVERY;
  }

  @Override
  public int next(int row) {
    if (only != EVERY) {
      return next(row, only);
    }
    int next = row;
    while (next < size && tag(next) < 0) {
      next++;
    }
    return next;
  }

  /** Looks at eight rows at a time: of a thousand tags, most have none of this one. */
  private int next(int row, int key) {
    long keys = key * LOWEST_BITS;
    long at = tag + 4L * row;
    long end = tag + 4L * size;
    while (at + 32 <= end
        && (same(keys, at) | same(keys, at + 8) | same(keys, at + 16) | same(keys, at + 24)) == 0) {
      at += 32;
    }
    while (at < end && Unsafe.getUnsafe().getInt(at) != key) {
      at += 4;
    }
    return (int) ((at - tag) / 4);
  }

  /** Not 0 when one of two numbers beside each other is the key. */
  private static long same(long keys, long at) {
    long zero = Unsafe.getUnsafe().getLong(at) ^ keys; // where they are the same
    return (zero - LOWEST_BITS) & ~zero & HIGHEST_BITS;
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
