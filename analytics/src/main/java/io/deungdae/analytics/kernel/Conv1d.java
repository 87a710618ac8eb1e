package io.deungdae.analytics.kernel;

import java.io.DataOutputStream;
import java.io.IOException;

/**
 * A convolution along time. The output at step {@code t} sees the inputs at {@code t * stride - pad
 * + k * dilation} for each tap {@code k}; inputs before the first step count as zero. Immutable.
 */
public final class Conv1d implements Layer {

  static final int KIND = 2;

  /**
   * Where the taps lie.
   *
   * @param taps kernel length
   * @param stride steps from one output to the next
   * @param dilation steps from one tap to the next
   * @param causal true: zeros are put before the first step so that each output sees its own step
   *     and earlier ones only; false: only full windows give an output
   */
  public record Taps(int taps, int stride, int dilation, boolean causal) {
    public Taps {
      Shapes.positive("taps", taps);
      Shapes.positive("stride", stride);
      Shapes.positive("dilation", dilation);
    }

    int reach() {
      return (taps - 1) * dilation;
    }

    /**
     * Steps that come out.
     *
     * @param steps steps that go in
     * @return at least 1
     * @throws IllegalArgumentException when the sequence is shorter than the window
     */
    public int outputSteps(int steps) {
      int room = causal ? steps : steps - reach();
      if (room < 1) {
        throw new IllegalArgumentException(
            "window of " + (reach() + 1) + " steps on a sequence of " + steps);
      }
      return (room - 1) / stride + 1;
    }
  }

  private final int steps;
  private final int features;
  private final int filters;
  private final Taps taps;
  private final Activation activation;
  private final double[] weights;
  private final double[] biases;
  private final int outSteps;

  /**
   * A new one.
   *
   * @param steps length of the sequence
   * @param features features per step that go in
   * @param filters features per step that come out
   * @param taps where the taps lie
   * @param activation applied to every filter
   * @param weights {@code [tap][feature][filter]}, flattened, copied
   * @param biases one per filter, copied
   */
  public Conv1d(
      int steps,
      int features,
      int filters,
      Taps taps,
      Activation activation,
      double[] weights,
      double[] biases) {
    this.steps = Shapes.positive("steps", steps);
    this.features = Shapes.positive("features", features);
    this.filters = Shapes.positive("filters", filters);
    this.taps = taps;
    this.activation = activation;
    this.weights = Shapes.numbers("weights", weights, (long) taps.taps() * features * filters);
    this.biases = Shapes.numbers("biases", biases, filters);
    this.outSteps = taps.outputSteps(steps);
  }

  @Override
  public int inputs() {
    return steps * features;
  }

  @Override
  public int outputs() {
    return outSteps * filters;
  }

  @Override
  public int scratch() {
    return 0;
  }

  @Override
  public void run(double[] in, double[] out, double[] scratch) {
    for (int t = 0; t < outSteps; t++) {
      int o = t * filters;
      System.arraycopy(biases, 0, out, o, filters);
      for (int k = 0; k < taps.taps(); k++) {
        int s = source(t, k);
        if (s >= 0) {
          Axpy.forward(in, s * features, features, weights, row(k), out, o, filters);
        }
      }
    }
    activation.apply(out, 0, outputs());
  }

  @Override
  public void back(
      double[] in, double[] out, double[] scratch, double[] outGradient, double[] inGradient) {
    Shapes.throughActivation(activation, out, outGradient, outputs());
    Shapes.clear(inGradient, inputs());
    for (int t = 0; t < outSteps; t++) {
      for (int k = 0; k < taps.taps(); k++) {
        int s = source(t, k);
        if (s >= 0) {
          Axpy.backward(
              outGradient,
              t * filters,
              filters,
              weights,
              row(k),
              inGradient,
              s * features,
              features);
        }
      }
    }
  }

  private int source(int t, int k) {
    return t * taps.stride() + k * taps.dilation() - (taps.causal() ? taps.reach() : 0);
  }

  private int row(int k) {
    return k * features * filters;
  }

  @Override
  public void write(DataOutputStream to) throws IOException {
    to.writeByte(KIND);
    NetFormat.writeInts(to, steps, features, filters, taps.taps(), taps.stride());
    NetFormat.writeInts(to, taps.dilation(), taps.causal() ? 1 : 0, activation.code());
    NetFormat.writeDoubles(to, weights);
    NetFormat.writeDoubles(to, biases);
  }

  static Conv1d read(NetFormat.Reader from) throws NetFormatException {
    int steps = from.dimension("steps");
    int features = from.dimension("features");
    int filters = from.dimension("filters");
    int taps = from.dimension("taps");
    Taps where = new Taps(taps, from.dimension("stride"), from.dimension("dilation"), from.flag());
    Activation activation = from.activation();
    double[] weights = from.doubles((long) taps * features * filters);
    double[] biases = from.doubles(filters);
    return new Conv1d(steps, features, filters, where, activation, weights, biases);
  }
}
