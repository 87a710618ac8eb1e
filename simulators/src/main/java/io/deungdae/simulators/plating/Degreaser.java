package io.deungdae.simulators.plating;

/**
 * The hot degreaser before the bath: C dT/dt = P·u − k·(T − T_hall) − racks, C 8.3 MJ/K (2 m³), P
 * 36 kW, k 0.25 kW/K for walls and its evaporation together.
 */
final class Degreaser {

  private static final double CAPACITY = 8300;
  private static final double POWER = 36;
  private static final double LOSS = 0.25;

  /** Specific heat of steel, kJ/(kg·K) (CRC Handbook). */
  private static final double STEEL = 0.46;

  /** Share of the elements that a dead heater loses. */
  private static final double DEAD = 0.79;

  private double temperature = PlatingPlc.DEGREASER;
  private double power;

  void step(double duty, double hall, double dead, double dt) {
    power = POWER * duty * (1 - DEAD * dead);
    temperature += (power - LOSS * (temperature - hall)) * dt / CAPACITY;
  }

  /** A cold rack of so many kg goes through. */
  void rack(double mass, double hall) {
    temperature -= mass * STEEL * (temperature - hall) / CAPACITY;
  }

  /** Puts it to where so many racks an hour of so many kg leave it; for studies. */
  void settle(double lots, double mass, double hall, double dead) {
    double most = POWER * (1 - DEAD * dead) / (LOSS + lots * mass * STEEL / 3600);
    temperature = Math.min(PlatingPlc.DEGREASER, hall + most);
  }

  /** °C. */
  double temperature() {
    return temperature;
  }

  /** Electrical power, kW. */
  double power() {
    return power;
  }
}
