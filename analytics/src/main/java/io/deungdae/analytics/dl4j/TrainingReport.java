package io.deungdae.analytics.dl4j;

import java.time.Duration;
import java.util.List;

/**
 * What a training came to. Errors are in the units of the targets as given (standard deviations,
 * when the caller standardised them) and measured with the compiled net, which is what will run.
 *
 * @param trainRows rows trained on
 * @param validationRows rows held out, the last in time
 * @param losses one per epoch, in order
 * @param bestEpoch the epoch whose weights were kept, counted from 1
 * @param end why it ended
 * @param validationRmse root mean squared error on the validation rows, per output
 * @param meanRmse the same of predicting the training rows' mean, per output
 * @param persistenceRmse the same of predicting the target of the row before, per output
 * @param kernelDeviation largest difference seen between DL4J's outputs and the compiled net's
 * @param duration how long it took
 * @param seed of weights, order of rows and noise
 * @param dl4jVersion of the library
 * @param jvmVersion of the machine
 */
public record TrainingReport(
    int trainRows,
    int validationRows,
    List<EpochLoss> losses,
    int bestEpoch,
    End end,
    List<Double> validationRmse,
    List<Double> meanRmse,
    List<Double> persistenceRmse,
    double kernelDeviation,
    Duration duration,
    long seed,
    String dl4jVersion,
    String jvmVersion) {

  /** Copies the lists. */
  public TrainingReport {
    losses = List.copyOf(losses);
    validationRmse = List.copyOf(validationRmse);
    meanRmse = List.copyOf(meanRmse);
    persistenceRmse = List.copyOf(persistenceRmse);
  }

  /** Why it ended. */
  public enum End {
    /** The validation error had not fallen for the plan's patience. */
    NO_LONGER_BETTER,
    /** All epochs were used. */
    ALL_EPOCHS,
    /** The loss grew without bound after weights had been found that are kept. */
    DIVERGED
  }

  /**
   * Losses of one epoch.
   *
   * @param epoch counted from 1
   * @param train mean squared error on the training rows during the epoch, noise and weight decay
   *     included
   * @param validation mean squared error on the validation rows after it
   */
  public record EpochLoss(int epoch, double train, double validation) {}

  /** Mean squared error on the validation rows of the weights that were kept. */
  public double bestValidationLoss() {
    return losses.get(bestEpoch - 1).validation();
  }

  /**
   * How much of the variance about the training mean one output's model explains on the validation
   * rows: 1 is all, 0 no better than the mean, negative worse.
   *
   * @param output index of the output
   * @return NaN when the target did not vary
   */
  public double skill(int output) {
    double ratio = validationRmse.get(output) / meanRmse.get(output);
    return 1 - ratio * ratio;
  }
}
