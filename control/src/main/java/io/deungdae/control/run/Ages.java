package io.deungdae.control.run;

import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.store.Board;
import java.util.List;

/** How long ago tags were heard of. */
final class Ages {

  private static final long NS_PER_MS = 1_000_000;

  private Ages() {}

  /**
   * Age of the tag that was heard of least recently, by arrival, in milliseconds; tags that never
   * came are passed over; -1 when none came.
   */
  static long oldestMs(List<Tag> tags, Board board, long nowNs) {
    long oldestNs = -1;
    for (Tag tag : tags) {
      Sample sample = board.latest(tag);
      if (sample != null) {
        oldestNs = Math.max(oldestNs, sample.ageNs(nowNs));
      }
    }
    return oldestNs < 0 ? -1 : oldestNs / NS_PER_MS;
  }
}
