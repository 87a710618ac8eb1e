package io.deungdae.analytics.feature;

import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.store.Board;
import java.time.Duration;
import java.util.List;

/**
 * Reads raw rows off the board, by the rule the historian makes frames by: the last good value,
 * unless it is older than the look-back. Used by one thread.
 */
public final class Sampler {

  private final Board board;
  private final List<Tag> tags;
  private final long lookBackNs;
  private final double[] lastGood;
  private final long[] lastGoodNs;
  private final boolean[] seen;

  /** For these tags. */
  public Sampler(Board board, List<Tag> tags, Duration lookBack) {
    this.board = board;
    this.tags = List.copyOf(tags);
    this.lookBackNs = lookBack.toNanos();
    this.lastGood = new double[tags.size()];
    this.lastGoodNs = new long[tags.size()];
    this.seen = new boolean[tags.size()];
  }

  /** The tags, in the order of the row. */
  public List<Tag> tags() {
    return tags;
  }

  /** Fills a row with what is known at {@code nowNs}; NaN where there is no good value. */
  public void read(long nowNs, double[] row) {
    for (int i = 0; i < row.length; i++) {
      Sample sample = board.latest(tags.get(i));
      if (sample != null && sample.quality().isGood()) {
        lastGood[i] = sample.asDouble();
        lastGoodNs[i] = sample.arrivalNs();
        seen[i] = true;
      }
      row[i] = seen[i] && nowNs - lastGoodNs[i] <= lookBackNs ? lastGood[i] : Double.NaN;
    }
  }
}
