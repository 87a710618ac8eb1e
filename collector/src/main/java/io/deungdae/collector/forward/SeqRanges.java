package io.deungdae.collector.forward;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A set of rows as few ranges, apart from one another and ascending. Used by one thread. */
final class SeqRanges {

  private final TreeMap<Long, Long> toByFrom = new TreeMap<>();
  private long size;

  /** Rows in the set. */
  long size() {
    return size;
  }

  /** Ranges in the set. */
  int count() {
    return toByFrom.size();
  }

  boolean isEmpty() {
    return toByFrom.isEmpty();
  }

  /** The lowest number; there must be one. */
  long first() {
    return toByFrom.firstKey();
  }

  List<SeqRange> all() {
    List<SeqRange> ranges = new ArrayList<>(toByFrom.size());
    toByFrom.forEach((from, to) -> ranges.add(new SeqRange(from, to)));
    return ranges;
  }

  void add(SeqRange range) {
    remove(range);
    long from = range.from();
    long to = range.to();
    size += range.size();
    Map.Entry<Long, Long> before = toByFrom.lowerEntry(from);
    if (before != null && before.getValue() == from - 1) {
      from = before.getKey();
    }
    Long after = toByFrom.remove(to + 1);
    toByFrom.put(from, after == null ? to : after);
  }

  void remove(SeqRange range) {
    Map.Entry<Long, Long> before = toByFrom.lowerEntry(range.from());
    if (before != null && before.getValue() >= range.from()) {
      cut(before.getKey(), before.getValue(), range);
    }
    Map.Entry<Long, Long> next = toByFrom.ceilingEntry(range.from());
    while (next != null && next.getKey() <= range.to()) {
      cut(next.getKey(), next.getValue(), range);
      next = toByFrom.higherEntry(next.getKey());
    }
  }

  private void cut(long from, long to, SeqRange out) {
    toByFrom.remove(from);
    size -= to - from + 1;
    if (from < out.from()) {
      toByFrom.put(from, out.from() - 1);
      size += out.from() - from;
    }
    if (to > out.to()) {
      toByFrom.put(out.to() + 1, to);
      size += to - out.to();
    }
  }

  /**
   * The first rows of the set from a number on that are not in the other, at most {@code most};
   * null for none.
   */
  @Nullable SeqRange firstNotIn(SeqRanges other, long lowest, long most) {
    Long start = toByFrom.floorKey(lowest);
    for (Map.Entry<Long, Long> entry :
        toByFrom.tailMap(start == null ? lowest : start, true).entrySet()) {
      long from = Math.max(lowest, entry.getKey());
      while (from <= entry.getValue()) {
        Map.Entry<Long, Long> covering = other.toByFrom.floorEntry(from);
        if (covering == null || covering.getValue() < from) {
          Long next = other.toByFrom.ceilingKey(from);
          long end = next == null ? entry.getValue() : Math.min(entry.getValue(), next - 1);
          return new SeqRange(from, Math.min(end, from + most - 1));
        }
        from = covering.getValue() + 1;
      }
    }
    return null;
  }

  /** Joins the two ranges that lie nearest; the rows between them come in. */
  void joinNearest() {
    long gap = Long.MAX_VALUE;
    @Nullable SeqRange between = null;
    @Nullable SeqRange last = null;
    for (SeqRange range : all()) {
      if (last != null && range.from() - last.to() < gap) {
        gap = range.from() - last.to();
        between = new SeqRange(last.to() + 1, range.from() - 1);
      }
      last = range;
    }
    if (between != null) {
      add(between);
    }
  }
}
