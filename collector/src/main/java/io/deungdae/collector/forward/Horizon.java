package io.deungdae.collector.forward;

import java.util.ArrayDeque;
import java.util.Objects;

/** How many rows there were when, over the last seconds. Used by one thread. */
final class Horizon {

  private static final long STEP_NS = 100_000_000L;
  private static final int STEPS = 64;

  private record Mark(long ns, long seq) {}

  private final ArrayDeque<Mark> marks = new ArrayDeque<>();

  /** At this time there were rows up to this number. */
  void saw(long nowNs, long seq) {
    if (!marks.isEmpty() && nowNs - marks.getLast().ns < STEP_NS) {
      return;
    }
    if (marks.size() == STEPS) {
      marks.removeFirst();
    }
    marks.addLast(new Mark(nowNs, seq));
  }

  /**
   * The highest row that was there at a time. What was there when it was first looked had been
   * there for ever.
   */
  long seqAt(long ns) {
    Mark found = Objects.requireNonNull(marks.peekFirst(), "not looked yet");
    for (Mark mark : marks) {
      if (mark.ns - ns <= 0) {
        found = mark;
      }
    }
    return found.seq;
  }

  /** For how long a row has been there, as far as is remembered. */
  long ageNs(long seq, long nowNs) {
    for (Mark mark : marks) {
      if (mark.seq >= seq) {
        return nowNs - mark.ns;
      }
    }
    return 0;
  }
}
