package io.deungdae.collector.store;

import java.util.Map;
import java.util.TreeMap;

/** How many rows each tag has in a day, and what they add up to. Used by one thread. */
final class DaySums {

  /** Rows of one tag. */
  static final class Sum {
    private long rows;
    private long sum;

    long rows() {
      return rows;
    }

    long sum() {
      return sum;
    }
  }

  private final TreeMap<String, Sum> byTag = new TreeMap<>();

  void add(String tag, long rowSum) {
    add(tag, 1, rowSum);
  }

  void add(String tag, long rows, long rowSums) {
    Sum sum = byTag.get(tag);
    if (sum == null) {
      sum = new Sum();
      byTag.put(tag, sum);
    }
    sum.rows += rows;
    sum.sum += rowSums;
  }

  /** The sums, by tag. */
  Map<String, Sum> byTag() {
    return byTag;
  }

  long rows() {
    return byTag.values().stream().mapToLong(Sum::rows).sum();
  }

  long sum() {
    return byTag.values().stream().mapToLong(Sum::sum).sum();
  }

  /** What is not the same in both, in words; empty when all is. */
  String differenceTo(DaySums other) {
    for (var entry : byTag.entrySet()) {
      Sum theirs = other.byTag.get(entry.getKey());
      long rows = theirs == null ? 0 : theirs.rows;
      if (rows != entry.getValue().rows) {
        return "tag %s has %d rows and should have %d"
            .formatted(entry.getKey(), rows, entry.getValue().rows);
      }
      if (theirs == null || theirs.sum != entry.getValue().sum) {
        return "tag " + entry.getKey() + " has other values";
      }
    }
    for (String tag : other.byTag.keySet()) {
      if (!byTag.containsKey(tag)) {
        return "tag " + tag + " should have no rows";
      }
    }
    return "";
  }
}
