package io.deungdae.collector.forward;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are sent together.
 *
 * @param range the numbers that are dealt with when it has been sent, some of which may have no
 *     row; null for refused rows that are sent again
 * @param rows the rows, in sequence order
 */
record Batch(@Nullable SeqRange range, List<Outgoing> rows) {

  boolean isLive() {
    return !rows.isEmpty() && rows.get(0).lane() == Lane.LIVE;
  }

  /** The numbers that are dealt with when so many of the rows are; null for none. */
  @Nullable SeqRange done(int dealtWith) {
    return range == null || upTo(range, dealtWith) < range.from()
        ? null
        : new SeqRange(range.from(), upTo(range, dealtWith));
  }

  /** The numbers that are not; null for none. */
  @Nullable SeqRange left(int dealtWith) {
    return range == null || dealtWith == rows.size()
        ? null
        : new SeqRange(upTo(range, dealtWith) + 1, range.to());
  }

  private long upTo(SeqRange whole, int dealtWith) {
    return dealtWith == rows.size() ? whole.to() : rows.get(dealtWith).row().seq() - 1;
  }
}
