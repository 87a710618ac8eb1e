package io.deungdae.simulators.furnace;

/**
 * What leaves the furnace with one cell of the belt.
 *
 * @param product what it is
 * @param mass kg
 * @param parts number of parts, not whole
 * @param temperature °C as it drops into the salt
 * @param undissolved share of carbide not yet in solution, 0 to 1
 * @param grain grain growth, 1 = ten minutes at 860 °C
 * @param heatingRate K/s at which it went through the transformation
 * @param carbon carbon at the surface, %
 * @param warp creep in an uneven furnace, (K/m)² for ten minutes
 */
record Charge(
    Product product,
    double mass,
    double parts,
    double temperature,
    double undissolved,
    double grain,
    double heatingRate,
    double carbon,
    double warp) {}
