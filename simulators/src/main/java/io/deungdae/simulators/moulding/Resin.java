package io.deungdae.simulators.moulding;

/**
 * A thermoplastic melt: Cross-WLF viscosity, two-domain Tait pvT, heat.
 *
 * <pre>
 * eta(g, T) = eta0 / (1 + (eta0 g / tauStar)^(1-n)),
 * eta0(T)   = D1 exp(-A1 (T - D2) / (A2 + T - D2))
 * v(p, T)   = (b1 + b2 (T - b5)) (1 - 0.0894 ln(1 + p / B(T))),  B = b3 exp(-b4 (T - b5))
 * </pre>
 *
 * with {@code b2} of the melt above the transition {@code b5 + b6 p} and of the solid below it.
 *
 * @param n power-law index at high shear rate
 * @param tauStar stress at the onset of shear thinning, Pa
 * @param d1 viscosity at {@code d2}, Pa·s
 * @param d2 glass transition, K
 * @param a1 WLF constant
 * @param a2 WLF constant, K
 * @param b1 specific volume at {@code b5} and no pressure, m³/kg
 * @param b2Melt expansion of the melt, m³/(kg·K)
 * @param b2Solid expansion of the solid, m³/(kg·K)
 * @param b3 bulk stiffness at {@code b5}, Pa
 * @param b4 its fall with temperature, 1/K
 * @param b5 transition without pressure, K
 * @param b6 rise of the transition with pressure, K/Pa
 * @param heat specific heat, J/(kg·K)
 * @param diffusivity thermal diffusivity, m²/s
 */
record Resin(
    double n,
    double tauStar,
    double d1,
    double d2,
    double a1,
    double a2,
    double b1,
    double b2Melt,
    double b2Solid,
    double b3,
    double b4,
    double b5,
    double b6,
    double heat,
    double diffusivity) {

  private static final double KELVIN = 273.15;

  /** Universal constant of the Tait equation. */
  private static final double TAIT = 0.0894;

  /**
   * General purpose ABS. Viscosity: Cycolac MG47, D. O. Kazmer, Injection Mold Design Engineering,
   * appendix A. Volume: fitted to 1.04 g/cm³ at 25 °C and 0.945 g/cm³ at 230 °C, with the stiffness
   * usual for ABS. Diffusivity: 0.087 mm²/s, usual for ABS.
   */
  static final Resin ABS =
      new Resin(
          0.247, 9.97e4, 1.93e13, 373.15, 31.4, 51.6, 9.77e-4, 6.2e-7, 2.4e-7, 1.7e8, 4.5e-3,
          373.15, 2.5e-7, 2300, 8.7e-8);

  /** Viscosity in Pa·s at a shear rate in 1/s and a melt temperature in °C. */
  double viscosity(double shearRate, double celsius) {
    double above = celsius + KELVIN - d2;
    double zero = d1 * Math.exp(-a1 * above / (a2 + above));
    return zero / (1 + Math.pow(zero * shearRate / tauStar, 1 - n));
  }

  /** Specific volume in m³/kg at a pressure in Pa and a temperature in °C. */
  double volume(double pascal, double celsius) {
    double above = celsius + KELVIN - b5;
    double expansion = above > b6 * pascal ? b2Melt : b2Solid;
    double stiffness = b3 * Math.exp(-b4 * above);
    return (b1 + expansion * above) * (1 - TAIT * Math.log(1 + pascal / stiffness));
  }
}
