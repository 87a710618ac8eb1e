package io.deungdae.control.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** How fast samples come. */
class SampleRateTest {

  private static final long SECOND = 1_000_000_000L;

  @Test
  void followsTheLastTenSeconds() {
    SampleRate rate = new SampleRate(5 * SECOND);
    assertEquals(0, rate.perSecond());
    for (int half = 1; half <= 6; half++) {
      rate.tick(50L * half, 5 * SECOND + half * SECOND / 2);
    }
    assertEquals(100, rate.perSecond(), 1e-9);
    for (int second = 1; second <= 20; second++) {
      rate.tick(300, (8 + second) * SECOND);
    }
    assertEquals(0, rate.perSecond(), 1e-9);
  }
}
