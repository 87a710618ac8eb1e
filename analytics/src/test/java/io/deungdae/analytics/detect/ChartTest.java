package io.deungdae.analytics.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ChartTest {

  private static final int OUTPUTS = 6;

  private static double[][] noise(long seed, int rows) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] errors = new double[rows][OUTPUTS];
    for (double[] row : errors) {
      for (int j = 0; j < OUTPUTS; j++) {
        row[j] = random.nextGaussian();
      }
    }
    return errors;
  }

  private static ChartLimits limits(double gain) {
    return ChartLimits.calibrate(noise(1, 3000), gain, 0.001, 1.1);
  }

  @Test
  void normalOperationStaysBelowTheLimit() {
    EwmaChart chart = new EwmaChart(limits(0.1));
    int above = 0;
    for (double[] row : noise(2, 5000)) {
      above += chart.push(row) > 1 ? 1 : 0;
    }
    assertTrue(above < 10, above + " of 5000 above the limit");
  }

  @Test
  void aSlowChartFindsAShiftThatIsSmallerThanTheNoise() {
    EwmaChart slow = new EwmaChart(limits(0.03));
    double score = 0;
    for (double[] row : noise(3, 200)) {
      row[2] += 0.9;
      score = Math.max(score, slow.push(row));
    }
    assertTrue(score > 1, "score " + score);
  }

  @Test
  void oneWildReadingOpensNothing() {
    EwmaChart chart = new EwmaChart(limits(0.18));
    Persistence persistence = new Persistence(12, 20, 0.8);
    double[][] rows = noise(4, 100);
    rows[50][1] = 500;
    for (double[] row : rows) {
      assertFalse(persistence.push(chart.push(row), Instant.EPOCH));
    }
  }

  @Test
  void anAnomalyKnowsItsFirstMomentAndClosesWhenItIsQuiet() {
    Persistence persistence = new Persistence(3, 4, 0.8);
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    for (int i = 0; i < 5; i++) {
      persistence.push(0.5, start.plusSeconds(i));
    }
    for (int i = 5; i < 8; i++) {
      assertEquals(i == 7, persistence.push(2, start.plusSeconds(i)));
    }
    assertEquals(start.plusSeconds(5), persistence.since());
    for (int i = 8; i < 12; i++) {
      assertEquals(i < 11, persistence.push(0.5, start.plusSeconds(i)));
    }
  }

  @Test
  void quantilesAgreeWithTables() {
    assertEquals(3.0902, Quantiles.normal(0.999), 1e-4);
    assertEquals(0.975, Quantiles.normalShare(1.959964), 1e-6);
    assertEquals(18.307, Quantiles.chiSquare(0.95, 10), 0.02);
  }
}
