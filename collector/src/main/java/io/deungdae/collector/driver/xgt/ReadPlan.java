package io.deungdae.collector.driver.xgt;

import io.deungdae.collector.driver.scan.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which points are read together: neighbours in one continuous read, and small blocks that stand
 * alone by name, up to 16 words in one request.
 *
 * @param maxBlock most bytes in a continuous read
 * @param maxGap most bytes between two points that are read along without need
 * @param scattered how blocks that stand alone are read
 */
record ReadPlan(int maxBlock, int maxGap, XgtSettings.Scattered scattered) {

  /** Most bytes in a request by name: one word less than it takes, for odd beginnings. */
  static final int MOST_BY_NAME = Short.BYTES * (Request.MOST_VARIABLES - 1);

  private static final int ALONE = 4; // words; a longer block is worth a request of its own

  /** The requests that read all points, never mixing periods; each point is in exactly one. */
  List<Fetch> fetches(List<Point> points) {
    List<Fetch> fetches = new ArrayList<>();
    Map<Long, List<Block<Point>>> alone = new TreeMap<>();
    for (Block<Point> block : Block.merge(points, this::most, this::gap)) {
      if (standsAlone(block)) {
        // contacts are read as bits and cannot be mixed with words
        long key = block.periodNs() * 2 + (block.first().address().contact() ? 1 : 0);
        alone.computeIfAbsent(key, k -> new ArrayList<>()).add(block);
      } else {
        fetches.add(new Fetch(List.of(block)));
      }
    }
    alone.values().forEach(blocks -> pack(blocks, fetches));
    return fetches;
  }

  private int most(Point point) {
    if (point.address().contact()) {
      return 1;
    }
    return point.address().area() == 'U' ? MOST_BY_NAME : maxBlock;
  }

  private int gap(Point point) {
    return point.address().contact() ? -1 : maxGap;
  }

  private boolean standsAlone(Block<Point> block) {
    return block.first().address().contact()
        || (scattered == XgtSettings.Scattered.INDIVIDUAL && Fetch.words(block) <= ALONE);
  }

  private static void pack(List<Block<Point>> blocks, List<Fetch> fetches) {
    List<Block<Point>> open = new ArrayList<>();
    int words = 0;
    for (Block<Point> block : blocks) {
      if (words + Fetch.words(block) > Request.MOST_VARIABLES) {
        fetches.add(new Fetch(open));
        open = new ArrayList<>();
        words = 0;
      }
      open.add(block);
      words += Fetch.words(block);
    }
    fetches.add(new Fetch(open));
  }
}
