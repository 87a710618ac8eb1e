package io.deungdae.analytics.dl4j;

import io.deungdae.analytics.kernel.CompiledNet;
import io.deungdae.analytics.kernel.Conv1d;
import io.deungdae.analytics.kernel.Dense;
import io.deungdae.analytics.kernel.Layer;
import io.deungdae.analytics.kernel.Lstm;
import io.deungdae.analytics.kernel.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.Convolution1DUtils;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Copies a trained net's weights into a compiled net. Knows how DL4J lays them out. */
final class NetCompiler {

  private final List<Layer> layers = new ArrayList<>();
  private int steps;

  private NetCompiler(int steps) {
    this.steps = steps;
  }

  /**
   * The net as plain arrays.
   *
   * @param net made from a {@link Blueprint}
   * @param steps steps of a window; 0 for a vector
   */
  static CompiledNet compile(MultiLayerNetwork net, int steps) {
    NetCompiler compiler = new NetCompiler(Math.max(1, steps));
    for (int i = 0; i < net.getnLayers(); i++) {
      // A wrapping layer answers conf() with what it wraps, so ask the net.
      compiler.add(
          net.getLayerWiseConfigurations().getConf(i).getLayer(), net.getLayer(i).paramTable());
    }
    return new CompiledNet(compiler.layers);
  }

  private void add(org.deeplearning4j.nn.conf.layers.Layer layer, Map<String, INDArray> weights) {
    if (layer instanceof LastTimeStep last) {
      add(last.getUnderlying(), weights);
      pool(Pool.Mode.LAST);
    } else if (layer instanceof GlobalPoolingLayer pooling
        && pooling.getPoolingType() == PoolingType.AVG) {
      pool(Pool.Mode.MEAN);
    } else if (layer instanceof LSTM lstm) {
      layers.add(lstm(lstm, weights));
    } else if (layer instanceof Convolution1DLayer convolution) {
      layers.add(convolution(convolution, weights));
    } else if (layer instanceof FeedForwardLayer dense) {
      layers.add(dense(dense, weights));
    } else {
      throw new IllegalArgumentException("no kernel for " + layer.getClass().getSimpleName());
    }
  }

  private void pool(Pool.Mode mode) {
    if (steps > 1) {
      layers.add(new Pool(steps, layers.get(layers.size() - 1).outputs() / steps, mode));
      steps = 1;
    }
  }

  private Dense dense(FeedForwardLayer layer, Map<String, INDArray> weights) {
    return new Dense(
        steps,
        (int) layer.getNIn(),
        (int) layer.getNOut(),
        Activations.ours(layer.getActivationFn()),
        numbers(weights, "W"), // [input, unit]
        numbers(weights, "b"));
  }

  private Lstm lstm(LSTM layer, Map<String, INDArray> weights) {
    return new Lstm(
        steps,
        (int) layer.getNIn(),
        (int) layer.getNOut(),
        Activations.ours(layer.getActivationFn()),
        Activations.ours(layer.getGateActivationFn()),
        numbers(weights, "W"), // [feature, a f o i · unit]
        numbers(weights, "RW"), // [unit before, a f o i · unit]
        numbers(weights, "b"));
  }

  private Conv1d convolution(Convolution1DLayer layer, Map<String, INDArray> weights) {
    boolean causal = layer.getConvolutionMode() == ConvolutionMode.Causal;
    Conv1d.Taps taps =
        new Conv1d.Taps(
            layer.getKernelSize()[0], layer.getStride()[0], layer.getDilation()[0], causal);
    INDArray tapped =
        Convolution1DUtils.reshapeWeightArrayOrGradientForFormat(
            array(weights, "W"), RNNFormat.NCW); // [tap, feature, filter]
    Conv1d conv =
        new Conv1d(
            steps,
            (int) layer.getNIn(),
            (int) layer.getNOut(),
            taps,
            Activations.ours(layer.getActivationFn()),
            numbers(tapped),
            numbers(weights, "b"));
    steps = taps.outputSteps(steps);
    return conv;
  }

  private static double[] numbers(Map<String, INDArray> weights, String name) {
    return numbers(array(weights, name));
  }

  private static INDArray array(Map<String, INDArray> weights, String name) {
    INDArray array = weights.get(name);
    if (array == null) {
      throw new IllegalArgumentException("no weights " + name + ", there are " + weights.keySet());
    }
    return array;
  }

  private static double[] numbers(INDArray array) {
    try (INDArray rows = array.dup('c')) {
      return rows.data().asDouble();
    }
  }
}
