package io.deungdae.collector.forward;

/**
 * Rows by their numbers, both ends included.
 *
 * @param from first number; at least 1
 * @param to last number; not below {@code from}
 */
record SeqRange(long from, long to) {

  SeqRange {
    if (from < 1 || to < from) {
      throw new IllegalArgumentException(from + " to " + to);
    }
  }

  long size() {
    return to - from + 1;
  }
}
