package io.deungdae.bench;

import io.deungdae.analytics.kernel.Activation;
import io.deungdae.analytics.kernel.CompiledNet;
import io.deungdae.analytics.kernel.Dense;
import io.deungdae.analytics.kernel.Layer;
import io.deungdae.analytics.kernel.Lstm;
import io.deungdae.analytics.kernel.Pool;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The same net twice: as the library runs it and compiled. */
final class BenchNet {

  private final MultiLayerNetwork library;
  private final CompiledNet compiled;
  private final INDArray input;
  private final int steps;

  private BenchNet(MultiLayerNetwork library, CompiledNet compiled, INDArray input, int steps) {
    this.library = library;
    this.compiled = compiled;
    this.input = input;
    this.steps = steps;
  }

  static BenchNet dense(int... widths) {
    NeuralNetConfiguration.ListBuilder list = list();
    for (int i = 1; i < widths.length - 1; i++) {
      list.layer(new DenseLayer.Builder().nOut(widths[i]).activation(tanh()).build());
    }
    list.layer(output(widths[widths.length - 1]));
    MultiLayerNetwork net =
        new MultiLayerNetwork(list.setInputType(InputType.feedForward(widths[0])).build());
    net.init();
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < net.getnLayers(); i++) {
      Activation activation = i < net.getnLayers() - 1 ? Activation.TANH : Activation.IDENTITY;
      layers.add(dense(net, i, widths[i], widths[i + 1], activation));
    }
    INDArray input = Nd4j.create(DataType.DOUBLE, 1, widths[0]);
    return new BenchNet(net, new CompiledNet(layers), input, 1);
  }

  static BenchNet lstm(int steps, int features, int units) {
    MultiLayerNetwork net =
        new MultiLayerNetwork(
            list()
                .layer(new LastTimeStep(new LSTM.Builder().nOut(units).activation(tanh()).build()))
                .layer(output(1))
                .setInputType(InputType.recurrent(features, steps))
                .build());
    net.init();
    Lstm lstm =
        new Lstm(
            steps,
            features,
            units,
            Activation.TANH,
            Activation.SIGMOID,
            numbers(net, "0_W"),
            numbers(net, "0_RW"),
            numbers(net, "0_b"));
    List<Layer> layers =
        List.of(
            lstm,
            new Pool(steps, units, Pool.Mode.LAST),
            dense(net, 1, units, 1, Activation.IDENTITY));
    INDArray input = Nd4j.create(DataType.DOUBLE, 1, features, steps); // [batch, feature, time]
    return new BenchNet(net, new CompiledNet(layers), input, steps);
  }

  private static NeuralNetConfiguration.ListBuilder list() {
    return new NeuralNetConfiguration.Builder().seed(1).dataType(DataType.DOUBLE).list();
  }

  private static OutputLayer output(int outputs) {
    return new OutputLayer.Builder(LossFunction.MSE)
        .nOut(outputs)
        .activation(org.nd4j.linalg.activations.Activation.IDENTITY)
        .build();
  }

  private static org.nd4j.linalg.activations.Activation tanh() {
    return org.nd4j.linalg.activations.Activation.TANH;
  }

  private static Dense dense(
      MultiLayerNetwork net, int layer, int inputs, int outputs, Activation activation) {
    return new Dense(
        1, inputs, outputs, activation, numbers(net, layer + "_W"), numbers(net, layer + "_b"));
  }

  private static double[] numbers(MultiLayerNetwork net, String name) {
    return net.getParam(name).dup('c').data().asDouble();
  }

  CompiledNet compiled() {
    return compiled;
  }

  /** One row in, as a caller of the library has to: copied off the heap, then run. */
  INDArray libraryOutput(double[] row) {
    int features = row.length / steps;
    for (int t = 0; t < steps; t++) {
      for (int f = 0; f < features; f++) {
        input.data().put((long) f * steps + t, row[t * features + f]);
      }
    }
    return library.output(input, false);
  }
}
