package io.deungdae.analytics.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.analytics.kernel.Activation;
import io.deungdae.analytics.kernel.CompiledNet;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class KernelAgainstDl4jTest {

  private static final double TOLERANCE = 1e-5;
  private static final int ROWS = 16;

  private final Random random = new Random(7);
  private final TrainingPlan plan = TrainingPlan.usual(7);

  @BeforeAll
  static void library() {
    Nd4jRuntime.prepare(1);
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void denseNetsAgree(Activation activation) {
    assertAgreement(Blueprint.dense(List.of(13, 5), activation, 9, 6, plan), 0, 9);
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void causalDilatedConvolutionsAgree(Activation activation) {
    List<ForecasterShape.Convolution> two =
        List.of(new ForecasterShape.Convolution(6, 3, 1), new ForecasterShape.Convolution(5, 2, 4));
    ForecasterShape shape = new ForecasterShape(two, 0, List.of(7), activation);
    assertAgreement(Blueprint.forecaster(shape, 12, 3, 2, plan), 12, 3);
  }

  @Test
  void lstmAgrees() {
    ForecasterShape shape = new ForecasterShape(List.of(), 11, List.of(), Activation.TANH);
    assertAgreement(Blueprint.forecaster(shape, 30, 4, 3, plan), 30, 4);
  }

  @Test
  void convolutionBeforeLstmBeforeDenseAgrees() {
    List<ForecasterShape.Convolution> one = List.of(new ForecasterShape.Convolution(6, 4, 2));
    ForecasterShape shape = new ForecasterShape(one, 9, List.of(5), Activation.ELU);
    assertAgreement(Blueprint.forecaster(shape, 20, 3, 2, plan), 20, 3);
  }

  @ParameterizedTest
  @EnumSource(
      value = Activation.class,
      names = {"TANH", "SOFTSIGN", "ELU", "SIGMOID"})
  void lstmWithOtherActivationsAgrees(Activation activation) {
    MultiLayerConfiguration conf =
        new NeuralNetConfiguration.Builder()
            .seed(3)
            .dataType(DataType.DOUBLE)
            .list()
            .layer(
                new LastTimeStep(
                    new LSTM.Builder()
                        .nOut(6)
                        .activation(Activations.dl4j(activation))
                        .gateActivationFunction(Activations.dl4j(Activation.HARD_SIGMOID))
                        .build()))
            .layer(
                new OutputLayer.Builder(LossFunction.MSE)
                    .nOut(2)
                    .activation(Activations.dl4j(Activation.IDENTITY))
                    .build())
            .setInputType(InputType.recurrent(3, 10))
            .build();
    assertAgreement(conf, 10, 3);
  }

  @Test
  void stridedConvolutionAveragedOverTimeAgrees() {
    MultiLayerConfiguration conf =
        new NeuralNetConfiguration.Builder()
            .seed(3)
            .dataType(DataType.DOUBLE)
            .list()
            .layer(
                new Convolution1DLayer.Builder(3)
                    .nOut(4)
                    .stride(2)
                    .convolutionMode(ConvolutionMode.Truncate)
                    .activation(Activations.dl4j(Activation.TANH))
                    .build())
            .layer(new GlobalPoolingLayer(PoolingType.AVG))
            .layer(
                new OutputLayer.Builder(LossFunction.MSE)
                    .nOut(2)
                    .activation(Activations.dl4j(Activation.IDENTITY))
                    .build())
            .setInputType(InputType.recurrent(3, 11))
            .build();
    assertAgreement(conf, 11, 3);
  }

  private void assertAgreement(MultiLayerConfiguration conf, int steps, int features) {
    MultiLayerNetwork net = new MultiLayerNetwork(conf);
    net.init();
    scatter(net);
    CompiledNet compiled = NetCompiler.compile(net, steps);
    int width = Math.max(1, steps) * features;
    double[][] rows = new double[ROWS][width];
    for (double[] row : rows) {
      for (int i = 0; i < width; i++) {
        row[i] = 2 * random.nextGaussian();
      }
    }
    Examples examples = new Examples(rows, new double[ROWS][1], steps, ROWS, 0);
    try (Batch batch = new Batch(examples, ROWS, 0)) {
      int[] order = IntStream.range(0, ROWS).toArray();
      batch.fill(order, 0, new SplittableRandom(1));
      double[] expected = net.output(batch.features(), false).dup('c').data().asDouble();
      double[] actual = new double[compiled.outputs()];
      double spread = 0;
      for (int r = 0; r < ROWS; r++) {
        compiled.run(rows[r], actual);
        double[] row = Arrays.copyOfRange(expected, r * actual.length, (r + 1) * actual.length);
        assertArrayEquals(row, actual, TOLERANCE);
        spread = Math.max(spread, Math.abs(actual[0] - expected[0])); // from the first row
      }
      assertTrue(spread > 0, "outputs do not depend on inputs");
    }
    assertEquals(width, compiled.inputs());
    net.close();
  }

  /** Random weights and biases, so that no row of zeros hides a mix-up. */
  private void scatter(MultiLayerNetwork net) {
    double[] values = new double[(int) net.numParams()];
    for (int i = 0; i < values.length; i++) {
      values[i] = 0.4 * random.nextGaussian();
    }
    try (INDArray params = Nd4j.createFromArray(values)) {
      net.setParams(params.reshape(1, values.length));
    }
  }
}
