package io.deungdae.simulators.plant;

import java.util.Map;

/** A plant that can tell what is true in it and no sensor shows. For judging a controller only. */
public interface Truthful {

  /**
   * True values by name, in reading order. {@code objective} is the money per good part; the others
   * are its pieces and true states behind sensors that may lie.
   */
  Map<String, Double> truth();
}
