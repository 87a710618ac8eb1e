package io.deungdae.collector.driver.modbus;

import io.deungdae.collector.driver.scan.Block;
import java.util.List;

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
  List<Block<Point>> blocks(List<Point> points) {
    return Block.merge(points, this::most, this::gap);
  }

  private int most(Point point) {
    return point.table().isBits() ? Math.min(MOST_BITS, Short.SIZE * maxBlock) : maxBlock;
  }

  private int gap(Point point) {
    return point.table().isBits() ? Short.SIZE * maxGap : maxGap;
  }
}
