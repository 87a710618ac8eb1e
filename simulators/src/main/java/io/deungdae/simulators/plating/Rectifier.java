package io.deungdae.simulators.plating;

import io.deungdae.simulators.plant.Severity;

/**
 * A six-pulse thyristor rectifier under current control, 8 V and 5.6 kA.
 *
 * <p>Ripple of a full six-pulse bridge is 4.2 % of the mean (rms), of one with a phase lost 26 %
 * after its choke (Mohan, Undeland and Robbins, Power Electronics, ch. 6, scaled by the choke).
 * Losses: 0.35 kW standing, 0.9 V across the thyristors, 12 µΩ: about 79 % efficiency at 4 V, as
 * data sheets of low-voltage thyristor rectifiers say.
 */
final class Rectifier {

  /** Greatest voltage, V. */
  static final double VOLTAGE = 8;

  private static final double CURRENT = 5.6;
  private static final double FOLLOWS = 1.5;

  private double current;
  private double voltage;
  private double ripple = 0.042;
  private double power;

  /** Follows the demand in kA over one step of {@code dt} seconds. */
  void step(double demand, Cell cell, Severity<PlatingFault> faults, double dt) {
    double phase = faults.of(PlatingFault.PHASE);
    double most = CURRENT * (1 - 0.41 * phase);
    double wanted = Math.min(Math.min(demand, most), cell.currentAt(VOLTAGE));
    current = demand <= 0 ? 0 : current + (wanted - current) * Math.min(1, dt / FOLLOWS);
    voltage = cell.voltage(current);
    ripple = 0.042 + 0.18 * faults.of(PlatingFault.RIPPLE) + 0.22 * phase;
    power = current > 0 ? heat() + 0.35 + 0.9 * current + 0.012 * current * current : 0.05;
  }

  /** Electrical power that reaches the bath, kW; ripple adds its square. */
  double heat() {
    return current * voltage * (1 + ripple * ripple);
  }

  /** Mean current, kA. */
  double current() {
    return current;
  }

  /** Mean voltage, V. */
  double voltage() {
    return voltage;
  }

  /** Effective ripple as a share of the mean. */
  double ripple() {
    return ripple;
  }

  /** Power taken from the mains, kW. */
  double power() {
    return power;
  }
}
