package io.deungdae.collector.driver.modbus;

import java.util.Comparator;
import java.util.List;

/**
 * Neighbouring points of one table and one period that are read in one request.
 *
 * @param points at least one, by address
 */
record Block(List<Point> points) {

  /** Points by where they begin. */
  static final Comparator<Point> BY_ADDRESS =
      Comparator.comparing(Point::table).thenComparingInt(Point::start);

  Block {
    points = points.stream().sorted(BY_ADDRESS).toList();
  }

  Table table() {
    return points.get(0).table();
  }

  /** First cell. */
  int start() {
    return points.get(0).start();
  }

  /** How many cells. */
  int count() {
    return points.stream().mapToInt(Point::end).max().orElseThrow() - start();
  }

  /** The period of its points, nanoseconds. */
  long periodNs() {
    return points.get(0).period().toNanos();
  }

  /** Two halves, for a request that the device refuses. Only with at least two points. */
  List<Block> halves() {
    int middle = points.size() / 2;
    return List.of(
        new Block(points.subList(0, middle)), new Block(points.subList(middle, points.size())));
  }
}
