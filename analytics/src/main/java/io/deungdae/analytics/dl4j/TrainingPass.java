package io.deungdae.analytics.dl4j;

import io.deungdae.analytics.dl4j.TrainingReport.End;
import io.deungdae.analytics.dl4j.TrainingReport.EpochLoss;
import io.deungdae.analytics.kernel.CompiledNet;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One training of one net, from fresh weights to the best ones seen. After each epoch the weights
 * are compiled and judged as they will run.
 */
final class TrainingPass {

  private static final double WORTHWHILE = 1e-4; // share of the loss that counts as better
  private static final int ROWS_COMPARED = 32;

  private final MultiLayerNetwork net;
  private final Examples examples;
  private final TrainingPlan plan;
  private final TrainingWatch watch;
  private final Pace pace;
  private final SplittableRandom random;
  private final Scores scores;
  private final int[] order;
  private final List<EpochLoss> losses = new ArrayList<>();
  private @Nullable CompiledNet best;
  private double bestLoss = Double.POSITIVE_INFINITY;
  private int bestEpoch;

  TrainingPass(
      MultiLayerNetwork net, Examples examples, TrainingPlan plan, TrainingWatch watch, Pace pace) {
    this.net = net;
    this.examples = examples;
    this.plan = plan;
    this.watch = watch;
    this.pace = pace;
    this.random = new SplittableRandom(plan.seed());
    this.scores = new Scores(examples);
    this.order = IntStream.range(0, examples.trainRows()).toArray();
  }

  /** Trains to the end; afterwards {@link #best()} is there. */
  End run(double noise) {
    int rows = Math.min(plan.batchRows(), order.length);
    int left = order.length % rows;
    try (Batch whole = new Batch(examples, rows, noise);
        Batch rest = new Batch(examples, Math.max(1, left), noise)) {
      for (int epoch = 1; epoch <= plan.maxEpochs(); epoch++) {
        double train = epoch(whole, left == 0 ? null : rest);
        if (!Double.isFinite(train)) {
          return diverged();
        }
        judge(epoch, train);
        if (epoch - bestEpoch >= plan.patience()) {
          return End.NO_LONGER_BETTER;
        }
      }
      return End.ALL_EPOCHS;
    }
  }

  private End diverged() {
    if (best == null) {
      throw new IllegalStateException("loss grew without bound in the first epoch: lower the rate");
    }
    return End.DIVERGED;
  }

  private double epoch(Batch whole, @Nullable Batch rest) {
    shuffle();
    double sum = 0;
    int at = 0;
    for (; at + whole.rows() <= order.length; at += whole.rows()) {
      sum += step(whole, at);
    }
    if (rest != null) {
      sum += step(rest, at);
    }
    return sum / order.length;
  }

  private double step(Batch batch, int at) {
    if (watch.cancelled() || Thread.currentThread().isInterrupted()) {
      throw new CancellationException("training was given up after " + losses.size() + " epochs");
    }
    batch.fill(order, at, random);
    net.fit(batch.features(), batch.labels());
    pace.rest();
    return net.score() * batch.rows();
  }

  private void shuffle() {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
  }

  private void judge(int epoch, double train) {
    CompiledNet compiled = NetCompiler.compile(net, examples.steps());
    double validation = Scores.average(scores.net(compiled));
    losses.add(new EpochLoss(epoch, train, validation));
    watch.epoch(epoch, train, validation);
    if (best == null || validation < bestLoss * (1 - WORTHWHILE)) {
      best = compiled;
      bestLoss = validation;
      bestEpoch = epoch;
    }
    pace.rest();
  }

  CompiledNet best() {
    if (best == null) {
      throw new IllegalStateException("not trained yet");
    }
    return best;
  }

  int bestEpoch() {
    return bestEpoch;
  }

  List<EpochLoss> losses() {
    return losses;
  }

  Scores scores() {
    return scores;
  }

  /** Largest difference between the library's outputs and the compiled net's, as they are now. */
  double kernelDeviation() {
    CompiledNet now = NetCompiler.compile(net, examples.steps());
    int rows = Math.min(ROWS_COMPARED, examples.validationRows());
    int[] last = IntStream.range(examples.x().length - rows, examples.x().length).toArray();
    try (Batch batch = new Batch(examples, rows, 0)) {
      batch.fill(last, 0, random);
      try (INDArray output = net.output(batch.features(), false)) {
        return deviation(now, last, output.dup('c').data().asDouble());
      }
    }
  }

  private double deviation(CompiledNet now, int[] rows, double[] expected) {
    double[] out = new double[now.outputs()];
    double largest = 0;
    for (int r = 0; r < rows.length; r++) {
      now.run(examples.x()[rows[r]], out);
      for (int o = 0; o < out.length; o++) {
        largest = Math.max(largest, Math.abs(out[o] - expected[r * out.length + o]));
      }
    }
    return largest;
  }
}
