package io.deungdae.collector.driver.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.driver.scan.Block;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReadPlanTest {

  private static final ReadPlan PLAN = new ReadPlan(120, 10);

  private static Point at(int index, String address, String type) {
    return Points.point(index, address, type, 1, 0);
  }

  private static List<String> shape(List<Block<Point>> blocks) {
    return blocks.stream()
        .map(b -> b.first().table().prefix() + b.start() + "+" + b.count())
        .toList();
  }

  @Test
  void neighboursAreReadTogetherUpToTheGap() {
    List<Point> points =
        List.of(
            at(0, "hr:12", "int16"),
            at(1, "hr:0", "float32"),
            at(2, "hr:24", "int16"),
            at(3, "ir:3", "int16"));
    assertEquals(List.of("hr0+13", "hr24+1", "ir3+1"), shape(PLAN.blocks(points)));
  }

  @Test
  void blockNeverExceedsItsSizeAndNeverCutsAValue() {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      points.add(at(i, "hr:" + (2 * i + 1), "float32"));
    }
    assertEquals(List.of("hr1+120", "hr121+80"), shape(PLAN.blocks(points)));
  }

  @Test
  void periodsAreNotMixed() {
    List<Point> points =
        List.of(
            Points.point(0, "hr:0", "int16", 1, 0, 100),
            Points.point(1, "hr:1", "int16", 1, 0, 1000),
            Points.point(2, "hr:2", "int16", 1, 0, 100));
    assertEquals(List.of("hr0+3", "hr1+1"), shape(PLAN.blocks(points)));
  }

  @Test
  void overlappingAndNestedPointsShareABlock() {
    List<Point> points =
        List.of(at(0, "hr:0", "string20"), at(1, "hr:2", "int16"), at(2, "hr:12.1", "bool"));
    assertEquals(List.of("hr0+13"), shape(PLAN.blocks(points)));
  }

  @Test
  void bitsAreReadInBlocksOfTheirOwnSize() {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < 2100; i++) {
      points.add(at(i, "co:" + i, "bool"));
    }
    assertEquals(List.of("co0+1920", "co1920+180"), shape(PLAN.blocks(points)));
  }

  @Test
  void everyPointIsInExactlyOneBlockThatCoversIt() {
    Random random = new Random(7);
    String[] tables = {"hr", "ir"};
    String[] types = {"int16", "float32", "int64", "string30"};
    for (int round = 0; round < 50; round++) {
      ReadPlan plan = new ReadPlan(15 + random.nextInt(110), random.nextInt(20));
      List<Point> points = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        String address = tables[random.nextInt(2)] + ":" + random.nextInt(2000);
        points.add(
            Points.point(
                i, address, types[random.nextInt(4)], 1, 0, 100L * (1 + random.nextInt(2))));
      }
      HashSet<Point> seen = new HashSet<>();
      for (Block<Point> block : plan.blocks(points)) {
        assertTrue(block.count() <= plan.maxBlock());
        for (Point point : block.points()) {
          assertTrue(seen.add(point));
          assertTrue(point.start() >= block.start());
          assertTrue(point.end() <= block.start() + block.count());
          assertEquals(block.first().table(), point.table());
        }
      }
      assertEquals(200, seen.size());
    }
  }

  @Test
  void halvesCoverTheSamePointsAndShrink() {
    List<Point> points =
        List.of(at(0, "hr:0", "int16"), at(1, "hr:5", "int16"), at(2, "hr:9", "int16"));
    List<Block<Point>> halves = new Block<>(points).halves();
    assertEquals(List.of("hr0+1", "hr5+5"), shape(halves));
    assertFalse(halves.get(0).points().isEmpty());
  }
}
