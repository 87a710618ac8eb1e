package io.deungdae.analytics.kernel;

import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * A long short-term memory without peepholes, run over a whole sequence from a zero state; every
 * step's output comes out. The four gates of a unit block lie as input modulation (a), forget (f),
 * output (o), input (i). Immutable.
 */
public final class Lstm implements Layer {

  static final int KIND = 3;

  private final int steps;
  private final int features;
  private final int units;
  private final Activation activation;
  private final Activation gate;
  private final double[] weights;
  private final double[] recurrent;
  private final double[] biases;

  /**
   * A new one.
   *
   * @param steps length of the sequence
   * @param features features per step that go in
   * @param units features per step that come out
   * @param activation of the input modulation and of the cell on its way out
   * @param gate of the three gates
   * @param weights {@code [feature][a f o i][unit]}, flattened, copied
   * @param recurrent {@code [unit before][a f o i][unit]}, flattened, copied
   * @param biases {@code [a f o i][unit]}, flattened, copied
   */
  public Lstm(
      int steps,
      int features,
      int units,
      Activation activation,
      Activation gate,
      double[] weights,
      double[] recurrent,
      double[] biases) {
    this.steps = Shapes.positive("steps", steps);
    this.features = Shapes.positive("features", features);
    this.units = Shapes.positive("units", units);
    this.activation = activation;
    this.gate = gate;
    this.weights = Shapes.numbers("weights", weights, 4L * features * units);
    this.recurrent = Shapes.numbers("recurrent weights", recurrent, 4L * units * units);
    this.biases = Shapes.numbers("biases", biases, 4L * units);
  }

  @Override
  public int inputs() {
    return steps * features;
  }

  @Override
  public int outputs() {
    return steps * units;
  }

  /** Per step: four gates, the cell, and the cell through its activation; one state gradient. */
  @Override
  public int scratch() {
    return steps * perStep() + 2 * units;
  }

  private int perStep() {
    return 6 * units;
  }

  @Override
  public void run(double[] in, double[] out, double[] scratch) {
    for (int t = 0; t < steps; t++) {
      int z = t * perStep();
      System.arraycopy(biases, 0, scratch, z, 4 * units);
      Axpy.forward(in, t * features, features, weights, 0, scratch, z, 4 * units);
      if (t > 0) {
        Axpy.forward(out, (t - 1) * units, units, recurrent, 0, scratch, z, 4 * units);
      }
      activation.apply(scratch, z, z + units);
      gate.apply(scratch, z + units, z + 4 * units);
      cells(t, z, out, scratch);
    }
  }

  private void cells(int t, int z, double[] out, double[] scratch) {
    int cell = z + 4 * units;
    int squashed = cell + units;
    for (int u = 0; u < units; u++) {
      double kept = t == 0 ? 0 : scratch[z + units + u] * scratch[cell - perStep() + u];
      double value = kept + scratch[z + u] * scratch[z + 3 * units + u];
      scratch[cell + u] = value;
      scratch[squashed + u] = value;
    }
    activation.apply(scratch, squashed, squashed + units);
    for (int u = 0; u < units; u++) {
      out[t * units + u] = scratch[z + 2 * units + u] * scratch[squashed + u];
    }
  }

  @Override
  public void back(
      double[] in, double[] out, double[] scratch, double[] outGradient, double[] inGradient) {
    Shapes.clear(inGradient, inputs());
    int cellGradient = steps * perStep();
    Arrays.fill(scratch, cellGradient, cellGradient + units, 0);
    for (int t = steps - 1; t >= 0; t--) {
      int z = t * perStep();
      gateGradients(t, z, cellGradient, scratch, outGradient);
      Axpy.backward(scratch, z, 4 * units, weights, 0, inGradient, t * features, features);
      if (t > 0) {
        Axpy.backward(scratch, z, 4 * units, recurrent, 0, outGradient, (t - 1) * units, units);
      }
    }
  }

  /** Replaces the step's gates by the gradients of their sums, and moves the cell's one back. */
  private void gateGradients(int t, int z, int cellGradient, double[] s, double[] outGradient) {
    for (int u = 0; u < units; u++) {
      double a = s[z + u];
      double f = s[z + units + u];
      double o = s[z + 2 * units + u];
      double i = s[z + 3 * units + u];
      double squashed = s[z + 5 * units + u];
      double before = t == 0 ? 0 : s[z - perStep() + 4 * units + u];
      double dh = outGradient[t * units + u];
      double dc = s[cellGradient + u] + dh * o * activation.slopeAt(squashed);
      s[z + u] = dc * i * activation.slopeAt(a);
      s[z + units + u] = dc * before * gate.slopeAt(f);
      s[z + 2 * units + u] = dh * squashed * gate.slopeAt(o);
      s[z + 3 * units + u] = dc * a * gate.slopeAt(i);
      s[cellGradient + u] = dc * f;
    }
  }

  @Override
  public void write(DataOutputStream to) throws IOException {
    to.writeByte(KIND);
    NetFormat.writeInts(to, steps, features, units, activation.code(), gate.code());
    NetFormat.writeDoubles(to, weights);
    NetFormat.writeDoubles(to, recurrent);
    NetFormat.writeDoubles(to, biases);
  }

  static Lstm read(NetFormat.Reader from) throws NetFormatException {
    int steps = from.dimension("steps");
    int features = from.dimension("features");
    int units = from.dimension("units");
    Activation activation = from.activation();
    Activation gate = from.activation();
    double[] weights = from.doubles(4L * features * units);
    double[] recurrent = from.doubles(4L * units * units);
    double[] biases = from.doubles(4L * units);
    return new Lstm(steps, features, units, activation, gate, weights, recurrent, biases);
  }
}
