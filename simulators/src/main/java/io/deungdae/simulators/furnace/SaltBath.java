package io.deungdae.simulators.furnace;

import io.deungdae.simulators.plant.Severity;

/**
 * The quench: one well-stirred bath of nitrate salt.
 *
 * <pre>
 *   M·c·dT/dt = Q − UA·(T − T_amb) − K·u⁺·(T − T_amb) + P·u⁻
 * </pre>
 *
 * <p>M = 280 kg, c = 1.5 kJ/kgK (NaNO3–KNO3 melt); Q heat that hot parts bring, kW; UA = 0.010
 * kW/K; K = 0.075 kW/K conductance of the air cooler at full fan; P = 9 kW immersion heater; u from
 * −1 (full heating) to 1 (full cooling). Hot parts give up their heat over a minute in the bath.
 */
final class SaltBath {

  private static final double CAPACITY = 280 * 1.5;
  private static final double LOSS = 0.010;
  private static final double COOLER = 0.075;
  private static final double HEATER = 9;
  private static final double QUENCH_TIME = 60;

  private double temperature;
  private double pending;
  private double taken;

  SaltBath(double start) {
    temperature = start;
  }

  /** A charge drops in. */
  void drop(Charge charge) {
    pending += charge.mass() * Belt.HEAT * (charge.temperature() - temperature);
  }

  /**
   * Lets {@code dt} seconds pass.
   *
   * @param effort −1 full heating to 1 full cooling
   */
  void step(double effort, double ambient, Severity<FurnaceFault> faults, double dt) {
    double quench = pending / QUENCH_TIME;
    pending -= quench * dt;
    taken += quench * dt;
    double cooler = COOLER * (1 - 0.67 * faults.of(FurnaceFault.SALT_COOLER));
    double over = temperature - ambient;
    double flow = quench - LOSS * over - cooler * Math.max(0, effort) * over + heating(effort);
    temperature += flow / CAPACITY * dt;
  }

  /** °C. */
  double temperature() {
    return temperature;
  }

  /** Power of the immersion heater, kW. */
  static double heating(double effort) {
    return HEATER * Math.max(0, -effort);
  }

  /** Heat that parts have brought so far, kJ. */
  double taken() {
    return taken;
  }
}
