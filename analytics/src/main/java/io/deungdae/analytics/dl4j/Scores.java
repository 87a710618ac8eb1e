package io.deungdae.analytics.dl4j;

import io.deungdae.analytics.kernel.CompiledNet;
import java.util.Arrays;
import java.util.List;

/** Errors on the rows held out, of the net and of what one could do without a net. */
final class Scores {

  private final Examples examples;
  private final double[] prediction;

  Scores(Examples examples) {
    this.examples = examples;
    this.prediction = new double[examples.outputs()];
  }

  /** Mean squared error per output. */
  double[] net(CompiledNet net) {
    double[] sum = new double[prediction.length];
    for (int r = examples.validationFrom(); r < examples.x().length; r++) {
      net.run(examples.x()[r], prediction);
      addSquares(prediction, examples.y()[r], sum);
    }
    return perRow(sum);
  }

  /** The same of predicting the mean of the rows trained on. */
  double[] mean() {
    double[] mean = new double[prediction.length];
    for (int r = 0; r < examples.trainRows(); r++) {
      for (int o = 0; o < mean.length; o++) {
        mean[o] += examples.y()[r][o] / examples.trainRows();
      }
    }
    double[] sum = new double[prediction.length];
    for (int r = examples.validationFrom(); r < examples.x().length; r++) {
      addSquares(mean, examples.y()[r], sum);
    }
    return perRow(sum);
  }

  /** The same of predicting the target of the row before. */
  double[] persistence() {
    double[] sum = new double[prediction.length];
    for (int r = examples.validationFrom(); r < examples.x().length; r++) {
      addSquares(examples.y()[r - 1], examples.y()[r], sum);
    }
    return perRow(sum);
  }

  private static void addSquares(double[] predicted, double[] actual, double[] sum) {
    for (int o = 0; o < sum.length; o++) {
      double error = predicted[o] - actual[o];
      sum[o] += error * error;
    }
  }

  private double[] perRow(double[] sum) {
    for (int o = 0; o < sum.length; o++) {
      sum[o] /= examples.validationRows();
    }
    return sum;
  }

  static double average(double[] squares) {
    return Arrays.stream(squares).average().orElseThrow();
  }

  static List<Double> roots(double[] squares) {
    return Arrays.stream(squares).map(Math::sqrt).boxed().toList();
  }
}
