package io.deungdae.analytics.dl4j;

import io.deungdae.analytics.kernel.Activation;
import java.util.List;

/**
 * Shape of a dense regressor with a linear output layer.
 *
 * @param hidden widths of the hidden layers, first to last; none makes it a linear model
 * @param activation of the hidden layers; a smooth one (TANH, ELU, SOFTPLUS) where an optimiser
 *     follows its gradient
 */
public record RegressorShape(List<Integer> hidden, Activation activation) {

  /** Checks the widths. */
  public RegressorShape {
    hidden = List.copyOf(hidden);
    Widths.check(hidden);
  }
}
