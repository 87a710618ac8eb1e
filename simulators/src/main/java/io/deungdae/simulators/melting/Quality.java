package io.deungdae.simulators.melting;

/**
 * What becomes of the liquor: creamer from the dryer, by its moisture (INSP), its insoluble lumps
 * and its burnt particles.
 *
 * <pre>
 *   X = 3.193 + 0.13·ln(μ/μ_std) − 0.008·(s − 30) + 0.09·tanh((F − 1080)/270) + (a − 0.006)   %
 *   σ_X² = 0.008² + (0.03·c)² + a²
 * </pre>
 *
 * <p>μ viscosity as it goes to the nozzle, and of the product at its standing recipe: drops grow
 * with about μ^0.2 (Masters, Spray Drying Handbook, 5th ed., ch. 6) and large drops dry less; s
 * solids, %; F flow, kg/h: more water leaves the outlet air colder, and the dryer's own loop takes
 * out all but a thirtieth of it; a air, c cream, shares. A batch is good with X told from 3.18 to
 * 3.22 %, lumps up to 0.05 % and specks up to 10 mg/kg of solids. Lumps and specks scatter about
 * their means by 45 and 35 % (lognormal). The range of X is that of INSP in the published data; the
 * other limits are chosen.
 *
 * @param moisture X, %
 * @param scatter σ_X, %
 * @param lumps % of solids
 * @param specks mg/kg of solids
 */
record Quality(double moisture, double scatter, double lumps, double specks) {

  static final double DRIEST = 3.175;
  static final double WETTEST = 3.225;
  static final double LUMPS = 0.05;
  static final double SPECKS = 10;
  static final double LUMPS_SCATTER = 0.45;
  static final double SPECKS_SCATTER = 0.35;

  /** Of what is in the tank, at this flow (kg/h) to the dryer. */
  static Quality of(Vessel vessel, Product product, double feed) {
    double standard = product.thickness() * Liquor.viscosity(product.hold(), 0.30);
    double air = vessel.air();
    double moisture =
        3.193
            + 0.13 * Math.log(vessel.viscosity() / standard)
            - 0.008 * (100 * vessel.solids() - 30)
            + 0.09 * Math.tanh((feed - 1080) / 270)
            + (air - 0.006);
    double cream = 0.03 * vessel.cream();
    double scatter = Math.sqrt(0.008 * 0.008 + cream * cream + air * air);
    return new Quality(
        moisture, scatter, Math.max(1e-4, 100 * vessel.lumps()), Math.max(1e-3, vessel.specks()));
  }

  /** Chance that the batch is good. */
  double good() {
    double within = normal((WETTEST - moisture) / scatter) - normal((DRIEST - moisture) / scatter);
    return within
        * normal(Math.log(LUMPS / lumps) / LUMPS_SCATTER)
        * normal(Math.log(SPECKS / specks) / SPECKS_SCATTER);
  }

  /** Standard normal distribution, by Abramowitz and Stegun 26.2.17; good to 1e-7. */
  static double normal(double z) {
    double t = 1 / (1 + 0.2316419 * Math.abs(z));
    double poly =
        t
            * (0.319381530
                + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    double tail = 0.3989422804014327 * Math.exp(-z * z / 2) * poly;
    return z >= 0 ? 1 - tail : tail;
  }
}
