package io.deungdae.analytics.kernel;

import java.io.DataOutputStream;
import java.io.IOException;

/**
 * A fully connected layer, applied to each step of a sequence, or once to a vector (one step).
 * Immutable.
 */
public final class Dense implements Layer {

  static final int KIND = 1;

  private final int steps;
  private final int width;
  private final int units;
  private final Activation activation;
  private final double[] weights;
  private final double[] biases;

  /**
   * A new one.
   *
   * @param steps 1 for a vector
   * @param width inputs per step
   * @param units outputs per step
   * @param activation applied to every unit
   * @param weights {@code [input][unit]}, flattened, copied
   * @param biases one per unit, copied
   */
  public Dense(
      int steps, int width, int units, Activation activation, double[] weights, double[] biases) {
    this.steps = Shapes.positive("steps", steps);
    this.width = Shapes.positive("width", width);
    this.units = Shapes.positive("units", units);
    this.activation = activation;
    this.weights = Shapes.numbers("weights", weights, (long) width * units);
    this.biases = Shapes.numbers("biases", biases, units);
  }

  @Override
  public int inputs() {
    return steps * width;
  }

  @Override
  public int outputs() {
    return steps * units;
  }

  @Override
  public int scratch() {
    return 0;
  }

  @Override
  public void run(double[] in, double[] out, double[] scratch) {
    for (int t = 0; t < steps; t++) {
      int o = t * units;
      System.arraycopy(biases, 0, out, o, units);
      Axpy.forward(in, t * width, width, weights, 0, out, o, units);
    }
    activation.apply(out, 0, steps * units);
  }

  @Override
  public void back(
      double[] in, double[] out, double[] scratch, double[] outGradient, double[] inGradient) {
    Shapes.throughActivation(activation, out, outGradient, outputs());
    Shapes.clear(inGradient, inputs());
    for (int t = 0; t < steps; t++) {
      Axpy.backward(outGradient, t * units, units, weights, 0, inGradient, t * width, width);
    }
  }

  @Override
  public void write(DataOutputStream to) throws IOException {
    to.writeByte(KIND);
    NetFormat.writeInts(to, steps, width, units, activation.code());
    NetFormat.writeDoubles(to, weights);
    NetFormat.writeDoubles(to, biases);
  }

  static Dense read(NetFormat.Reader from) throws NetFormatException {
    int steps = from.dimension("steps");
    int width = from.dimension("width");
    int units = from.dimension("units");
    Activation activation = from.activation();
    double[] weights = from.doubles((long) width * units);
    return new Dense(steps, width, units, activation, weights, from.doubles(units));
  }
}
