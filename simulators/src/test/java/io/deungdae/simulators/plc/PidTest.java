package io.deungdae.simulators.plc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PidTest {

  @Test
  void anHourOfSaturationDoesNotWindItUp() {
    Pid pid = new Pid(0.05, 160, 0, 0, 1, 1);
    for (int second = 0; second < 3600; second++) {
      pid.step(860, 840, 1);
    }
    assertEquals(1, pid.output());
    int seconds = 0;
    while (pid.step(860, 861, 1) > 0.95 && seconds < 600) {
      seconds++;
    }
    assertTrue(seconds < 5, "stayed up for " + seconds + " s");
  }

  @Test
  void outputMovesNoFasterThanItsRate() {
    Pid pid = new Pid(1, 100, 0, 0, 1, 0.04);
    pid.track(0.5);
    assertEquals(0.54, pid.step(900, 800, 1), 1e-12);
    assertEquals(0.50, pid.step(700, 800, 1), 1e-12);
  }

  @Test
  void takesOverWithoutABump() {
    Pid pid = new Pid(0.05, 160, 6, 0, 1, 1);
    pid.track(0.37);
    assertEquals(0.37, pid.step(860, 860, 1), 1e-12);
  }
}
