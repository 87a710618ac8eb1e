package io.deungdae.collector.store;

import java.util.ArrayDeque;

/**
 * How far readers may go. The writer says which transaction holds rows up to which number; the
 * applier says up to which transaction the table shows everything.
 */
final class Visibility {

  private record Mark(long txn, long seq) {}

  private static final int MAX_MARKS = 4096;

  private final ArrayDeque<Mark> marks = new ArrayDeque<>();
  private long seq;

  Visibility(long seq) {
    this.seq = seq;
  }

  synchronized void committed(long txn, long lastSeq) {
    if (marks.size() == MAX_MARKS) {
      marks.removeLast(); // the newer one stands for it, a little later
    }
    marks.addLast(new Mark(txn, lastSeq));
  }

  synchronized void applied(long txn) {
    while (!marks.isEmpty() && marks.getFirst().txn <= txn) {
      seq = marks.removeFirst().seq;
    }
  }

  /** All rows with numbers up to this one can be read. */
  synchronized long seq() {
    return seq;
  }
}
