package io.deungdae.analytics.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.analytics.feature.Samples;
import io.deungdae.analytics.kernel.Activation;
import io.deungdae.analytics.kernel.CompiledNet;
import io.deungdae.analytics.kernel.Dense;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PlantTrainerTest {

  /** Two inputs that wander; the first output is linear, the second a product with a code. */
  private static Samples samples(int rows) {
    SplittableRandom random = new SplittableRandom(5);
    double[][] x = new double[rows][];
    double[][] y = new double[rows][];
    double a = 0;
    double b = 0;
    for (int r = 0; r < rows; r++) {
      a = r % 10 == 0 ? random.nextGaussian() : a;
      b = r % 14 == 0 ? random.nextGaussian() : b;
      double code = (r / 40) % 2;
      x[r] = new double[] {a, b, code};
      y[r] =
          new double[] {
            860 + 3 * a - 2 * b + 0.1 * random.nextGaussian(),
            (1 + code) * a + 0.1 * random.nextGaussian()
          };
    }
    return new Samples(new long[rows], x, y);
  }

  private static CompiledNet constantNet(int inputs) {
    double[] weights = new double[2 * inputs];
    double[] biases = {0.5, 0.5};
    return new CompiledNet(List.of(new Dense(1, inputs, 2, Activation.IDENTITY, weights, biases)));
  }

  private static PlantFit fit() {
    PlantTrainer trainer = new PlantTrainer(5, 10, PlantTrainer.NetMaker.NONE);
    return trainer.fit(samples(800), new boolean[] {false, false, true}, List.of("lin", "product"));
  }

  @Test
  void findsGainsAndNoise() {
    PlantModel model = fit().model();
    double[] expected = new double[2];
    model.predict(new double[] {1, 0, 0}, expected);
    assertEquals(863, expected[0], 0.1);
    assertEquals(3, model.error(0, expected[0] + 0.3), 0.6);
  }

  @Test
  void aCodeMayChangeAGain() {
    PlantModel model = fit().model();
    double[] expected = new double[2];
    model.predict(new double[] {1, 0, 1}, expected);
    assertEquals(2, expected[1], 0.15);
    model.predict(new double[] {1, 0, 0}, expected);
    assertEquals(1, expected[1], 0.15);
  }

  @Test
  void farFromTheDataItIsLessSure() {
    PlantModel model = fit().model();
    double[] expected = new double[2];
    model.predict(new double[] {0, 0, 0}, expected);
    double near = model.error(0, expected[0] + 1);
    model.predict(new double[] {40, -40, 0}, expected);
    double far = model.error(0, expected[0] + 1);
    assertTrue(far < near, far + " against " + near);
    assertTrue(model.distance() > 1);
  }

  @Test
  void aNetThatPredictsWorseIsNotUsed() {
    PlantTrainer.NetMaker noise = (x, left) -> constantNet(x[0].length);
    PlantFit fit =
        new PlantTrainer(5, 10, noise)
            .fit(samples(800), new boolean[] {false, false, true}, List.of("lin", "product"));
    assertEquals(0.0, fit.scores().get("net.lin"));
    assertTrue(fit.net() == null);
  }

  @Test
  void codesThatChangeAllTheTimeDoNotLeaveItWithoutNoise() {
    SplittableRandom random = new SplittableRandom(6);
    double[][] x = new double[800][];
    double[][] y = new double[800][];
    for (int r = 0; r < x.length; r++) {
      double a = random.nextGaussian();
      double code = r % 2;
      x[r] = new double[] {a, code, a, 1 - code}; // the code's past is never its present
      y[r] = new double[] {10 + 2 * a + 0.1 * random.nextGaussian()};
    }
    PlantTrainer trainer = new PlantTrainer(5, 10, PlantTrainer.NetMaker.NONE);
    PlantModel model =
        trainer
            .fit(
                new Samples(new long[x.length], x, y),
                new boolean[] {false, true},
                List.of("always-moving"))
            .model();
    double[] expected = new double[1];
    model.predict(new double[] {0, 1, 0, 1}, expected); // at rest, at last
    double error = model.error(0, expected[0] + 0.3); // three times the noise, far from the data
    assertTrue(error > 0.05 && error < 4, "found " + error);
  }
}
