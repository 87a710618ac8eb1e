package io.deungdae.simulators.plant;

import java.util.Map;

/**
 * A finished cycle of a machine.
 *
 * @param number cycles of the machine, this one included
 * @param product code of what was made
 * @param good true when the part passed
 * @param goods good parts of the machine, this one included
 * @param bads bad parts of the machine, this one included
 * @param seconds length of the cycle
 * @param values what was measured in it, by the names of the signals that show the like
 */
public record Cycle(
    long number,
    int product,
    boolean good,
    long goods,
    long bads,
    double seconds,
    Map<String, Double> values) {

  public Cycle {
    values = Map.copyOf(values);
  }
}
