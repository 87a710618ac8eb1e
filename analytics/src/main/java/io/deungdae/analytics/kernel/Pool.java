package io.deungdae.analytics.kernel;

import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/** Makes a vector of a sequence. Immutable. */
public final class Pool implements Layer {

  static final int KIND = 4;

  /** How. */
  public enum Mode {
    /** The last step's features. */
    LAST(0),
    /** Each feature's mean over the steps. */
    MEAN(1);

    private final int code;

    Mode(int code) {
      this.code = code;
    }
  }

  private final int steps;
  private final int features;
  private final Mode mode;

  /**
   * A new one.
   *
   * @param steps length of the sequence
   * @param features features per step
   * @param mode how
   */
  public Pool(int steps, int features, Mode mode) {
    this.steps = Shapes.positive("steps", steps);
    this.features = Shapes.positive("features", features);
    this.mode = mode;
  }

  @Override
  public int inputs() {
    return steps * features;
  }

  @Override
  public int outputs() {
    return features;
  }

  @Override
  public int scratch() {
    return 0;
  }

  @Override
  public void run(double[] in, double[] out, double[] scratch) {
    System.arraycopy(in, (steps - 1) * features, out, 0, features);
    if (mode == Mode.LAST) {
      return;
    }
    for (int t = 0; t < steps - 1; t++) {
      for (int f = 0; f < features; f++) {
        out[f] += in[t * features + f];
      }
    }
    for (int f = 0; f < features; f++) {
      out[f] /= steps;
    }
  }

  @Override
  public void back(
      double[] in, double[] out, double[] scratch, double[] outGradient, double[] inGradient) {
    Shapes.clear(inGradient, inputs());
    int first = mode == Mode.LAST ? steps - 1 : 0;
    double share = 1.0 / (steps - first);
    for (int t = first; t < steps; t++) {
      for (int f = 0; f < features; f++) {
        inGradient[t * features + f] = outGradient[f] * share;
      }
    }
  }

  @Override
  public void write(DataOutputStream to) throws IOException {
    to.writeByte(KIND);
    NetFormat.writeInts(to, steps, features, mode.code);
  }

  static Pool read(NetFormat.Reader from) throws NetFormatException {
    int steps = from.dimension("steps");
    int features = from.dimension("features");
    return new Pool(steps, features, mode(from));
  }

  private static Mode mode(NetFormat.Reader from) throws NetFormatException {
    int code = from.between("pool mode", 0, Mode.values().length - 1);
    return Arrays.stream(Mode.values()).filter(m -> m.code == code).findFirst().orElseThrow();
  }
}
