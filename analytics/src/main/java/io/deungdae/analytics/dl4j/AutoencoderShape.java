package io.deungdae.analytics.dl4j;

import io.deungdae.analytics.kernel.Activation;
import java.util.List;

/**
 * Shape of a dense autoencoder; its inputs and outputs are as many as a row has numbers, and its
 * output layer is linear.
 *
 * @param hidden widths of the hidden layers, first to last; the narrowest is the bottleneck
 * @param activation of the hidden layers
 * @param noise standard deviation of the noise added to the inputs while training, in standard
 *     deviations of the data; 0 for none. Some (0.1) keeps a wide net from copying its input.
 */
public record AutoencoderShape(List<Integer> hidden, Activation activation, double noise) {

  /** Checks the widths. */
  public AutoencoderShape {
    hidden = List.copyOf(hidden);
    Widths.check(hidden);
    if (hidden.isEmpty()) {
      throw new IllegalArgumentException("an autoencoder has a bottleneck");
    }
    if (!(noise >= 0 && noise < 10)) {
      throw new IllegalArgumentException("noise is " + noise + ", must be 0 to 10");
    }
  }

  /**
   * A usual one: in, twice the bottleneck, bottleneck, twice the bottleneck, out; tanh; a little
   * noise.
   *
   * @param bottleneck width of the narrowest layer
   */
  public static AutoencoderShape around(int bottleneck) {
    List<Integer> hidden = List.of(2 * bottleneck, bottleneck, 2 * bottleneck);
    return new AutoencoderShape(hidden, Activation.TANH, 0.1);
  }
}
