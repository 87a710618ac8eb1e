package io.deungdae.bench.history;

import com.sun.management.OperatingSystemMXBean;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.Value;
import io.deungdae.collector.store.Historian;
import io.deungdae.collector.store.HistorianStatus;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/** Samples that come in at a rate, and what becomes of them. */
final class Intake {

  private static final int AT_ONCE = 10_000; // as many as wait in a bench that was held up

  private final Clock clock = Clock.system();
  private final OperatingSystemMXBean machine =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final Historian historian;
  private final List<Tag> tags;
  private double worstAppendMs;
  private double worstCommitMs;
  private long worstUnread;

  Intake(Historian historian, List<Tag> tags) {
    this.historian = historian;
    this.tags = tags;
  }

  /** Takes in for some seconds and says how it went. */
  String run(int perSecond, int seconds) {
    worstAppendMs = 0;
    worstCommitMs = 0;
    worstUnread = 0;
    long cpuNs = machine.getProcessCpuTime();
    long startNs = clock.nanoTime();
    long before = historian.lastSeq();
    long number = 0;
    while (clock.nanoTime() - startNs < seconds * 1_000_000_000L) {
      long due = (clock.nanoTime() - startNs) / 1_000 * perSecond / 1_000_000;
      long until = Math.min(due, number + AT_ONCE);
      append(number, until);
      number = until;
      if (number == due) {
        LockSupport.parkNanos(10_000_000);
      }
    }
    double tookS = (clock.nanoTime() - startNs) / 1e9;
    long stored = historian.lastSeq() - before;
    double cpuUs = (machine.getProcessCpuTime() - cpuNs) / 1e3;
    return String.format(
        Locale.ROOT,
        "%,.0f rows/s on disk of %,d, append waited %.0f ms at most, commit %.0f ms at most, %,d"
            + " rows not yet readable at most, process %.2f of a core, %.2f us a row",
        stored / tookS,
        perSecond,
        worstAppendMs,
        worstCommitMs,
        worstUnread,
        cpuUs / 1e6 / tookS,
        cpuUs / Math.max(1, stored));
  }

  private void append(long from, long until) {
    Instant now = clock.now();
    List<Sample> batch = new ArrayList<>();
    for (long number = from; number < until; number++) {
      Tag tag = tags.get((int) (number % tags.size()));
      batch.add(new Sample(tag, Value.of((double) number), Quality.GOOD, now, now, 0));
    }
    long appendNs = clock.nanoTime();
    historian.append(batch);
    worstAppendMs = Math.max(worstAppendMs, (clock.nanoTime() - appendNs) / 1e6);
    HistorianStatus status = historian.status();
    worstUnread = Math.max(worstUnread, status.unread());
    worstCommitMs = Math.max(worstCommitMs, status.lastCommit().toNanos() / 1e6);
  }
}
