package io.deungdae.control.cli;

import io.deungdae.collector.signal.Clock;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * How far a long work is: a bar that is drawn over and over on a terminal, a line every ten seconds
 * elsewhere. Used by one thread.
 */
final class Progress {

  private static final long BAR_NS = 200_000_000L;
  private static final long LINE_NS = 10_000_000_000L;
  private static final int WIDTH = 30;

  private final PrintWriter err;
  private final Clock clock;
  private final boolean terminal;
  private final long total;
  private final long startNs;
  private long shownNs;
  private boolean shown;

  /**
   * A work that begins now.
   *
   * @param total rows that are expected; 0 when nobody knows
   */
  Progress(PrintWriter err, Clock clock, boolean terminal, long total) {
    this.err = err;
    this.clock = clock;
    this.terminal = terminal;
    this.total = total;
    this.startNs = clock.nanoTime();
    this.shownNs = startNs;
  }

  /** So many rows are done. Always true, for those who ask whether to go on. */
  boolean at(long rows) {
    if ((rows & 0x3FF) == 0) {
      long nowNs = clock.nanoTime();
      if (nowNs - shownNs >= (terminal ? BAR_NS : LINE_NS)) {
        shownNs = nowNs;
        show(rows, nowNs);
      }
    }
    return true;
  }

  private void show(long rows, long nowNs) {
    shown = true;
    double seconds = (nowNs - startNs) / 1e9;
    double rate = rows / Math.max(1e-3, seconds);
    StringBuilder text = new StringBuilder();
    if (total > 0) {
      double share = Math.min(1, (double) rows / total);
      if (terminal) {
        int full = (int) (share * WIDTH);
        text.append('[').append("#".repeat(full)).append(".".repeat(WIDTH - full)).append("] ");
      }
      text.append(String.format(Locale.ROOT, "%5.1f %%, ", 100 * share));
    }
    text.append(String.format(Locale.ROOT, "%,d rows, %,.0f rows/s", rows, rate));
    if (total > rows && rows > 0) {
      text.append(", ").append(duration((long) ((total - rows) / rate))).append(" left");
    }
    print(text.toString());
  }

  private void print(String text) {
    if (terminal) {
      err.print("\r" + text + "\u001B[K");
    } else {
      err.println(text);
    }
    err.flush();
  }

  /** Ends the bar. */
  void done() {
    if (terminal && shown) {
      err.println();
      err.flush();
    }
  }

  /** Seconds since the start. */
  double seconds() {
    return (clock.nanoTime() - startNs) / 1e9;
  }

  private static String duration(long seconds) {
    return seconds < 60
        ? seconds + " s"
        : String.format(Locale.ROOT, "%d:%02d min", seconds / 60, seconds % 60);
  }
}
