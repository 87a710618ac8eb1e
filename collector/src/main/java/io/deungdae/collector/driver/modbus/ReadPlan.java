package io.deungdae.collector.driver.modbus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which points are read together.
 *
 * @param maxBlock most registers in one request; for bits sixteen times as many, but never more
 *     than 2000
 * @param maxGap most registers between two points that are read along without need; for bits
 *     sixteen times as many
 */
record ReadPlan(int maxBlock, int maxGap) {

  private static final int MOST_BITS = 2000; // Modbus Application Protocol V1.1b3 §6.1

  /** The points in blocks, never mixing tables or periods; each point is in exactly one. */
  List<Block> blocks(List<Point> points) {
    Map<Duration, List<Point>> byPeriod = new TreeMap<>();
    points.forEach(p -> byPeriod.computeIfAbsent(p.period(), k -> new ArrayList<>()).add(p));
    List<Block> blocks = new ArrayList<>();
    byPeriod.values().forEach(same -> merge(same, blocks));
    return blocks;
  }

  private void merge(List<Point> points, List<Block> blocks) {
    List<Point> open = new ArrayList<>();
    int end = 0;
    for (Point point : points.stream().sorted(Block.BY_ADDRESS).toList()) {
      if (!open.isEmpty() && !fits(open.get(0), end, point)) {
        blocks.add(new Block(open));
        open = new ArrayList<>();
      }
      end = open.isEmpty() ? point.end() : Math.max(end, point.end());
      open.add(point);
    }
    if (!open.isEmpty()) {
      blocks.add(new Block(open));
    }
  }

  private boolean fits(Point first, int end, Point next) {
    boolean bits = next.table().isBits();
    int most = bits ? Math.min(MOST_BITS, Short.SIZE * maxBlock) : maxBlock;
    int gap = bits ? Short.SIZE * maxGap : maxGap;
    return first.table() == next.table()
        && next.start() - end <= gap
        && Math.max(end, next.end()) - first.start() <= most;
  }
}
