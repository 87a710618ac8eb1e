package io.deungdae.simulators.plant;

import java.util.function.Consumer;

/** A machine that works in cycles and tells each as it ends. */
public interface Cyclic {

  /** True when there are cycles to be told; never changes. */
  default boolean cyclic() {
    return true;
  }

  /**
   * Has every cycle told from now on, on the thread that steps the plant and while it does so: must
   * be short, must not throw and must not use the plant.
   */
  void listen(Consumer<Cycle> listener);
}
