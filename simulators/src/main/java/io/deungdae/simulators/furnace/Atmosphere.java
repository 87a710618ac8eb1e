package io.deungdae.simulators.furnace;

import io.deungdae.simulators.plant.Severity;

/**
 * Carbon potential of the furnace gas: endothermic carrier gas with enriching gas through a valve.
 *
 * <pre>
 *   dCP/dt = (CP0 + g·u − a·d − CP)/τ
 * </pre>
 *
 * <p>CP0 = 0.22 %C carrier alone at 860 °C; g = 0.55 %C at full valve u; d door, a = 0.10 %C that
 * air draws away; τ = 60 s exchange of the furnace volume.
 */
final class Atmosphere {

  private static final double CARRIER = 0.22;
  private static final double ENRICHED = 0.55;
  private static final double AIR = 0.10;
  private static final double LAG = 60;

  private double potential;

  Atmosphere(double start) {
    potential = start;
  }

  /** Lets {@code dt} seconds pass. {@code valve} 0 to 1; {@code disturbance} in %C. */
  void step(double valve, double disturbance, Severity<FurnaceFault> faults, double dt) {
    double towards = CARRIER + ENRICHED * valve - AIR * faults.of(FurnaceFault.DOOR) + disturbance;
    potential += (towards - potential) * dt / LAG;
  }

  /** True carbon potential, %C. */
  double potential() {
    return potential;
  }
}
