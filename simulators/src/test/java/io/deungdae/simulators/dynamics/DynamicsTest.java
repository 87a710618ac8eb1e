package io.deungdae.simulators.dynamics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DynamicsTest {

  @Test
  void lagIsAtTwoThirdsAfterItsTimeConstantWhateverTheStep() {
    for (double dt : new double[] {1, 5, 50}) {
      Lag lag = new Lag(50, dt, 0);
      for (double time = 0; time < 50; time += dt) {
        lag.step(1);
      }
      assertEquals(1 - Math.exp(-1), lag.value(), 1e-12);
    }
  }

  @Test
  void deadTimeGivesBackWhatWentInSoManyStepsAgo() {
    DeadTime dead = new DeadTime(3, 1, 7);
    double[] out = new double[6];
    for (int i = 0; i < out.length; i++) {
      out[i] = dead.step(i);
    }
    assertEquals(Arrays.toString(new double[] {7, 7, 7, 0, 1, 2}), Arrays.toString(out));
    assertEquals(5, new DeadTime(0, 1, 7).step(5));
  }

  @Test
  void wanderHasItsStandardDeviationAndForgetsInItsTime() {
    Wander wander = new Wander(new SplittableRandom(3), 2, 100, 10);
    double squares = 0;
    double products = 0;
    double last = 0;
    for (int i = 0; i < 200_000; i++) {
      double next = wander.next();
      squares += next * next;
      products += next * last;
      last = next;
    }
    assertEquals(2, Math.sqrt(squares / 200_000), 0.05);
    assertEquals(Math.exp(-0.1), products / squares, 0.01);
  }
}
