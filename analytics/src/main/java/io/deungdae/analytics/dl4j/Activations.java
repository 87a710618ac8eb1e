package io.deungdae.analytics.dl4j;

import io.deungdae.analytics.kernel.Activation;
import java.util.Arrays;
import org.nd4j.linalg.activations.IActivation;

/** The library's activations and ours, side by side. */
final class Activations {

  private Activations() {}

  static IActivation dl4j(Activation activation) {
    return name(activation).getActivationFunction();
  }

  private static org.nd4j.linalg.activations.Activation name(Activation activation) {
    return switch (activation) {
      case IDENTITY -> org.nd4j.linalg.activations.Activation.IDENTITY;
      case RELU -> org.nd4j.linalg.activations.Activation.RELU;
      case LEAKY_RELU -> org.nd4j.linalg.activations.Activation.LEAKYRELU;
      case ELU -> org.nd4j.linalg.activations.Activation.ELU;
      case TANH -> org.nd4j.linalg.activations.Activation.TANH;
      case SIGMOID -> org.nd4j.linalg.activations.Activation.SIGMOID;
      case HARD_SIGMOID -> org.nd4j.linalg.activations.Activation.HARDSIGMOID;
      case SOFTPLUS -> org.nd4j.linalg.activations.Activation.SOFTPLUS;
      case SOFTSIGN -> org.nd4j.linalg.activations.Activation.SOFTSIGN;
    };
  }

  /** Ours for one with the library's default parameters, which are the only ones used here. */
  static Activation ours(IActivation activation) {
    return Arrays.stream(Activation.values())
        .filter(a -> dl4j(a).equals(activation))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no kernel for " + activation));
  }
}
