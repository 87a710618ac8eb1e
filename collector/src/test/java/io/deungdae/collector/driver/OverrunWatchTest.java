package io.deungdae.collector.driver;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class OverrunWatchTest {

  private static final long MINUTE_NS = 60_000_000_000L;

  private final OverrunWatch watch = new OverrunWatch("plc", 0);

  private boolean look(int minute, long requests, long overruns) {
    return watch.look(new Traffic(requests, overruns, 1), minute * MINUTE_NS);
  }

  @Test
  void deviceThatMissesScansIsToldUntilItKeepsUp() {
    assertFalse(look(1, 1_000, 500), "the first minute");
    assertFalse(look(2, 2_000, 510), "one in a hundred");
    assertTrue(look(3, 3_000, 1_500));
    assertTrue(
        watch.look(new Traffic(3_100, 1_500, 1), 3 * MINUTE_NS + 1), "until a minute is over");
    assertFalse(look(4, 4_000, 1_500));
  }
}
