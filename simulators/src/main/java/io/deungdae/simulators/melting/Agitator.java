package io.deungdae.simulators.melting;

import io.deungdae.simulators.plant.Severity;

/**
 * The agitator: a flat paddle of d = 0.5 m in a vessel of D = 1.0 m, by a drive that follows its
 * setpoint with 3 s.
 *
 * <pre>
 *   Re = ρ·N·d²/μ
 *   P  = Np·ρ·N³·d⁵,  Np = 50/Re + 1.7·min(1, level/0.4 m)                shaft power, W
 *   Nu = α·D/λ = 0.36·Re^⅔·Pr^⅓                                           at the wall
 *   P_el = P/0.8 + 120 W while it turns
 * </pre>
 *
 * <p>Power number of flat paddles after Rushton, Costich and Everett, Chem. Eng. Prog. 46 (1950)
 * 395; heat transfer after Chilton, Drew and Jebens, Ind. Eng. Chem. 36 (1944) 510 (paddle, jacket,
 * Re 300 to 300,000; without the ratio of viscosities, which is within 10 % of 1 here).
 */
final class Agitator {

  /** Diameter of the vessel, m. */
  static final double VESSEL = 1.0;

  private static final double PADDLE = 0.5;
  private static final double LAG = 3;
  private static final double SLIP = 0.40;

  private double drive;
  private double speed;
  private double power;
  private double film = 40;

  /**
   * Lets {@code dt} seconds pass.
   *
   * @param wanted speed asked of the drive, rpm
   * @param level of the liquor, m
   * @param solids share of solids in the liquor
   * @param viscosity Pa·s
   */
  void step(
      double wanted,
      double level,
      double solids,
      double viscosity,
      Severity<MeltingFault> faults,
      double dt) {
    drive += (wanted - drive) * (1 - Math.exp(-dt / LAG));
    speed = drive * (1 - SLIP * faults.of(MeltingFault.BELT));
    double turns = speed / 60;
    double density = Liquor.density(solids);
    double conductivity = Liquor.conductivity(solids);
    double reynolds = Math.max(1, density * turns * PADDLE * PADDLE / viscosity);
    double number = 50 / reynolds + 1.7 * Math.min(1, level / 0.4);
    power = number * density * turns * turns * turns * Math.pow(PADDLE, 5) / 1000;
    double prandtl = 1000 * Liquor.heat(solids) * viscosity / conductivity;
    film = Math.max(40, 0.36 * Math.cbrt(reynolds * reynolds * prandtl) * conductivity / VESSEL);
  }

  /** Speed of the drive, as the panel shows it, rpm. */
  double drive() {
    return drive;
  }

  /** Speed of the paddle, rpm. */
  double speed() {
    return speed;
  }

  /** Power into the liquor, kW. */
  double shaft() {
    return power;
  }

  /** Electrical power of the motor, kW. */
  double electric() {
    return drive > 1 ? power / 0.8 + 0.12 : 0;
  }

  /** Heat transfer coefficient between wall and liquor, W/m²K. */
  double film() {
    return film;
  }
}
