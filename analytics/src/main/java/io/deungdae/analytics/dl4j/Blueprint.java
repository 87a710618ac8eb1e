package io.deungdae.analytics.dl4j;

import io.deungdae.analytics.kernel.Activation;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * DL4J's configuration of a net. Weights are double, as in the compiled net, so that the two agree
 * to the last few bits and a difference means a mistake.
 */
final class Blueprint {

  private static final double LONGEST_GRADIENT = 5;

  private final TrainingPlan plan;
  private final List<Layer> layers = new ArrayList<>();

  private Blueprint(TrainingPlan plan) {
    this.plan = plan;
  }

  static MultiLayerConfiguration dense(
      List<Integer> hidden, Activation activation, int inputs, int outputs, TrainingPlan plan) {
    Blueprint blueprint = new Blueprint(plan);
    blueprint.addDense(hidden, activation);
    blueprint.addOutput(outputs);
    return blueprint.build(InputType.feedForward(inputs));
  }

  static MultiLayerConfiguration forecaster(
      ForecasterShape shape, int steps, int features, int outputs, TrainingPlan plan) {
    Blueprint blueprint = new Blueprint(plan);
    shape.convolutions().forEach(c -> blueprint.addConvolution(c, shape.activation()));
    List<Integer> dense = shape.dense();
    if (shape.lstmUnits() > 0) {
      blueprint.addLstm(shape.lstmUnits());
    } else {
      blueprint.addReadOut(steps, dense.get(0), shape.activation());
      dense = dense.subList(1, dense.size());
    }
    blueprint.addDense(dense, shape.activation());
    blueprint.addOutput(outputs);
    return blueprint.build(InputType.recurrent(features, steps));
  }

  private void addDense(List<Integer> widths, Activation activation) {
    for (int width : widths) {
      layers.add(
          new DenseLayer.Builder()
              .nOut(width)
              .activation(Activations.dl4j(activation))
              .weightInit(start(activation))
              .build());
    }
  }

  private void addConvolution(ForecasterShape.Convolution convolution, Activation activation) {
    layers.add(
        new Convolution1DLayer.Builder(convolution.taps())
            .nOut(convolution.filters())
            .dilation(convolution.dilation())
            .convolutionMode(ConvolutionMode.Causal)
            .activation(Activations.dl4j(activation))
            .weightInit(start(activation))
            .build());
  }

  private void addLstm(int units) {
    layers.add(
        new LastTimeStep(
            new LSTM.Builder().nOut(units).activation(Activations.dl4j(Activation.TANH)).build()));
  }

  /** A dense layer over all steps, as a convolution as long as the window; the mean is of one. */
  private void addReadOut(int steps, int units, Activation activation) {
    layers.add(
        new Convolution1DLayer.Builder(steps)
            .nOut(units)
            .convolutionMode(ConvolutionMode.Truncate)
            .activation(Activations.dl4j(activation))
            .weightInit(start(activation))
            .build());
    layers.add(new GlobalPoolingLayer(PoolingType.AVG));
  }

  private void addOutput(int outputs) {
    layers.add(
        new OutputLayer.Builder(LossFunction.MSE)
            .nOut(outputs)
            .activation(Activations.dl4j(Activation.IDENTITY))
            .build());
  }

  private static WeightInit start(Activation activation) {
    return switch (activation) {
      case RELU, LEAKY_RELU, ELU, SOFTPLUS -> WeightInit.RELU;
      case IDENTITY, TANH, SIGMOID, HARD_SIGMOID, SOFTSIGN -> WeightInit.XAVIER;
    };
  }

  private MultiLayerConfiguration build(InputType input) {
    NeuralNetConfiguration.ListBuilder list =
        new NeuralNetConfiguration.Builder()
            .seed(plan.seed())
            .dataType(DataType.DOUBLE)
            .updater(new Adam(plan.learningRate()))
            .l2(plan.l2())
            .weightInit(WeightInit.XAVIER)
            .gradientNormalization(GradientNormalization.ClipL2PerLayer)
            .gradientNormalizationThreshold(LONGEST_GRADIENT)
            .trainingWorkspaceMode(WorkspaceMode.ENABLED)
            .inferenceWorkspaceMode(WorkspaceMode.ENABLED)
            .list();
    layers.forEach(list::layer);
    return list.setInputType(input).build();
  }
}
