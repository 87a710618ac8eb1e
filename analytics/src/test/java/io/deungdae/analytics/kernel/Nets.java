package io.deungdae.analytics.kernel;

import java.util.List;
import java.util.Random;

/** Nets with random weights, for tests. */
final class Nets {

  private Nets() {}

  static CompiledNet dense(Activation activation, long seed) {
    Random random = new Random(seed);
    return new CompiledNet(
        List.of(
            new Dense(1, 7, 9, activation, numbers(random, 63), numbers(random, 9)),
            new Dense(1, 9, 4, Activation.IDENTITY, numbers(random, 36), numbers(random, 4))));
  }

  /** Convolution, LSTM, mean over time, dense: every kind of layer. 12 steps of 3 features. */
  static CompiledNet everyKind(long seed) {
    Random random = new Random(seed);
    Conv1d.Taps causal = new Conv1d.Taps(3, 1, 2, true);
    Conv1d.Taps strided = new Conv1d.Taps(2, 2, 1, false);
    return new CompiledNet(
        List.of(
            new Conv1d(12, 3, 5, causal, Activation.TANH, numbers(random, 45), numbers(random, 5)),
            new Conv1d(12, 5, 4, strided, Activation.ELU, numbers(random, 40), numbers(random, 4)),
            new Lstm(
                6,
                4,
                5,
                Activation.TANH,
                Activation.SIGMOID,
                numbers(random, 80),
                numbers(random, 100),
                numbers(random, 20)),
            new Pool(6, 5, Pool.Mode.MEAN),
            new Dense(1, 5, 2, Activation.SOFTPLUS, numbers(random, 10), numbers(random, 2))));
  }

  static double[] numbers(Random random, int count) {
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = 0.6 * random.nextGaussian();
    }
    return numbers;
  }
}
