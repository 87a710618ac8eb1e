package io.deungdae.analytics.optimize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TrustRegionTest {

  private final TrustRegion trust = new TrustRegion(1, 3);

  @Test
  void growsAfterAStepThatHelpedThoughNothingWasPredicted() {
    trust.kept(-0.4, 2);

    assertEquals(1.5, trust.radius());
  }

  @Test
  void shrinksAfterAStepThatWasKeptAndBroughtNothing() {
    trust.kept(0, 0);
    assertEquals(0.7, trust.radius(), 1e-9);

    trust.kept(10, 2);
    assertEquals(0.49, trust.radius(), 1e-9);
  }

  @Test
  void staysWhenThirtyPerCentCameTrueAndNeverGrowsBeyondItsLargest() {
    trust.kept(10, 3);
    assertEquals(1, trust.radius());

    for (int i = 0; i < 10; i++) {
      trust.kept(10, 9);
    }
    assertEquals(3, trust.radius());
  }

  @Test
  void isExhaustedAfterThreeStepsThatWereUndone() {
    trust.rolledBack();
    trust.rolledBack();
    assertFalse(trust.exhausted());
    trust.rolledBack();

    assertTrue(trust.exhausted());
  }
}
