package io.deungdae.simulators.melting;

/**
 * What the liquor in the tank is like: a solution of creamer solids in water, by its temperature
 * (°C) and its solids (share of the mass, 0 to 0.6).
 *
 * <pre>
 *   c  = 4.18·(1 − s) + 1.70·s                              kJ/kgK
 *   1/ρ = (1 − s)/990 + s/1350                               m³/kg
 *   λ  = 0.60·(1 − s) + 0.22·s                              W/mK
 *   μ  = μ_w(T)·exp(5.54·s/(1 − 0.756·s))·exp(1200·s·(1/T − 1/353))   Pa·s
 *   μ_w = 2.414e-5·10^(247.8/(T − 140))                     Pa·s, T in K
 * </pre>
 *
 * <p>Heat capacity, density and conductivity are mixing rules as in Choi and Okos, Food Engineering
 * and Process Applications 1 (1986) 93, with mean values for fat, carbohydrate and protein. The
 * viscosity has the form of Mooney, J. Colloid Sci. 6 (1951) 162; its two constants give 5 mPa·s at
 * 46 °C and 30 % and 35 mPa·s at 80 °C and 51 %, the range of dairy concentrates. Water's viscosity
 * is the usual three-constant fit (Al-Shemmeri, Engineering Fluid Mechanics, 2012, p. 18).
 */
final class Liquor {

  /** Heat capacity of water, kJ/kgK. */
  static final double WATER = 4.18;

  /** Heat capacity of solids, kJ/kgK. */
  static final double SOLIDS = 1.70;

  private static final double KELVIN = 273.15;
  private static final double LN10 = Math.log(10);

  private Liquor() {}

  /** kJ/kgK. */
  static double heat(double solids) {
    return WATER * (1 - solids) + SOLIDS * solids;
  }

  /** kg/m³. */
  static double density(double solids) {
    return 1 / ((1 - solids) / 990 + solids / 1350);
  }

  /** W/mK. */
  static double conductivity(double solids) {
    return 0.60 * (1 - solids) + 0.22 * solids;
  }

  /** Pa·s. */
  static double viscosity(double temperature, double solids) {
    double kelvin = temperature + KELVIN;
    double exponent =
        LN10 * 247.8 / (kelvin - 140)
            + 5.54 * solids / (1 - 0.756 * solids)
            + 1200 * solids * (1 / kelvin - 1 / 353.0);
    return 2.414e-5 * Math.exp(exponent);
  }

  /** exp(−E/R·(1/T − 1/T0)); {@code energy} in J/mol, temperatures in °C. */
  static double arrhenius(double energy, double temperature, double reference) {
    return Math.exp(-energy / 8.314 * (1 / (temperature + KELVIN) - 1 / (reference + KELVIN)));
  }
}
