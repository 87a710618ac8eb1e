package io.deungdae.analytics.dl4j;

import io.deungdae.collector.signal.Clock;

/**
 * Trains nets with DL4J and compiles them. Inputs are standardised by the caller, rows are in time
 * order, and all numbers are finite.
 *
 * <p>Runs on the caller's thread, at the lowest priority while it trains; one training at a time
 * per process. Takes seconds to minutes, so never on the control thread.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class NetTrainer {

  private final Clock clock;
  private final int threads;

  /**
   * A new one. Does not load the library yet.
   *
   * @param clock measures how long it takes
   * @param threads native threads it may use; 1 leaves the other cores to the control loop
   */
  public NetTrainer(Clock clock, int threads) {
    this.clock = clock;
    this.threads = threads;
  }

  /**
   * Trains a net to give back its input.
   *
   * @param rows {@code [row][feature]} in time order, finite, at least 20
   * @param shape of the net
   * @param plan how
   * @param watch sees it pass, may end it
   * @return the net with the best weights seen
   * @throws IllegalArgumentException when rows are too few, ragged, or not finite
   * @throws java.util.concurrent.CancellationException when the watch or an interrupt ended it
   */
  public TrainedNet autoencoder(
      double[][] rows, AutoencoderShape shape, TrainingPlan plan, TrainingWatch watch) {
    throw new UnsupportedOperationException(clock + " " + threads);
  }

  /**
   * Trains a net to predict.
   *
   * @param x {@code [row][input]} in time order, finite, at least 20
   * @param y {@code [row][output]}, as many rows
   * @param shape of the net
   * @param plan how
   * @param watch sees it pass, may end it
   * @return the net with the best weights seen
   * @throws IllegalArgumentException when rows are too few, ragged, or not finite
   * @throws java.util.concurrent.CancellationException when the watch or an interrupt ended it
   */
  public TrainedNet regressor(
      double[][] x, double[][] y, RegressorShape shape, TrainingPlan plan, TrainingWatch watch) {
    throw new UnsupportedOperationException();
  }

  /**
   * Trains a net to predict from a window. The compiled net takes the window flattened, step by
   * step, oldest first.
   *
   * @param windows {@code [row][step][feature]} in time order, finite, at least 20
   * @param y {@code [row][output]}, as many rows
   * @param shape of the net
   * @param plan how
   * @param watch sees it pass, may end it
   * @return the net with the best weights seen
   * @throws IllegalArgumentException when rows are too few, ragged, or not finite
   * @throws java.util.concurrent.CancellationException when the watch or an interrupt ended it
   */
  public TrainedNet forecaster(
      double[][][] windows,
      double[][] y,
      ForecasterShape shape,
      TrainingPlan plan,
      TrainingWatch watch) {
    throw new UnsupportedOperationException();
  }
}
