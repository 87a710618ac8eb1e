package io.deungdae.simulators.melting;

/**
 * A creamer that the tank makes.
 *
 * @param code its number, from 1
 * @param hold temperature of its standing recipe in the tank before the dryer, °C
 * @param stir agitator speed of its standing recipe in the tank before the dryer, rpm
 * @param lumping how much of its powder lumps when it is charged, 1 = 6 %
 * @param thickness its viscosity, 1 = that of {@link Liquor}
 */
record Product(int code, double hold, double stir, double lumping, double thickness) {

  private static final Product[] ALL = {
    new Product(1, 44.5, 15.5, 1.0, 1.0),
    new Product(2, 41.0, 13.5, 0.85, 0.9),
    new Product(3, 48.0, 18, 1.1, 1.1),
  };

  /** How many there are. */
  static int count() {
    return ALL.length;
  }

  /** The product of this code. */
  static Product of(int code) {
    return ALL[code - 1];
  }

  /** Its standing value of a setpoint; most setpoints are the same for all. */
  double standing(MeltingHandle handle) {
    return switch (handle) {
      case HOLD -> hold;
      case HOLD_SPEED -> stir;
      default -> handle.reference();
    };
  }
}
