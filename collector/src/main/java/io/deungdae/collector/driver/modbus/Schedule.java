package io.deungdae.collector.driver.modbus;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * When each block is read. After the start each is read once; from then on at moments fixed by its
 * period and its place among the blocks of the same period, which are spread evenly over it. The
 * moments do not drift. Moments missed during a stall are passed over, not caught up.
 */
final class Schedule {

  /** The most overdue first; among equals in the plan's order. */
  private final PriorityQueue<Entry> queue =
      new PriorityQueue<>(
          Comparator.comparingLong((Entry entry) -> entry.dueNs - entry.originNs)
              .thenComparingInt(entry -> entry.place)
              .thenComparingInt(entry -> entry.block.start()));

  private long overruns;

  /** One block and its moments. */
  static final class Entry {
    final Block block;
    private final int place;
    private final long originNs;
    private final long phaseNs;
    private final long periodNs;
    private long dueNs;

    private Entry(Block block, int place, long originNs, long phaseNs, long periodNs, long dueNs) {
      this.block = block;
      this.place = place;
      this.originNs = originNs;
      this.phaseNs = phaseNs;
      this.periodNs = periodNs;
      this.dueNs = dueNs;
    }
  }

  /** A schedule for the blocks that begins at {@code nowNs}. */
  Schedule(List<Block> blocks, long nowNs) {
    Map<Long, List<Block>> byPeriod = new LinkedHashMap<>();
    blocks.forEach(b -> byPeriod.computeIfAbsent(b.periodNs(), k -> new ArrayList<>()).add(b));
    byPeriod.forEach(
        (periodNs, same) -> {
          for (int i = 0; i < same.size(); i++) {
            long phaseNs = periodNs * i / same.size();
            queue.add(new Entry(same.get(i), queue.size(), nowNs, phaseNs, periodNs, nowNs));
          }
        });
  }

  /** When the next block is due, or {@code otherwiseNs} when there is none. */
  long nextDueNs(long otherwiseNs) {
    Entry first = queue.peek();
    return first == null ? otherwiseNs : first.dueNs;
  }

  /** Takes the block that is due first, or null when none is due at {@code nowNs}. */
  @Nullable Entry take(long nowNs) {
    Entry first = queue.peek();
    if (first == null || first.dueNs - nowNs > 0) {
      return null;
    }
    queue.poll();
    if (nowNs - first.dueNs > first.periodNs) {
      overruns++;
    }
    return first;
  }

  /** Puts a taken block back, for its next moment after {@code nowNs}. */
  void again(Entry entry, long nowNs) {
    long sinceNs = nowNs - entry.originNs - entry.phaseNs;
    long periods = Math.floorDiv(sinceNs, entry.periodNs) + 1;
    entry.dueNs = entry.originNs + entry.phaseNs + periods * entry.periodNs;
    queue.add(entry);
  }

  /** Puts parts of a taken block in its place, due at once. */
  void replace(Entry entry, List<Block> parts, long nowNs) {
    for (Block part : parts) {
      queue.add(new Entry(part, entry.place, entry.originNs, entry.phaseNs, entry.periodNs, nowNs));
    }
  }

  /** Puts a taken block back, to be tried after {@code waitNs} and then as ever. */
  void later(Entry entry, long nowNs, long waitNs) {
    entry.dueNs = nowNs + Math.max(waitNs, entry.periodNs);
    queue.add(entry);
  }

  /** How many reads began later than one period. */
  long overruns() {
    return overruns;
  }
}
