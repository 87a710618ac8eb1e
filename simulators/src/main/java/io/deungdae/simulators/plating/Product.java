package io.deungdae.simulators.plating;

/**
 * A steel part on its rack, and what its coating must be. Thickness classes are those of ISO 2081:
 * Fe/Zn 5 and Fe/Zn 8 are the least local thickness in µm.
 *
 * @param code what the PLC calls it, from 1
 * @param area surface on a rack, m²
 * @param parts parts on a rack
 * @param mass mass of a loaded rack, kg
 * @param least least local thickness, µm
 * @param most greatest local thickness that still fits its thread, µm
 * @param charge charge of the recipe, Ah/dm²
 * @param spread how much its shape spreads the primary current distribution, 1 for a flat part
 */
record Product(
    int code,
    double area,
    int parts,
    double mass,
    double least,
    double most,
    double charge,
    double spread) {

  private static final Product[] ALL = {
    new Product(1, 10.0, 120, 70, 5, 12, 0.465, 1.0),
    new Product(2, 8.6, 168, 55, 8, 17, 0.725, 0.92),
    new Product(3, 11.2, 96, 85, 5, 13, 0.505, 1.2)
  };

  /** The product with this code, 1 to {@link #count()}. */
  static Product of(int code) {
    return ALL[code - 1];
  }

  /** How many there are. */
  static int count() {
    return ALL.length;
  }
}
