package io.deungdae.analytics.dl4j;

/**
 * How to train: Adam with L2, on all rows but the last ones, until the error on those last rows
 * stops falling. The same plan, rows and thread count give the same net to the last bit.
 *
 * @param maxEpochs passes over the training rows at most, 1 to 100,000
 * @param batchRows rows per step, 1 to 65,536
 * @param learningRate Adam's, above 0 to 1
 * @param l2 weight decay of the weights (not of the biases), 0 to 1
 * @param validationShare share of the rows, at the end, that are held out, 0.05 to 0.5
 * @param gapRows rows dropped between training and validation rows, so that overlapping windows do
 *     not lie on both sides
 * @param patience epochs without a better validation error before it stops, at least 1
 * @param seed of weights, order of rows and noise
 * @param load share of one core it may use, above 0 to 1; it rests between batches
 */
public record TrainingPlan(
    int maxEpochs,
    int batchRows,
    double learningRate,
    double l2,
    double validationShare,
    int gapRows,
    int patience,
    long seed,
    double load) {

  /** Checks every range. */
  public TrainingPlan {
    check("maxEpochs", maxEpochs, maxEpochs >= 1 && maxEpochs <= 100_000);
    check("batchRows", batchRows, batchRows >= 1 && batchRows <= 65_536);
    check("learningRate", learningRate, learningRate > 0 && learningRate <= 1);
    check("l2", l2, l2 >= 0 && l2 <= 1);
    check("validationShare", validationShare, validationShare >= 0.05 && validationShare <= 0.5);
    check("gapRows", gapRows, gapRows >= 0);
    check("patience", patience, patience >= 1);
    check("load", load, load > 0 && load <= 1);
  }

  private static void check(String name, double value, boolean ok) {
    if (!ok) {
      throw new IllegalArgumentException(name + " is " + value + ", out of range");
    }
  }

  /**
   * A usual one: at most 300 epochs of batches of 64, rate 0.003, L2 1e-5, the last fifth held out,
   * patience 20, one whole core.
   *
   * @param seed of weights, order of rows and noise
   */
  public static TrainingPlan usual(long seed) {
    return new TrainingPlan(300, 64, 0.003, 1e-5, 0.2, 0, 20, seed, 1);
  }

  /** The same with other limits of passes. */
  public TrainingPlan withEpochs(int maxEpochs, int patience) {
    return new TrainingPlan(
        maxEpochs, batchRows, learningRate, l2, validationShare, gapRows, patience, seed, load);
  }

  /** The same with other steps. */
  public TrainingPlan withSteps(int batchRows, double learningRate, double l2) {
    return new TrainingPlan(
        maxEpochs, batchRows, learningRate, l2, validationShare, gapRows, patience, seed, load);
  }

  /** The same with other rows held out. */
  public TrainingPlan withHoldOut(double validationShare, int gapRows) {
    return new TrainingPlan(
        maxEpochs, batchRows, learningRate, l2, validationShare, gapRows, patience, seed, load);
  }

  /** The same with another share of a core. */
  public TrainingPlan withLoad(double load) {
    return new TrainingPlan(
        maxEpochs, batchRows, learningRate, l2, validationShare, gapRows, patience, seed, load);
  }
}
