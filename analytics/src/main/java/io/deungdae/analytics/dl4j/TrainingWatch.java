package io.deungdae.analytics.dl4j;

/** Sees a training pass, and may end it. Called on the training thread. */
public interface TrainingWatch {

  /** Sees nothing and lets it run. */
  TrainingWatch NONE = (epoch, trainLoss, validationLoss) -> {};

  /**
   * An epoch is over.
   *
   * @param epoch counted from 1
   * @param trainLoss mean squared error on the training rows during the epoch, noise and weight
   *     decay included
   * @param validationLoss mean squared error on the validation rows after it
   */
  void epoch(int epoch, double trainLoss, double validationLoss);

  /** True when the training should be given up; asked before every batch, so it must be quick. */
  default boolean cancelled() {
    return false;
  }
}
