package io.deungdae.simulators.plating;

/**
 * Filter pump and cartridge, and the particles in the bath.
 *
 * <p>Pump: p = 120 kPa·(1 − (q/12 m³/h)²); cartridge: p = 3.75 kPa·h/m³·r·q, where r grows with
 * what it has caught (Darcy). Particles: V dc/dt = s − 0.5·q·c; s is anode sludge, 1.5 g/kAh, and
 * dust, 1 g/h.
 */
final class Filter {

  /** Flow through a new cartridge, m³/h. */
  static final double CLEAN_FLOW = 9.96;

  private static final double HEAD = 120;
  private static final double RUN_OUT = 12;
  private static final double RESISTANCE = 3.75;
  private static final double HOLDS = 200;
  private static final double SLUDGE = 1.5;
  private static final double DUST = 1;
  private static final double CAUGHT = 0.5;

  private double load;
  private double particles = 1.2;
  private double flow = CLEAN_FLOW;
  private double pressure;

  void step(double current, double volume, double clogged, double dt) {
    double r = (1 + load / HOLDS + 16 * clogged) * RESISTANCE;
    double bend = HEAD / (RUN_OUT * RUN_OUT);
    flow = (Math.sqrt(r * r + 4 * bend * HEAD) - r) / (2 * bend);
    pressure = r * flow;
    double hours = dt / 3600;
    double caught = CAUGHT * flow * particles * hours;
    particles += ((SLUDGE * current + DUST) * hours - caught) / (volume / 1000);
    load += caught;
  }

  /** Puts a new cartridge in. */
  void change() {
    load = 0;
  }

  /** m³/h. */
  double flow() {
    return flow;
  }

  /** Across the cartridge, kPa. */
  double pressure() {
    return pressure;
  }

  /** mg/L. */
  double particles() {
    return particles;
  }
}
