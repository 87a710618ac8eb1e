package io.deungdae.analytics.optimize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OptimizeTest {

  @Test
  void spreadAndBaseShareAreFoundAgain() {
    YieldModel truth =
        new YieldModel(new double[] {44}, new double[] {50}, new double[] {0.9}, 0.004);
    SplittableRandom random = new SplittableRandom(3);
    double[][] means = new double[400][1];
    double[] shares = new double[400];
    for (int r = 0; r < 400; r++) {
      means[r][0] = 47 + 1.2 * random.nextGaussian();
      shares[r] = truth.scrap(means[r]) * Math.exp(0.04 * random.nextGaussian());
    }
    YieldModel found = YieldModel.fit(new double[] {44}, new double[] {50}, means, shares);
    assertEquals(0.9, found.spread(0), 0.1);
    assertEquals(0.004, found.base(), 0.001);
  }

  @Test
  void theSearchStopsAtTheLimitAndNamesIt() {
    Box box = new Box(List.of("a.sp", "b.sp", "c.sp"));
    box.limit(0, -5, 5, "write limit");
    box.limit(0, -1, 1, "step size");
    box.limit(1, -5, 5, "write limit");
    box.fix(2, 0, "lost");
    double[] present = {0, 0, 0};
    double[] found =
        new PatternSearch(3, 1)
            .minimise(
                p -> Math.pow(p[0] - 3, 2) + Math.pow(p[1] + 2, 2) + Math.pow(p[2] - 4, 2),
                box,
                present);
    assertEquals(1, found[0], 1e-9);
    assertEquals(-2, found[1], 0.2);
    assertEquals(0, found[2], 0);
    assertEquals(List.of("a.sp high: step size"), box.active(present, found));
  }

  @Test
  void theTrustRegionShrinksWhenTheModelIsWrong() {
    TrustRegion trust = new TrustRegion(1, 3);
    trust.kept(10, 9);
    assertEquals(1.5, trust.radius());
    trust.rolledBack();
    trust.rolledBack();
    trust.rolledBack();
    assertTrue(trust.exhausted());
  }
}
