package io.deungdae.collector.driver.scan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * When each scan is done. After the start each is read once; from then on at moments fixed by its
 * period and its place among the scans of the same period, which are spread evenly over it. The
 * moments do not drift. Moments missed during a stall are passed over, not caught up.
 *
 * <p>Used by the device's thread.
 *
 * @param <S> what is read in one request
 */
public final class Schedule<S extends Scan> {

  /** The most overdue first; among equals in the plan's order. */
  private final PriorityQueue<Entry<S>> queue =
      new PriorityQueue<>(
          Comparator.comparingLong((Entry<S> entry) -> entry.dueNs - entry.originNs)
              .thenComparingInt(entry -> entry.place)
              .thenComparingInt(entry -> entry.scan.start()));

  private long overruns;

  /** One scan and its moments. */
  public static final class Entry<S extends Scan> {
    private final S scan;
    private final int place;
    private final long originNs;
    private final long phaseNs;
    private final long periodNs;
    private long dueNs;

    private Entry(S scan, int place, long originNs, long phaseNs, long periodNs, long dueNs) {
      this.scan = scan;
      this.place = place;
      this.originNs = originNs;
      this.phaseNs = phaseNs;
      this.periodNs = periodNs;
      this.dueNs = dueNs;
    }

    /** What is to be read. */
    public S scan() {
      return scan;
    }
  }

  /** A schedule for the scans that begins at {@code nowNs}. */
  public Schedule(List<? extends S> scans, long nowNs) {
    Map<Long, List<S>> byPeriod = new LinkedHashMap<>();
    scans.forEach(s -> byPeriod.computeIfAbsent(s.periodNs(), k -> new ArrayList<>()).add(s));
    byPeriod.forEach(
        (periodNs, same) -> {
          for (int i = 0; i < same.size(); i++) {
            long phaseNs = periodNs * i / same.size();
            queue.add(new Entry<>(same.get(i), queue.size(), nowNs, phaseNs, periodNs, nowNs));
          }
        });
  }

  /** When the next scan is due, or {@code otherwiseNs} when there is none. */
  public long nextDueNs(long otherwiseNs) {
    Entry<S> first = queue.peek();
    return first == null ? otherwiseNs : first.dueNs;
  }

  /** Takes the scan that is due first, or null when none is due at {@code nowNs}. */
  public @Nullable Entry<S> take(long nowNs) {
    Entry<S> first = queue.peek();
    if (first == null || first.dueNs - nowNs > 0) {
      return null;
    }
    queue.poll();
    if (nowNs - first.dueNs > first.periodNs) {
      overruns++;
    }
    return first;
  }

  /** Puts a taken scan back, for its next moment after {@code nowNs}. */
  public void again(Entry<S> entry, long nowNs) {
    long sinceNs = nowNs - entry.originNs - entry.phaseNs;
    long periods = Math.floorDiv(sinceNs, entry.periodNs) + 1;
    entry.dueNs = entry.originNs + entry.phaseNs + periods * entry.periodNs;
    queue.add(entry);
  }

  /** Puts parts of a taken scan in its place, due at once. */
  public void replace(Entry<S> entry, List<? extends S> parts, long nowNs) {
    for (S part : parts) {
      queue.add(
          new Entry<>(part, entry.place, entry.originNs, entry.phaseNs, entry.periodNs, nowNs));
    }
  }

  /** Puts a taken scan back, to be tried after {@code waitNs} and then as ever. */
  public void later(Entry<S> entry, long nowNs, long waitNs) {
    entry.dueNs = nowNs + Math.max(waitNs, entry.periodNs);
    queue.add(entry);
  }

  /** How many reads began later than one period. */
  public long overruns() {
    return overruns;
  }
}
