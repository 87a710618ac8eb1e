package io.deungdae.collector.store;

import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Value;
import io.questdb.cairo.sql.PageFrame;
import io.questdb.std.Unsafe;

/** Whole rows of one table, read where they lie in memory. */
final class RowPage {

  /** Takes the pages of a scan, one after the other. */
  interface Reader {
    /** The next rows; false when it wants no more. */
    boolean page(RowPage page);
  }

  /** What a scan must select, in this order. */
  static final String COLUMNS = TableBlock.COLUMNS + ", arrival, whole, txt";

  private final TableBlock block;
  private final String[] names;
  private long kind;
  private long arrival;
  private long whole;
  private long textPlaces;
  private long texts;

  /**
   * For a table.
   *
   * @param ids for each of the table's tag keys a number, negative when it is not asked for
   * @param names the tags' names by these numbers
   */
  RowPage(int[] ids, String[] names) {
    this.block = new TableBlock(ids);
    this.names = names;
  }

  void at(PageFrame frame) {
    block.at(frame);
    kind = frame.getPageAddress(4);
    arrival = frame.getPageAddress(6);
    whole = frame.getPageAddress(7);
    texts = frame.getPageAddress(8);
    textPlaces = frame.getAuxPageAddress(8);
  }

  /** Number of rows. */
  int size() {
    return block.size();
  }

  /** The first row from {@code row} on whose tag was asked for; {@link #size} without one. */
  int next(int row) {
    return block.next(row);
  }

  /** A row of a tag that was asked for. */
  StoredSample sample(int row) {
    return new StoredSample(
        block.seq(row),
        names[block.tag(row)],
        value(row),
        Quality.ofCode(block.quality(row)),
        SourceTimes.instant(block.us(row)),
        SourceTimes.instant(Unsafe.getUnsafe().getLong(arrival + 8L * row)));
  }

  private Value value(int row) {
    byte code = Unsafe.getUnsafe().getByte(kind + row);
    return StoredValue.of(
        code,
        block.number(row),
        Unsafe.getUnsafe().getLong(whole + 8L * row),
        code == StoredValue.TEXT ? text(row) : "");
  }

  /** A length in front of so many 16-bit characters; the length of no text is negative. */
  private String text(int row) {
    long at = texts + Unsafe.getUnsafe().getLong(textPlaces + 8L * row);
    char[] text = new char[Math.max(0, Unsafe.getUnsafe().getInt(at))];
    for (int i = 0; i < text.length; i++) {
      text[i] = Unsafe.getUnsafe().getChar(at + 4 + 2L * i);
    }
    return new String(text);
  }
}
