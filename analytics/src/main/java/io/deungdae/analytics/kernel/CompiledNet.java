package io.deungdae.analytics.kernel;

import java.util.List;

/**
 * A trained network as plain arrays: runs without a library and without allocating.
 *
 * <p>One instance belongs to one thread, because its working memory is inside; {@link #copy()} is
 * cheap and shares the weights. A sequence goes in and comes out flattened step by step, {@code
 * [step][feature]}: the value of feature {@code f} at step {@code t} is at {@code t * features +
 * f}, oldest step first.
 */
public final class CompiledNet {

  private final List<Layer> layers;
  private final double[][] values;
  private final double[][] gradients;
  private final double[][] scratch;
  private final double[] outWeight;

  /**
   * A new one.
   *
   * @param layers at least one; each takes what the one before gives
   */
  public CompiledNet(List<? extends Layer> layers) {
    this.layers = List.copyOf(layers);
    checkChain(this.layers);
    int n = this.layers.size();
    this.values = new double[n + 1][];
    this.gradients = new double[n + 1][];
    this.scratch = new double[n][];
    this.values[0] = new double[inputs()];
    this.gradients[0] = new double[inputs()];
    for (int i = 0; i < n; i++) {
      Layer layer = this.layers.get(i);
      values[i + 1] = new double[layer.outputs()];
      gradients[i + 1] = new double[layer.outputs()];
      scratch[i] = new double[layer.scratch()];
    }
    this.outWeight = new double[outputs()];
  }

  private static void checkChain(List<Layer> layers) {
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("a net has at least one layer");
    }
    for (int i = 1; i < layers.size(); i++) {
      int given = layers.get(i - 1).outputs();
      int taken = layers.get(i).inputs();
      if (given != taken) {
        throw new IllegalArgumentException(
            "layer " + i + " takes " + taken + " numbers, layer " + (i - 1) + " gives " + given);
      }
    }
  }

  /** Another instance for another thread. Shares the weights; neither disturbs the other. */
  public CompiledNet copy() {
    return new CompiledNet(layers);
  }

  /** Length of the input. */
  public int inputs() {
    return layers.get(0).inputs();
  }

  /** Length of the output. */
  public int outputs() {
    return layers.get(layers.size() - 1).outputs();
  }

  /**
   * Works out the output. Allocates nothing. A NaN in the input makes NaN of what depends on it.
   *
   * @param in exactly {@link #inputs()} numbers, only read
   * @param out exactly {@link #outputs()} numbers, overwritten; may be the same array as {@code in}
   */
  public void run(double[] in, double[] out) {
    checkLength("input", in, inputs());
    checkLength("output", out, outputs());
    forward(in);
    System.arraycopy(values[layers.size()], 0, out, 0, out.length);
  }

  /**
   * The gradient of a weighted sum of the outputs with respect to each input, at {@code in}; by the
   * backward pass, so it costs about as much as one or two runs whatever the number of inputs.
   * Allocates nothing. At a kink (RELU at zero) it is the slope from below.
   *
   * @param in exactly {@link #inputs()} numbers, only read
   * @param outWeight weight of each output in the sum, only read
   * @param grad exactly {@link #inputs()} numbers, overwritten
   */
  public void inputGradient(double[] in, double[] outWeight, double[] grad) {
    checkLength("input", in, inputs());
    checkLength("output weights", outWeight, outputs());
    checkLength("gradient", grad, inputs());
    forward(in);
    backward(outWeight, grad);
  }

  /**
   * The derivative of every output with respect to every input, at {@code in}. Costs one run and
   * one backward pass per output. Allocates nothing.
   *
   * @param in exactly {@link #inputs()} numbers, only read
   * @param jacobian {@code [output][input]}, overwritten
   */
  public void jacobian(double[] in, double[][] jacobian) {
    checkLength("input", in, inputs());
    if (jacobian.length != outputs()) {
      throw new IllegalArgumentException(
          "jacobian has " + jacobian.length + " rows, must be " + outputs());
    }
    for (int o = 0; o < jacobian.length; o++) {
      checkLength("jacobian row", jacobian[o], inputs());
      outWeight[o] = 1;
      forward(in); // the backward pass of a recurrent layer uses its working memory up
      backward(outWeight, jacobian[o]);
      outWeight[o] = 0;
    }
  }

  private void forward(double[] in) {
    System.arraycopy(in, 0, values[0], 0, in.length);
    for (int i = 0; i < scratch.length; i++) {
      layers.get(i).run(values[i], values[i + 1], scratch[i]);
    }
  }

  private void backward(double[] outWeight, double[] grad) {
    int n = scratch.length;
    System.arraycopy(outWeight, 0, gradients[n], 0, outWeight.length);
    for (int i = n - 1; i >= 0; i--) {
      layers.get(i).back(values[i], values[i + 1], scratch[i], gradients[i + 1], gradients[i]);
    }
    System.arraycopy(gradients[0], 0, grad, 0, grad.length);
  }

  /** The net as bytes: compact, versioned, with a checksum; see {@link #fromBytes}. */
  public byte[] toBytes() {
    return NetFormat.write(layers);
  }

  /**
   * Reads what {@link #toBytes} wrote; the result gives the same outputs to the last bit.
   *
   * @param bytes the whole of it
   * @return the net
   * @throws NetFormatException when they are cut short, damaged, or of another format version
   */
  public static CompiledNet fromBytes(byte[] bytes) throws NetFormatException {
    List<Layer> layers = NetFormat.read(bytes);
    try {
      return new CompiledNet(layers);
    } catch (IllegalArgumentException e) {
      throw new NetFormatException(String.valueOf(e.getMessage()));
    }
  }

  private static void checkLength(String name, double[] values, int length) {
    if (values.length != length) {
      throw new IllegalArgumentException(
          name + " has " + values.length + " numbers, must be " + length);
    }
  }
}
