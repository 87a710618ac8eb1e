package io.deungdae.collector.forward;

import java.util.List;

/** Rows read ahead, from which batches are cut. Used by one thread. */
final class Stock {

  static final Stock EMPTY = new Stock(new SeqRange(1, 1), List.of(), 1);

  private final SeqRange range;
  private final List<Outgoing> rows;
  private int next;
  private long fromSeq;

  /** All rows that there are of a range. */
  Stock(SeqRange range, List<Outgoing> rows) {
    this(range, rows, 0);
  }

  private Stock(SeqRange range, List<Outgoing> rows, long skipped) {
    this.range = range;
    this.rows = rows;
    this.fromSeq = range.from() + skipped;
  }

  /** True when all was cut. */
  boolean isEmpty() {
    return fromSeq > range.to();
  }

  /** What was not cut yet; not of an empty one. */
  SeqRange rest() {
    return new SeqRange(fromSeq, range.to());
  }

  /** Rows that were not cut yet. */
  int size() {
    return rows.size() - next;
  }

  /** The first row that was not cut yet; there must be one. */
  Outgoing first() {
    return rows.get(next);
  }

  /** Bytes of all its rows. */
  long bytes() {
    return rows.stream().mapToLong(Outgoing::bytes).sum();
  }

  /** Cuts a batch: one row, and more while they are within both bounds. */
  Batch cut(int mostRows, long mostBytes) {
    int end = Math.min(rows.size(), next + 1);
    long bytes = next < rows.size() ? rows.get(next).bytes() : 0;
    while (end < rows.size()
        && end - next < mostRows
        && bytes + rows.get(end).bytes() <= mostBytes) {
      bytes += rows.get(end++).bytes();
    }
    long toSeq = end == rows.size() ? range.to() : rows.get(end - 1).row().seq();
    Batch batch = new Batch(new SeqRange(fromSeq, toSeq), rows.subList(next, end));
    next = end;
    fromSeq = toSeq + 1;
    return batch;
  }
}
