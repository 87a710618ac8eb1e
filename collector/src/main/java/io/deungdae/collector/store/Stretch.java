package io.deungdae.collector.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A stretch of time, both ends included.
 *
 * @param fromUs start, microseconds since 1970
 * @param toUs end
 */
record Stretch(long fromUs, long toUs) {

  /** The same times, with overlapping stretches made one; ascending. */
  static List<Stretch> joined(List<Stretch> stretches) {
    List<Stretch> sorted = new ArrayList<>(stretches);
    sorted.sort(Comparator.comparingLong(Stretch::fromUs));
    List<Stretch> joined = new ArrayList<>();
    for (Stretch next : sorted) {
      int last = joined.size() - 1;
      if (last >= 0 && next.fromUs <= joined.get(last).toUs + 1) {
        Stretch before = joined.get(last);
        joined.set(last, new Stretch(before.fromUs, Math.max(before.toUs, next.toUs)));
      } else {
        joined.add(next);
      }
    }
    return joined;
  }
}
