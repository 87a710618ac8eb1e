package io.deungdae.collector.forward;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is to be read next, and what is under way. Used by one thread.
 *
 * <p>Live first: the head follows the newest rows. Rows that it could not take within {@link
 * #LIVE_NS} of their arrival stay behind it as backlog, which is served from its oldest row on. As
 * stored: whatever is lowest comes next.
 */
final class Agenda {

  /** A row that has waited for longer than this is backlog. */
  static final long LIVE_NS = Duration.ofSeconds(3).toNanos();

  private final Progress progress;
  private final SendOrder order;
  private final Horizon horizon = new Horizon();
  private final SeqRanges taken = new SeqRanges();
  private final SeqRanges live = new SeqRanges();
  private long last;
  private long past;

  Agenda(Progress progress, SendOrder order) {
    this.progress = progress;
    this.order = order;
  }

  /** At this time there are rows up to this number. */
  void saw(long nowNs, long lastSeq) {
    horizon.saw(nowNs, lastSeq);
    last = Math.max(last, lastSeq);
    past = horizon.seqAt(nowNs - LIVE_NS);
    if (order == SendOrder.LIVE_FIRST && past > progress.head()) {
      progress.advance(past);
    }
  }

  /** Rows up to this number are of the past. */
  long past() {
    return past;
  }

  /** For how long a row has been there, as far as is remembered. */
  long ageNs(long seq, long nowNs) {
    return horizon.ageNs(seq, nowNs);
  }

  /** The newest row there is. */
  long last() {
    return last;
  }

  /** Rows that wait or are sent beside what is live. */
  long backlog() {
    return Math.max(0, progress.todo() - live.size());
  }

  /** Rows above the head. */
  long fresh() {
    return Math.max(0, last - progress.head());
  }

  /**
   * Takes rows that have just arrived, at most {@code most}, also such that were given back; null
   * when it is not their turn.
   */
  @Nullable SeqRange takeFresh(long most) {
    SeqRange young =
        order == SendOrder.AS_STORED ? null : progress.next(taken, past + 1, Math.max(1, most));
    if (young != null) {
      taken.add(young);
      live.add(young);
      return young;
    }
    if (fresh() == 0 || (order == SendOrder.AS_STORED && progress.todo() > 0)) {
      return null;
    }
    SeqRange range =
        new SeqRange(progress.head() + 1, Math.min(last, progress.head() + Math.max(1, most)));
    progress.advance(range.to());
    taken.add(range);
    live.add(range);
    return range;
  }

  /** Takes the first rows that wait, at most {@code most}; null when there is none. */
  @Nullable SeqRange takeWaiting(long most) {
    SeqRange range = progress.next(taken, 1, Math.max(1, most));
    if (range != null) {
      taken.add(range);
    }
    return range;
  }

  /** Rows taken that are done. */
  void done(@Nullable SeqRange range) {
    if (range != null) {
      giveBack(range);
      progress.done(range);
    }
  }

  /** Rows taken that wait again. */
  void giveBack(@Nullable SeqRange range) {
    if (range != null) {
      taken.remove(range);
      live.remove(range);
    }
  }
}
