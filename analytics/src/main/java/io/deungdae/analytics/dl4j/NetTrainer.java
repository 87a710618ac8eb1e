package io.deungdae.analytics.dl4j;

import io.deungdae.collector.signal.Clock;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * Trains nets with DL4J and compiles them. Inputs are standardised by the caller, rows are in time
 * order, and all numbers are finite.
 *
 * <p>Runs on the caller's thread, at the lowest priority while it trains; one training at a time
 * per process. Takes seconds to minutes, so never on the control thread.
 */
public final class NetTrainer {

  private static final double KERNEL_TOLERANCE = 1e-6;

  /** The library's thread count and random source are the process's, so one trains at a time. */
  private static final Semaphore TURN = new Semaphore(1);

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
   * @throws CancellationException when the watch or an interrupt ended it
   */
  public TrainedNet autoencoder(
      double[][] rows, AutoencoderShape shape, TrainingPlan plan, TrainingWatch watch) {
    Examples examples = Examples.split(rows, rows, 0, plan);
    int width = examples.inputs();
    return inTurn(
        watch,
        () ->
            train(
                Blueprint.dense(shape.hidden(), shape.activation(), width, width, plan),
                examples,
                plan,
                watch,
                shape.noise()));
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
   * @throws CancellationException when the watch or an interrupt ended it
   */
  public TrainedNet regressor(
      double[][] x, double[][] y, RegressorShape shape, TrainingPlan plan, TrainingWatch watch) {
    Examples examples = Examples.split(x, y, 0, plan);
    return inTurn(
        watch,
        () ->
            train(
                Blueprint.dense(
                    shape.hidden(),
                    shape.activation(),
                    examples.inputs(),
                    examples.outputs(),
                    plan),
                examples,
                plan,
                watch,
                0));
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
   * @throws CancellationException when the watch or an interrupt ended it
   */
  public TrainedNet forecaster(
      double[][][] windows,
      double[][] y,
      ForecasterShape shape,
      TrainingPlan plan,
      TrainingWatch watch) {
    int steps = windows.length == 0 ? 0 : windows[0].length;
    Examples examples = Examples.split(Examples.flatten(windows), y, steps, plan);
    return inTurn(
        watch,
        () ->
            train(
                Blueprint.forecaster(shape, steps, examples.features(), examples.outputs(), plan),
                examples,
                plan,
                watch,
                0));
  }

  /** Waits until no other training is under way, asking the watch meanwhile. */
  private TrainedNet inTurn(TrainingWatch watch, Supplier<TrainedNet> training) {
    try {
      while (!TURN.tryAcquire(100, TimeUnit.MILLISECONDS)) {
        if (watch.cancelled()) {
          throw new CancellationException("training was given up before it began");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("training was interrupted before it began");
    }
    try {
      return quietly(training);
    } finally {
      TURN.release();
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // a hint; what holds is the plan's load
  private TrainedNet quietly(Supplier<TrainedNet> training) {
    Thread thread = Thread.currentThread();
    int priority = thread.getPriority();
    thread.setPriority(Thread.MIN_PRIORITY);
    try {
      Nd4jRuntime.prepare(threads);
      return training.get();
    } finally {
      thread.setPriority(priority);
    }
  }

  private TrainedNet train(
      MultiLayerConfiguration conf,
      Examples examples,
      TrainingPlan plan,
      TrainingWatch watch,
      double noise) {
    long startNs = clock.nanoTime();
    MultiLayerNetwork net = new MultiLayerNetwork(conf);
    try {
      net.init();
      TrainingPass pass =
          new TrainingPass(net, examples, plan, watch, new Pace(clock, plan.load()));
      TrainingReport.End end = pass.run(noise);
      double deviation = checkKernel(pass.kernelDeviation());
      Duration duration = Duration.ofNanos(clock.nanoTime() - startNs);
      return new TrainedNet(pass.best(), report(pass, examples, end, deviation, duration, plan));
    } finally {
      net.close();
    }
  }

  private static double checkKernel(double deviation) {
    if (!(deviation <= KERNEL_TOLERANCE)) {
      throw new IllegalStateException(
          "the compiled net differs from DL4J's by " + deviation + ", so it is not handed out");
    }
    return deviation;
  }

  private static TrainingReport report(
      TrainingPass pass,
      Examples examples,
      TrainingReport.End end,
      double deviation,
      Duration duration,
      TrainingPlan plan) {
    Scores scores = pass.scores();
    return new TrainingReport(
        examples.trainRows(),
        examples.validationRows(),
        pass.losses(),
        pass.bestEpoch(),
        end,
        Scores.roots(scores.net(pass.best())),
        Scores.roots(scores.mean()),
        Scores.roots(scores.persistence()),
        deviation,
        duration,
        plan.seed(),
        Nd4jRuntime.version(),
        Runtime.version().toString());
  }
}
