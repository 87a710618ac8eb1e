package io.deungdae.collector.store;

/**
 * A number for a row that is another as soon as one bit of the row is another, for all practical
 * purposes. Numbers of many rows are added up, so that the order does not matter.
 */
final class RowSum {

  private static final long START = 0x9E37_79B9_7F4A_7C15L;
  private long state;

  RowSum begin() {
    state = START;
    return this;
  }

  RowSum add(long value) {
    long mixed = (state ^ value) * 0xBF58_476D_1CE4_E5B9L;
    state = Long.rotateLeft(mixed, 29) + START;
    return this;
  }

  RowSum add(double value) {
    return add(Double.doubleToLongBits(value));
  }

  RowSum add(CharSequence text) {
    long hash = text.length();
    for (int i = 0; i < text.length(); i++) {
      hash = hash * 0x0000_0100_0000_01B3L + text.charAt(i); // as FNV
    }
    return add(hash);
  }

  RowSum addNothing() {
    return add(0x5851_F42D_4C95_7F2DL);
  }

  long end() {
    long mixed = (state ^ (state >>> 30)) * 0x94D0_49BB_1331_11EBL;
    return mixed ^ (mixed >>> 31);
  }
}
