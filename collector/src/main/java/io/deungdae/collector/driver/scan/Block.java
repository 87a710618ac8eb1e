package io.deungdae.collector.driver.scan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * Neighbouring points of one area and one period that are read in one request.
 *
 * @param points at least one, by address
 */
public record Block<P extends Placed>(List<P> points) implements Scan {

  /** Points by where they begin. */
  private static final Comparator<Placed> BY_ADDRESS =
      Comparator.comparingInt(Placed::area).thenComparingInt(Placed::start);

  public Block {
    points = points.stream().sorted(BY_ADDRESS).toList();
  }

  /**
   * The points in blocks, never mixing areas or periods; each point is in exactly one.
   *
   * @param most most cells in one request, of the area of a point
   * @param gap most cells between two points that are read along without need, of the area of a
   *     point
   */
  public static <P extends Placed> List<Block<P>> merge(
      List<P> points, ToIntFunction<P> most, ToIntFunction<P> gap) {
    Map<Duration, List<P>> byPeriod = new TreeMap<>();
    points.forEach(p -> byPeriod.computeIfAbsent(p.period(), k -> new ArrayList<>()).add(p));
    List<Block<P>> blocks = new ArrayList<>();
    byPeriod.values().forEach(same -> merge(same, most, gap, blocks));
    return blocks;
  }

  private static <P extends Placed> void merge(
      List<P> points, ToIntFunction<P> most, ToIntFunction<P> gap, List<Block<P>> blocks) {
    List<P> open = new ArrayList<>();
    int end = 0;
    for (P point : points.stream().sorted(BY_ADDRESS).toList()) {
      if (!open.isEmpty() && !fits(open.get(0), end, point, most, gap)) {
        blocks.add(new Block<>(open));
        open = new ArrayList<>();
      }
      end = open.isEmpty() ? point.end() : Math.max(end, point.end());
      open.add(point);
    }
    if (!open.isEmpty()) {
      blocks.add(new Block<>(open));
    }
  }

  private static <P extends Placed> boolean fits(
      P first, int end, P next, ToIntFunction<P> most, ToIntFunction<P> gap) {
    return first.area() == next.area()
        && next.start() - end <= gap.applyAsInt(first)
        && Math.max(end, next.end()) - first.start() <= most.applyAsInt(first);
  }

  /** The first point. */
  public P first() {
    return points.get(0);
  }

  /** First cell. */
  @Override
  public int start() {
    return first().start();
  }

  /** How many cells. */
  public int count() {
    return points.stream().mapToInt(Placed::end).max().orElseThrow() - start();
  }

  @Override
  public long periodNs() {
    return first().period().toNanos();
  }

  /** Two halves, for a request that the device refuses. Only with at least two points. */
  public List<Block<P>> halves() {
    int middle = points.size() / 2;
    return List.of(
        new Block<>(points.subList(0, middle)), new Block<>(points.subList(middle, points.size())));
  }
}
