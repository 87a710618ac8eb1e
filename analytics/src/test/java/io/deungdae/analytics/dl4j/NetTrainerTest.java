package io.deungdae.analytics.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.analytics.kernel.Activation;
import io.deungdae.analytics.kernel.CompiledNet;
import io.deungdae.collector.signal.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class NetTrainerTest {

  private final NetTrainer trainer = new NetTrainer(Clock.system(), 1);
  private final TrainingPlan plan = TrainingPlan.usual(1).withEpochs(20, 10);

  /** Six signals that hang on two. */
  private static double[][] plant(int rows, long seed) {
    Random random = new Random(seed);
    double[][] x = new double[rows][];
    double a = 0;
    double b = 0;
    for (int r = 0; r < rows; r++) {
      a = 0.9 * a + 0.4 * random.nextGaussian();
      b = 0.8 * b + 0.6 * random.nextGaussian();
      double[] row = {a, b, a + b, a - b, 0.5 * a, Math.tanh(b)};
      for (int i = 0; i < row.length; i++) {
        row[i] += 0.02 * random.nextGaussian();
      }
      x[r] = row;
    }
    return x;
  }

  @Test
  void autoencoderGivesBackWhatIsNormalAndNotWhatIsNot() {
    AutoencoderShape shape = new AutoencoderShape(List.of(8, 2, 8), Activation.TANH, 0.05);
    TrainedNet trained =
        trainer.autoencoder(
            plant(800, 1), shape, plan.withSteps(32, 0.015, 1e-6), TrainingWatch.NONE);
    for (int o = 0; o < 6; o++) {
      assertTrue(trained.report().skill(o) > 0.9, o + ": " + trained.report().skill(o));
    }
    double[] normal = {0.5, 0.4, 0.9, 0.1, 0.25, Math.tanh(0.4)};
    double[] broken = {0.5, 0.4, -0.9, 0.1, 0.25, Math.tanh(0.4)};
    assertTrue(error(trained.net(), broken) > 10 * error(trained.net(), normal));
  }

  private static double error(CompiledNet net, double[] row) {
    double[] out = new double[row.length];
    net.run(row, out);
    double sum = 0;
    for (int i = 0; i < row.length; i++) {
      sum += (row[i] - out[i]) * (row[i] - out[i]);
    }
    return sum;
  }

  @Test
  void regressorIsBetterThanMeanAndPersistence() {
    double[][] x = plant(800, 2);
    double[][] y = new double[x.length][];
    for (int r = 0; r < y.length; r++) {
      y[r] = new double[] {x[r][0] * x[r][1], x[r][2] - x[r][3]};
    }
    TrainingReport report =
        trainer
            .regressor(
                x,
                y,
                new RegressorShape(List.of(16, 8), Activation.TANH),
                plan.withSteps(16, 0.01, 1e-6),
                TrainingWatch.NONE)
            .report();
    for (int o = 0; o < 2; o++) {
      assertTrue(
          report.validationRmse().get(o) < 0.5 * report.meanRmse().get(o), o + ": " + report);
      assertTrue(
          report.validationRmse().get(o) < 0.5 * report.persistenceRmse().get(o),
          o + ": " + report);
    }
    assertTrue(report.kernelDeviation() < 1e-9, "deviates by " + report.kernelDeviation());
    assertEquals(160, report.validationRows());
    assertEquals("1.0.0-M2.1", report.dl4jVersion());
  }

  @Test
  void lstmForecastsBetterThanPersistence() {
    assertForecast(new ForecasterShape(List.of(), 8, List.of(), Activation.TANH));
  }

  @Test
  void convolutionForecastsBetterThanPersistence() {
    assertForecast(
        new ForecasterShape(
            List.of(new ForecasterShape.Convolution(6, 3, 1)), 0, List.of(8), Activation.TANH));
  }

  private void assertForecast(ForecasterShape shape) {
    int rows = 300;
    double[][][] windows = new double[rows][12][2];
    double[][] y = new double[rows][1];
    for (int r = 0; r < rows; r++) {
      for (int t = 0; t < 12; t++) {
        windows[r][t][0] = Math.sin(0.5 * (r + t));
        windows[r][t][1] = Math.cos(0.31 * (r + t));
      }
      y[r][0] = Math.sin(0.5 * (r + 15)) + Math.cos(0.31 * (r + 13));
    }
    TrainingPlan quick = plan.withSteps(16, 0.01, 0).withEpochs(8, 8).withHoldOut(0.2, 12);
    TrainedNet trained = trainer.forecaster(windows, y, shape, quick, TrainingWatch.NONE);
    assertEquals(24, trained.net().inputs());
    TrainingReport report = trained.report();
    assertTrue(
        report.validationRmse().get(0) < 0.6 * report.persistenceRmse().get(0),
        report.validationRmse() + " against " + report.persistenceRmse());
    assertEquals(rows - 60 - 12, report.trainRows());
  }

  @Test
  void sameSeedGivesTheSameNetToTheLastBit() {
    TrainingPlan few = plan.withEpochs(3, 3);
    AutoencoderShape shape = AutoencoderShape.around(3);
    double[][] rows = plant(300, 3);
    byte[] first = trainer.autoencoder(rows, shape, few, TrainingWatch.NONE).net().toBytes();
    byte[] second = trainer.autoencoder(rows, shape, few, TrainingWatch.NONE).net().toBytes();
    assertArrayEquals(first, second);
  }

  @Test
  void stopsWhenTheRowsHeldOutNoLongerGetBetter() {
    Random random = new Random(3);
    double[][] x = new double[200][5];
    double[][] y = new double[200][1];
    for (int r = 0; r < 200; r++) {
      for (int i = 0; i < 5; i++) {
        x[r][i] = random.nextGaussian();
      }
      y[r][0] = random.nextGaussian();
    }
    TrainingReport report =
        trainer
            .regressor(
                x,
                y,
                new RegressorShape(List.of(20), Activation.TANH),
                plan.withEpochs(300, 5).withSteps(16, 0.02, 0),
                TrainingWatch.NONE)
            .report();
    assertEquals(TrainingReport.End.NO_LONGER_BETTER, report.end());
    assertEquals(report.bestEpoch() + 5, report.losses().size());
    double least =
        report.losses().stream()
            .mapToDouble(TrainingReport.EpochLoss::validation)
            .min()
            .orElseThrow();
    assertEquals(least, report.bestValidationLoss(), 1e-3 * least);
    assertEquals(report.bestValidationLoss(), Math.pow(report.validationRmse().get(0), 2), 1e-9);
  }

  @Test
  void watchSeesEveryEpochAndCanEndIt() {
    List<Integer> seen = new ArrayList<>();
    TrainingWatch watch =
        new TrainingWatch() {
          @Override
          public void epoch(int epoch, double trainLoss, double validationLoss) {
            seen.add(epoch);
          }

          @Override
          public boolean cancelled() {
            return seen.size() == 2;
          }
        };
    assertThrows(
        CancellationException.class,
        () -> trainer.autoencoder(plant(100, 1), AutoencoderShape.around(2), plan, watch));
    assertEquals(List.of(1, 2), seen);
  }

  @Test
  void interruptEndsItAndIsKept() {
    Thread.currentThread().interrupt();
    assertThrows(
        CancellationException.class,
        () ->
            trainer.autoencoder(
                plant(100, 1), AutoencoderShape.around(2), plan, TrainingWatch.NONE));
    assertTrue(Thread.interrupted());
  }

  @Test
  void refusesRowsThatAreRaggedTooFewOrNotFinite() {
    double[][] nan = plant(100, 1);
    nan[50][2] = Double.NaN;
    double[][] ragged = plant(100, 1);
    ragged[99] = new double[5];
    for (double[][] rows : List.of(nan, ragged, plant(10, 1))) {
      assertThrows(
          IllegalArgumentException.class,
          () -> trainer.autoencoder(rows, AutoencoderShape.around(2), plan, TrainingWatch.NONE));
    }
  }
}
