package io.deungdae.simulators.plating;

/**
 * Drag-out tank and running rinse after the bath.
 *
 * <p>Each rack carries a film of 0.18 L/m² from tank to tank (drag-out of racks with good drainage
 * lies at 0.05 to 0.2 L/m²: Kushner, Water and Waste Control for the Plating Shop). Tanks are
 * ideally mixed, 1500 L: V dc/dt = −q·c, q 60 and 400 L/h; the drag-out tank feeds the bath what
 * that has lost by evaporation.
 */
final class Rinses {

  private static final double VOLUME = 1500;
  private static final double RECOVERY = 60.0 / 3600;
  private static final double RINSE = 400.0 / 3600;

  private double recovered = 9;
  private double rinsed = 0.2;

  void step(double dt) {
    recovered -= recovered * RECOVERY * dt / VOLUME;
    rinsed -= rinsed * RINSE * dt / VOLUME;
  }

  /** A rack brings so many litres of bath with so many g/L through. */
  void rack(double litres, double zinc) {
    rinsed += litres * (recovered - rinsed) / VOLUME;
    recovered += litres * (zinc - recovered) / VOLUME;
  }

  /** The bath takes litres from the drag-out tank, which is filled up with water. */
  void taken(double litres) {
    recovered -= litres * recovered / VOLUME;
  }

  /** Zinc in the drag-out tank, g/L. */
  double recovered() {
    return recovered;
  }

  /** Zinc in the rinse, mg/L. */
  double rinsed() {
    return rinsed * 1000;
  }

  /**
   * Conductivity of the rinse, µS/cm: city water 150 and 2.1 per mg/L of zinc with its salts, by
   * molar conductivities.
   */
  double conductivity() {
    return 150 + 2.1 * rinsed();
  }

  /** Zinc that goes to the waste water in so many seconds, g. */
  double wasted(double dt) {
    return (recovered * RECOVERY + rinsed * RINSE) * dt;
  }

  /** Water that runs through, L/h. */
  static double water() {
    return (RECOVERY + RINSE) * 3600;
  }

  /** Puts the tanks to the steady state of so many litres of drag-out an hour. */
  void settle(double litres, double zinc) {
    recovered = litres * zinc / (litres + RECOVERY * 3600);
    rinsed = litres * recovered / (litres + RINSE * 3600);
  }
}
