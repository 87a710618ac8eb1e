package io.deungdae.simulators.furnace;

import io.deungdae.simulators.plant.Severity;

/**
 * Quality of a charge after the quench.
 *
 * <pre>
 *   H = 48.7 − 0.10·(T_s − 332) + 24·(c − 0.465) − 60·U − 1.2·A
 *   D = 0.26·G² + 0.022 + 0.0008·(T − 840) + 0.05·r
 *       + 1.6e-5·W − 0.0025·(T_s − 332)
 *   σ_H² = 0.65² + (22·(c − 0.465))² + (18·U)² + (0.5·A)²
 * </pre>
 *
 * <p>H hardness, HRC; T_s salt, °C; c surface carbon, %; U undissolved share; A weakness of the
 * agitator; D distortion, mm; G grain growth; T temperature at the drop, °C; r heating rate through
 * the transformation, K/s; W creep in an uneven furnace. Lower bainite softens by about 1 HRC in 10
 * °C of bath temperature and hardness rises about 2.4 HRC in 0.1 %C at this carbon (ASM Handbook
 * 4A, austempering of steel; Krauss, Steels, ch. 16). Part by part both spread normally; a part is
 * good when 44.5 ≤ H ≤ 49.5 and D ≤ 0.30. A share of 0.3 % is lost to handling.
 *
 * @param hardness mean, HRC
 * @param distortion mean, mm
 * @param scrap share of bad parts, 0 to 1
 */
record Quality(double hardness, double distortion, double scrap) {

  /** Lowest good hardness, HRC. */
  static final double HARDNESS_LOW = 44.5;

  /** Highest good hardness, HRC. */
  static final double HARDNESS_HIGH = 49.5;

  /** Greatest good distortion, mm. */
  static final double DISTORTION_HIGH = 0.30;

  private static final double DISTORTION_SPREAD = 0.028;
  private static final double HANDLING = 0.003;

  /** Quality of a charge quenched at the given bath temperature, °C. */
  static Quality of(Charge charge, double salt, Severity<FurnaceFault> faults) {
    double still = faults.of(FurnaceFault.SALT_AGITATOR);
    double lean = charge.carbon() - Belt.CARBON;
    double hardness =
        48.7 - 0.10 * (salt - 332) + 24 * lean - 60 * charge.undissolved() - 1.2 * still;
    double distortion =
        0.022
            + 0.26 * square(charge.grain())
            + 0.0008 * (charge.temperature() - 840)
            + 0.05 * charge.heatingRate()
            + 1.6e-5 * charge.warp()
            - 0.0025 * (salt - 332);
    double spread =
        Math.sqrt(
            square(0.65)
                + square(22 * lean)
                + square(18 * charge.undissolved())
                + square(0.5 * still));
    double hard =
        normal((HARDNESS_HIGH - hardness) / spread) - normal((HARDNESS_LOW - hardness) / spread);
    double straight = normal((DISTORTION_HIGH - distortion) / DISTORTION_SPREAD);
    return new Quality(hardness, distortion, 1 - hard * straight * (1 - HANDLING));
  }

  private static double square(double x) {
    return x * x;
  }

  /** Normal distribution function (Abramowitz and Stegun 26.2.17, error below 7.5e-8). */
  static double normal(double x) {
    double t = 1 / (1 + 0.2316419 * Math.abs(x));
    double poly =
        t
            * (0.319381530
                + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    double tail = Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI) * poly;
    return x >= 0 ? 1 - tail : tail;
  }
}
