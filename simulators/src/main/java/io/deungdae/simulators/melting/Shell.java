package io.deungdae.simulators.melting;

import io.deungdae.simulators.plant.Severity;

/**
 * Jacket and wall of the vessel, one lump each, both over the wetted area A:
 *
 * <pre>
 *   C_j·dT_j/dt = ṁ·λ(T_j) − m_c·c·(T_j − T_c) − G1·(T_j − T_w) − 0.012·(T_j − T_amb)   kJ/K, kW
 *   C_w·dT_w/dt = G1·(T_j − T_w) − G2·(T_w − T)
 *   G1 = A·(1 − 0.92·trap)/(1/α_j + δ/2k + R_scale),  G2 = A/(1/α + δ/2k + R_burnt)
 *   ṁ = 0.030·u·√(p² − p_j²)                                            kg/s, bar absolute
 * </pre>
 *
 * <p>A valve that sticks stays until its signal is away by the band, then goes all the way. C_j =
 * 45, C_w = 40 kJ/K; α_j = 6000 W/m²K for condensing steam, 1200 for water; wall δ = 5 mm of
 * stainless steel, k = 16 W/mK; p_j saturation pressure at T_j, at least the air's; cooling water
 * m_c to 1.5 kg/s at 18 °C. Form and sizes as for jacketed vessels in Perry's Chemical Engineers'
 * Handbook, 8th ed., section 11.
 */
final class Shell {

  /** Cooling water, °C. */
  static final double COOLANT = 18;

  private static final double JACKET = 45;
  private static final double WALL = 40;
  private static final double HALF_WALL = 0.005 / 2 / 16;
  private static final double LOSS = 0.012;
  private static final double VALVE = 0.030;
  private static final double COOLING = 1.5;
  private static final double STROKE = 4;

  private double jacket;
  private double wall;
  private double steamValve;
  private boolean slipping;
  private double coolValve;
  private double steam;
  private double blown;
  private double heatIn;
  private double heatOut;
  private double heatPassed;
  private double skin;

  Shell(double start) {
    jacket = start;
    wall = start;
    skin = start;
  }

  /**
   * Lets {@code dt} seconds pass.
   *
   * @param effort −1 full cooling to 1 full steam
   * @param supply pressure of the steam supply, bar absolute
   * @param area wetted, m²
   * @param film coefficient on the liquor's side, W/m²K
   * @param burnt resistance of what has burnt on, m²K/W
   * @param liquor °C
   * @param ambient °C
   * @return heat that went into the liquor, kJ
   */
  double step(
      double effort,
      double supply,
      double area,
      double film,
      double burnt,
      double liquor,
      double ambient,
      Severity<MeltingFault> faults,
      double dt) {
    stroke(effort, faults, dt);
    double gained = condense(supply, faults, dt) + cool(dt);
    double side = steamValve > 0 || jacket > 95 ? 6000 : 1200;
    double scale = 0.005 * faults.of(MeltingFault.JACKET_FOULED);
    double dry = 1 - 0.92 * faults.of(MeltingFault.TRAP_CLOSED);
    double outer = area * dry / (1 / side + HALF_WALL + scale) / 1000;
    double inner = area / (1 / film + HALF_WALL + burnt) / 1000;
    double through = outer * (jacket - wall) * dt;
    double into = inner * (wall - liquor) * dt;
    double lost = LOSS * (jacket - ambient) * dt;
    heatOut += lost;
    jacket += (gained - through - lost) / JACKET;
    wall += (through - into) / WALL;
    heatPassed += into;
    skin = liquor + into / dt * 1000 * (1 / film + burnt) / Math.max(0.05, area);
    return into;
  }

  private void stroke(double effort, Severity<MeltingFault> faults, double dt) {
    double stuck = 0.25 * faults.of(MeltingFault.STICTION);
    double wanted = Math.max(0, effort);
    slipping = slipping || Math.abs(wanted - steamValve) >= stuck;
    if (slipping) {
      steamValve += (wanted - steamValve) * (1 - Math.exp(-dt / STROKE));
      slipping = stuck == 0 || Math.abs(wanted - steamValve) > 0.02;
    }
    if (steamValve < 0.005 && wanted == 0) {
      steamValve = 0;
    }
    coolValve += (Math.max(0, -effort) - coolValve) * (1 - Math.exp(-dt / STROKE));
  }

  private double condense(double supply, Severity<MeltingFault> faults, double dt) {
    steam = 0;
    blown = 0;
    if (steamValve <= 0) {
      return 0;
    }
    double back = Math.max(Steam.AIR, Steam.pressure(jacket));
    double open = faults.of(MeltingFault.TRAP_OPEN);
    double drive = Math.sqrt(Math.max(0, (supply - back) * (supply + back)));
    double latent = Steam.latent(jacket);
    double room = Math.max(0, Steam.temperature(supply) - jacket) * JACKET / latent / dt;
    steam = Math.min(room, VALVE * steamValve * (1 - 0.25 * open) * drive);
    blown = open * VALVE * steamValve * Math.sqrt(supply * supply - 1);
    heatIn += steam * latent * dt;
    return steam * latent * dt;
  }

  private double cool(double dt) {
    double taken = COOLING * coolValve * Liquor.WATER * (jacket - COOLANT) * dt;
    heatOut += taken;
    return -taken;
  }

  /** °C. */
  double jacket() {
    return jacket;
  }

  /** Pressure in the jacket, bar absolute; the air's while it is colder than 100 °C. */
  double pressure() {
    return Math.max(Steam.AIR, Steam.pressure(jacket));
  }

  /** Temperature of the wall where the liquor touches it, °C. */
  double skin() {
    return skin;
  }

  /** Steam used at present, kg/s, with what a trap blows off. */
  double steam() {
    return steam + blown;
  }

  /** Where the steam valve really is, 0 to 1. */
  double steamValve() {
    return steamValve;
  }

  /** Heat that steam has brought, kJ. */
  double heatIn() {
    return heatIn;
  }

  /** Heat that cooling water and air have taken from the jacket, kJ. */
  double heatOut() {
    return heatOut;
  }

  /** Heat that went into the liquor, kJ. */
  double heatPassed() {
    return heatPassed;
  }

  /** Heat stored in jacket and wall, kJ above 0 °C. */
  double stored() {
    return JACKET * jacket + WALL * wall;
  }
}
