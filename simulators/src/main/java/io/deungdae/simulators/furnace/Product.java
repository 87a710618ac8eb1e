package io.deungdae.simulators.furnace;

/**
 * A flat stamping of medium-carbon steel that the line hardens.
 *
 * @param code what the PLC calls it, from 1
 * @param mass kg per part
 * @param partsPerMetre parts on a metre of belt when it is loaded evenly
 * @param heating time constant of its heating in the furnace, s: m·c / (h·A), which for a plate of
 *     half thickness d is ρ·c·d/h; with ρ·c = 5.1 MJ/m³K and h = 110 W/m²K (radiation and forced
 *     convection within a loaded layer) 1.3 mm give 60 s
 */
record Product(int code, double mass, double partsPerMetre, double heating) {

  private static final Product[] ALL = {
    new Product(1, 0.200, 45, 58), new Product(2, 0.165, 50, 53), new Product(3, 0.240, 40, 63)
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
