package io.deungdae.analytics.dl4j;

import java.util.SplittableRandom;
import org.bytedeco.javacpp.DoublePointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Off-heap memory for one batch, filled again and again, so that a training leaves no garbage
 * behind that only the collector could free.
 */
final class Batch implements AutoCloseable {

  private final Examples examples;
  private final int rows;
  private final double noise;
  private final INDArray features;
  private final INDArray labels;
  private final double[] featureValues;
  private final double[] labelValues;

  Batch(Examples examples, int rows, double noise) {
    this.examples = examples;
    this.rows = rows;
    this.noise = noise;
    this.features =
        examples.steps() == 0
            ? Nd4j.create(DataType.DOUBLE, rows, examples.inputs())
            : Nd4j.create(
                DataType.DOUBLE,
                rows,
                examples.features(),
                examples.steps()); // [batch, feature, time]
    this.labels = Nd4j.create(DataType.DOUBLE, rows, examples.outputs());
    this.featureValues = new double[rows * examples.inputs()];
    this.labelValues = new double[rows * examples.outputs()];
  }

  int rows() {
    return rows;
  }

  INDArray features() {
    return features;
  }

  INDArray labels() {
    return labels;
  }

  /** Puts the rows that {@code order[from ..]} names in, with noise on the inputs. */
  void fill(int[] order, int from, SplittableRandom random) {
    for (int b = 0; b < rows; b++) {
      place(examples.x()[order[from + b]], b * examples.inputs());
      System.arraycopy(
          examples.y()[order[from + b]],
          0,
          labelValues,
          b * examples.outputs(),
          examples.outputs());
    }
    if (noise > 0) {
      for (int i = 0; i < featureValues.length; i++) {
        featureValues[i] += noise * random.nextGaussian();
      }
    }
    copy(featureValues, features);
    copy(labelValues, labels);
  }

  /** A row as it is, or a window turned from steps of features to features over time. */
  private void place(double[] row, int at) {
    int steps = examples.steps();
    if (steps == 0) {
      System.arraycopy(row, 0, featureValues, at, row.length);
      return;
    }
    int width = examples.features();
    for (int t = 0; t < steps; t++) {
      for (int f = 0; f < width; f++) {
        featureValues[at + f * steps + t] = row[t * width + f];
      }
    }
  }

  private static void copy(double[] from, INDArray to) {
    ((DoublePointer) to.data().addressPointer()).put(from, 0, from.length);
  }

  @Override
  public void close() {
    features.close();
    labels.close();
  }
}
