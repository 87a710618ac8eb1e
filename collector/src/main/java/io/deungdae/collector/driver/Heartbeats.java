package io.deungdae.collector.driver;

import io.deungdae.collector.signal.Tag;
import java.util.HashMap;
import java.util.Map;

/**
 * The counters that heartbeat tags carry: each beat is one more than the last, from 1 up to 65535
 * or the tag's upper write limit if that is lower, and then from 0 again. So a flag with limits 0
 * and 1 toggles. Used by the device's thread.
 */
final class Heartbeats {

  private static final long HIGHEST = 65_535;

  private final Map<Tag, Long> counts = new HashMap<>();

  /** The tag's next count. */
  double next(Tag tag) {
    long highest = (long) Math.min(HIGHEST, tag.writePolicy().range().high());
    return counts.merge(tag, 1L, (count, one) -> count >= highest ? 0 : count + one);
  }
}
