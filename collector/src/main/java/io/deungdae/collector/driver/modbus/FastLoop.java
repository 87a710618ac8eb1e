package io.deungdae.collector.driver.modbus;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads that are done over and over between the others: a round of all of them, then a rest if the
 * device is quick, then at least one other read if one is due, then the next round. Used by the
 * device's thread.
 */
final class FastLoop {

  private final List<Read> reads;
  private final long restNs;
  private int left;
  private long roundNs;
  private boolean othersTurn;

  /**
   * A loop that begins at {@code nowNs}.
   *
   * @param restNs least time from the start of one round to that of the next
   */
  FastLoop(List<Read> reads, long restNs, long nowNs) {
    this.reads = new ArrayList<>(reads);
    this.restNs = restNs;
    this.roundNs = nowNs;
  }

  /**
   * The next of its reads, or null when it is another's turn or the time to rest.
   *
   * @param otherDue true when another read is due
   */
  @Nullable Read next(long nowNs, boolean otherDue) {
    if (left == 0 && !(otherDue && othersTurn) && nowNs - roundNs >= 0) {
      left = reads.size();
      roundNs = nowNs + restNs;
    }
    while (left > 0) {
      Read read = reads.get(reads.size() - left--);
      if (read.isAwake(nowNs)) {
        othersTurn = true;
        return read;
      }
    }
    return null;
  }

  /** Tells that another read has had its turn. */
  void otherRead() {
    othersTurn = false;
  }

  /** When it wants to read next, or {@code otherwiseNs} when it has nothing to read. */
  long dueNs(long nowNs, long otherwiseNs) {
    if (reads.isEmpty()) {
      return otherwiseNs;
    }
    return left > 0 ? nowNs : roundNs;
  }

  /** Puts parts in the place of a read. */
  void replace(Read read, List<Read> parts) {
    left = 0;
    reads.remove(read);
    reads.addAll(parts);
  }
}
