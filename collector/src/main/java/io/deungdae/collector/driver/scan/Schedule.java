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
 * period and its place among the scans of the same period, which are spread evenly over it; where
 * they would be closer than 20 ms some share a moment, so that the thread wakes once for them. The
 * moments do not drift. Moments that pass while a scan waits or is under way are counted and passed
 * over, not caught up.
 *
 * <p>Of the scans that are due, the one goes first whose next moment comes first (earliest deadline
 * first: Liu and Layland 1973), so that a slow period never makes a fast one late.
 *
 * <p>Used by the device's thread.
 *
 * @param <S> what is read in one request
 */
public final class Schedule<S extends Scan> {

  /** Closer moments are made one. */
  private static final long APART_NS = 20_000_000L;

  /** The scans of each period, the most overdue first; among equals in the plan's order. */
  private final Map<Long, PriorityQueue<Entry<S>>> queues = new LinkedHashMap<>();

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
    int place = 0;
    for (Map.Entry<Long, List<S>> same : byPeriod.entrySet()) {
      long periodNs = same.getKey();
      int count = same.getValue().size();
      long moments = Math.min(count, Math.max(1, periodNs / APART_NS));
      for (int i = 0; i < count; i++) {
        long phaseNs = periodNs * (i * moments / count) / moments;
        add(new Entry<>(same.getValue().get(i), place++, nowNs, phaseNs, periodNs, nowNs));
      }
    }
  }

  private void add(Entry<S> entry) {
    queues.computeIfAbsent(entry.periodNs, period -> new PriorityQueue<>(order())).add(entry);
  }

  private static <S extends Scan> Comparator<Entry<S>> order() {
    return Comparator.comparingLong((Entry<S> entry) -> entry.dueNs - entry.originNs)
        .thenComparingInt(entry -> entry.place)
        .thenComparingInt(entry -> entry.scan.start());
  }

  /** When the next scan is due, or {@code otherwiseNs} when there is none. */
  public long nextDueNs(long otherwiseNs) {
    Entry<S> first = null;
    for (PriorityQueue<Entry<S>> queue : queues.values()) {
      Entry<S> head = queue.peek();
      if (head != null && (first == null || head.dueNs - first.dueNs < 0)) {
        first = head;
      }
    }
    return first == null ? otherwiseNs : first.dueNs;
  }

  /** Takes the scan to be done next, or null when none is due at {@code nowNs}. */
  public @Nullable Entry<S> take(long nowNs) {
    PriorityQueue<Entry<S>> from = null;
    long deadlineNs = 0;
    for (PriorityQueue<Entry<S>> queue : queues.values()) {
      Entry<S> head = queue.peek();
      if (head != null && head.dueNs - nowNs <= 0) {
        long itsNs = head.dueNs + head.periodNs;
        if (from == null || itsNs - deadlineNs < 0) {
          from = queue;
          deadlineNs = itsNs;
        }
      }
    }
    return from == null ? null : from.poll();
  }

  /**
   * Puts a taken scan back, for its next moment after {@code nowNs}. The moments between the one it
   * was taken for and that one are overruns.
   */
  public void again(Entry<S> entry, long nowNs) {
    long firstNs = entry.originNs + entry.phaseNs;
    long takenFor = -Math.floorDiv(firstNs - entry.dueNs, entry.periodNs); // rounded up
    long next = Math.floorDiv(nowNs - firstNs, entry.periodNs) + 1;
    overruns += Math.max(0, next - takenFor - 1);
    entry.dueNs = firstNs + next * entry.periodNs;
    add(entry);
  }

  /** Puts a taken scan back, due at once: its answer was lost, and its next moment is far. */
  public void soon(Entry<S> entry, long nowNs) {
    entry.dueNs = nowNs;
    add(entry);
  }

  /** Puts parts of a taken scan in its place, due at once. */
  public void replace(Entry<S> entry, List<? extends S> parts, long nowNs) {
    for (S part : parts) {
      add(new Entry<>(part, entry.place, entry.originNs, entry.phaseNs, entry.periodNs, nowNs));
    }
  }

  /** Puts a taken scan back, to be tried after {@code waitNs} and then as ever. */
  public void later(Entry<S> entry, long nowNs, long waitNs) {
    entry.dueNs = nowNs + Math.max(waitNs, entry.periodNs);
    add(entry);
  }

  /** How many moments passed at which a scan was due and could not be done. */
  public long overruns() {
    return overruns;
  }
}
