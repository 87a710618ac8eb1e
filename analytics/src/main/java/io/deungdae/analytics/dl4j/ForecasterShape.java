package io.deungdae.analytics.dl4j;

import io.deungdae.analytics.kernel.Activation;
import java.util.List;

/**
 * Shape of a net that reads a window and gives a vector: causal convolutions, then an LSTM of which
 * the last step counts, then dense layers and a linear output layer. Without an LSTM, the first
 * dense layer sees every step.
 *
 * @param convolutions first to last; may be none
 * @param lstmUnits width of the LSTM; 0 for none
 * @param dense widths of the dense layers before the output; at least one without an LSTM
 * @param activation of convolutions and dense layers; the LSTM has tanh and sigmoid
 */
public record ForecasterShape(
    List<Convolution> convolutions, int lstmUnits, List<Integer> dense, Activation activation) {

  /** Checks that there is something that looks along time. */
  public ForecasterShape {
    convolutions = List.copyOf(convolutions);
    dense = List.copyOf(dense);
    Widths.check(dense);
    if (lstmUnits < 0 || lstmUnits > 4096) {
      throw new IllegalArgumentException("LSTM of width " + lstmUnits + ", must be 0 to 4096");
    }
    if (convolutions.isEmpty() && lstmUnits == 0) {
      throw new IllegalArgumentException("neither a convolution nor an LSTM");
    }
    if (dense.isEmpty() && lstmUnits == 0) {
      throw new IllegalArgumentException("neither an LSTM nor a dense layer to read the steps");
    }
  }

  /**
   * A causal convolution along time with stride 1.
   *
   * @param filters features that come out
   * @param taps steps it looks at
   * @param dilation steps from one tap to the next
   */
  public record Convolution(int filters, int taps, int dilation) {
    /** Checks the numbers. */
    public Convolution {
      Widths.check(List.of(filters, taps, dilation));
    }
  }
}
