package io.deungdae.simulators.plating;

/**
 * Electrochemistry of the rack in the bath, as a function of the bath's state.
 *
 * <p>Mass transport through a Nernst layer (Newman and Balsara, Electrochemical Systems, 4th ed.,
 * ch. 1 and 11): limiting current of zinc j_L = 2·F·D·c/δ, and protons are discharged at their own
 * limit j_H = F·D_H·[H⁺]/δ, so that the cathode's efficiency is 1 − j_H/j. With D(Zn²⁺) 0.70e-9 and
 * D(H⁺) 9.31e-9 m²/s at 25 °C (CRC Handbook), 18 kJ/mol for both (viscosity of water), and δ 0.2
 * mm, as mild agitation has it, 3.73 A/dm² at pH 2.3 and 24.5 °C have 94 %. Iron in the deposit
 * lowers the overpotential of hydrogen; that share is fitted.
 *
 * <p>Voltage: U = (b_c + b_a) of Tafel + j·d/κ + I·R, conductivity κ of the salts fitted so that
 * the published current has the published voltage (3.73 and 3.98 V), plus protons by their molar
 * conductivity 35 mS·m²/mol; 1.9 %/K.
 *
 * <p>Current distribution: primary factors of the rack, drawn towards 1 by the Wagner number Wa =
 * κ·(dη/dj)/L (Newman and Balsara, ch. 18): p' = 1 + (p − 1)/(1 + Wa). Brightener adds polarization
 * and so evens the coating out; it covers the surface by Langmuir's isotherm, half at 2.5 mL/L and
 * 25 °C, with 40 kJ/mol of adsorption heat (fitted; physisorbed organics have 20 to 60), so that it
 * does less when the bath is warm.
 *
 * <p>Holds the last solution; allocates nothing.
 */
final class Cell {

  private static final double KELVIN = 273.15;
  private static final double STANDARD = 298.15;
  private static final double ZINC_DIFFUSION = 0.70e-9;
  private static final double PROTON_DIFFUSION = 9.31e-9;
  private static final double DIFFUSION_ENERGY = 18_000;
  private static final double LAYER = 2.0e-4;
  private static final double ADSORPTION_HEAT = 40_000;
  private static final double HALF_COVERED = 2.5;
  private static final double GAP = 0.15;
  private static final double LENGTH = 0.02;
  private static final double CONTACT = 0.09;
  private static final double CATHODE_EXCHANGE = 20;
  private static final double ANODE_EXCHANGE = 60;
  private static final double ANODE_RATIO = 1.2;

  private double limiting;
  private double hydrogen;
  private double conductivity;
  private double evenness;
  private double offset;
  private double effective;
  private double resistance;

  /**
   * Solves the cell for one state.
   *
   * @param density current density on the rack, A/m², not negative
   * @param area rack, m²
   * @param celsius bath, °C
   * @param zinc zinc, g/L
   * @param protons free acid, mol/L
   * @param brightener mL/L
   * @param iron g/L
   * @param flow flow of the filter relative to a clean one, which stirs the bath
   * @param contact severity of bad contacts, 0 to 1
   * @param passive severity of passive anodes, 0 to 1
   */
  void solve(
      double density,
      double area,
      double celsius,
      double zinc,
      double protons,
      double brightener,
      double iron,
      double flow,
      double contact,
      double passive) {
    double kelvin = celsius + KELVIN;
    double faster = Math.exp(DIFFUSION_ENERGY / Zinc.GAS * (1 / STANDARD - 1 / kelvin));
    double layer = LAYER * (1 + 0.25 * (1 - flow));
    limiting =
        Zinc.ELECTRONS
            * Zinc.FARADAY
            * ZINC_DIFFUSION
            * faster
            * (zinc * 1000 / Zinc.MOLAR)
            / layer;
    hydrogen = Zinc.FARADAY * PROTON_DIFFUSION * faster * protons * 1000 / layer * (1 + 0.9 * iron);
    conductivity =
        (16.4 * (0.85 + 0.15 * zinc / 70) + 0.035 * protons * 1000) * (1 + 0.019 * (celsius - 25));
    polarize(density, kelvin, brightener, passive);
    resistance = GAP / (conductivity * area) * 1000 + CONTACT + 0.24 * contact;
  }

  private void polarize(double density, double kelvin, double brightener, double passive) {
    double tafel = Zinc.GAS * kelvin / (0.5 * Zinc.ELECTRONS * Zinc.FARADAY);
    double colder = Math.exp(ADSORPTION_HEAT / Zinc.GAS * (1 / kelvin - 1 / STANDARD));
    effective = brightener * colder;
    double covered = effective / (effective + HALF_COVERED);
    double cathode = tafel * (1 + 2.2 * covered);
    double busy = Math.max(1, density);
    double slope = cathode / busy + tafel / 2 / Math.max(0.05 * limiting, limiting - busy);
    evenness = 1 / (1 + conductivity * slope / LENGTH);
    double anodic = density / (ANODE_RATIO * (1 - 0.55 * passive));
    offset =
        cathode * Math.log1p(density / CATHODE_EXCHANGE)
            + tafel * Math.log1p(anodic / ANODE_EXCHANGE)
            + 1.5 * passive;
  }

  /** Limiting current density of zinc, A/m². */
  double limiting() {
    return limiting;
  }

  /** Current density that makes hydrogen, A/m². */
  double hydrogen() {
    return hydrogen;
  }

  /** Conductivity of the bath, S/m. */
  double conductivity() {
    return conductivity;
  }

  /** What is left of the primary spread of the current, 0 to 1. */
  double evenness() {
    return evenness;
  }

  /** Brightener that would cover as much at 25 °C, mL/L. */
  double effective() {
    return effective;
  }

  /** Voltage of the cell at a current in kA, V. */
  double voltage(double current) {
    return current > 0 ? offset + current * resistance : 0;
  }

  /** The current that a voltage drives at the present overpotentials, kA, not negative. */
  double currentAt(double voltage) {
    return Math.max(0, (voltage - offset) / resistance);
  }
}
