package io.deungdae.collector.store;

/**
 * Rows of the history, column beside column, by ascending time: for those who look at millions of
 * rows and use few. Valid only during the call it is handed to.
 */
interface Block {

  /** Takes the blocks of a scan, one after the other. */
  interface Reader {
    /** The next rows. */
    void block(Block block);
  }

  /** Number of rows. */
  int size();

  /** The first row from {@code row} on whose tag was asked for; {@link #size} without one. */
  default int next(int row) {
    int next = row;
    while (next < size() && tag(next) < 0) {
      next++;
    }
    return next;
  }

  /** Source time, microseconds since 1970. */
  long us(int row);

  /** The tag's number; negative for a tag that was not asked for. */
  int tag(int row);

  /** The row's number. */
  long seq(int row);

  /** Code of the quality. */
  int quality(int row);

  /** True for text, which no picture and no mean is made of. */
  boolean isText(int row);

  /** The value as a number, NaN when there is none. */
  double number(int row);
}
