package io.deungdae.kamp.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ColumnStatisticsTest {

  @Test
  void areThoseOfTheTextbook() {
    ColumnStatistics of = ColumnStatistics.of(new double[] {4, 1, 3, 2, 10}, 2);
    assertEquals(5, of.count());
    assertEquals(2, of.missing());
    assertEquals(4, of.mean());
    assertEquals(Math.sqrt(50 / 4.0), of.deviation(), 1e-12);
    assertEquals(1, of.min());
    assertEquals(2, of.q1());
    assertEquals(3, of.median());
    assertEquals(4, of.q3());
    assertEquals(10, of.max());
  }

  @Test
  void quartilesLieBetweenNeighbours() {
    ColumnStatistics of = ColumnStatistics.of(new double[] {1, 2, 3, 4}, 0);
    assertEquals(1.75, of.q1());
    assertEquals(2.5, of.median());
    assertEquals(3.25, of.q3());
  }

  @Test
  void ofNothingThereIsNothing() {
    assertTrue(Double.isNaN(ColumnStatistics.of(new double[0], 3).mean()));
    assertTrue(Double.isNaN(ColumnStatistics.of(new double[] {1}, 3).deviation()));
  }
}
