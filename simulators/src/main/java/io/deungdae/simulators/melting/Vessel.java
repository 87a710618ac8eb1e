package io.deungdae.simulators.melting;

import io.deungdae.simulators.plant.Severity;

/**
 * What is in the vessel: water, dissolved solids, wetted grains, lumps, and what becomes of them.
 * Masses in kg, heat as enthalpy above 0 °C in kJ, so that both balances close by construction.
 *
 * <pre>
 *   dG/dt = powder·(1 − w)·(1 − f) − 0.12·√(μ0/μ)·G                      grains
 *   dL/dt = powder·(1 − w)·f − k·L + churn + skin                        lumps
 *   f = 0.06·lumping·(174/N)                                             of the powder, 0.03 to 0.25
 *   k = k0·√(μ0/μ)·(ε/ε0)^¼·exp(−E/R·(1/T − 1/353)),  k0 = 0.0125 1/s, E = 40 kJ/mol
 *   churn = 5.0e-7·S·(N/40)³·exp(−(T − 46)/6)                            butter grains, kg/s
 *   W_ev = β·A·(ρ_v(T) − ρ_v,amb),  β = 0.6 mm/s closed, 40 times open   vapour, kg/s
 *   dB/dt = 0.0017·A·3S·exp(−E_b/R·(1/T_s − 1/388)),  E_b = 110 kJ/mol   burnt at the wall, g/s
 *   da/dt = 1.7e-7·(N − N_c)^1.5 − a/900 s,  N_c = 150·√(level/0.5 m)    air, share of volume
 *   dc/dt = (1/(1 + (N/8)²) − c)/1500 s                                  cream on top, share
 *   dz/dt = 7e-5·exp(−E_z/R·(1/T − 1/323)),  E_z = 150 kJ/mol            thickening below 62 °C, of ln μ
 * </pre>
 *
 * <p>Of what burns, half goes into the liquor as specks and half stays on the wall (2e-5 m²K/W for
 * a g/m²). Dissolution is controlled by mass transfer to suspended particles: k goes with ε^¼, ε
 * power per mass (Calderbank and Moo-Young, Chem. Eng. Sci. 16 (1961) 39), and with diffusivity ~
 * 1/μ. Burning has the activation energy of browning in milk (100 to 150 kJ/mol; van Boekel, Food
 * Chem. 62 (1998) 403). Evaporation is mass transfer with a coefficient of still air under a vented
 * lid. The sizes k0, f, churn, burning, air and cream are chosen, not measured: they belong to no
 * particular creamer. Heat of solution is left out.
 */
final class Vessel {

  private static final double FLOOR = Math.PI / 4 * Agitator.VESSEL * Agitator.VESSEL;
  private static final double MU0 = 0.035;
  private static final double LUMP_RATE = 0.0125;
  private static final double GRAIN_RATE = 0.12;
  private static final double EPSILON0 = 2.6;
  private static final double VENT = 0.0006;
  private static final double LOSS = 0.006;
  private static final double HEEL = 3;

  private double water;
  private double dissolved;
  private double grains;
  private double lumps;
  private double enthalpy;
  private double burnt;
  private double deposit;
  private double air;
  private double cream;
  private double age;

  private double temperature = 45;
  private double viscosity = 0.001;

  private double massIn;
  private double massOut;
  private double vapour;
  private double heatIn;
  private double heatOut;

  Vessel() {
    water = 6;
    dissolved = 3;
    enthalpy = 45 * capacity();
    massIn = mass();
    heatIn = enthalpy;
  }

  private double capacity() {
    return Liquor.WATER * water + Liquor.SOLIDS * (dissolved + grains + lumps);
  }

  /** Water runs in: kg at °C. */
  void water(double kg, double celsius) {
    water += kg;
    gain(kg, kg * Liquor.WATER * celsius);
  }

  /**
   * Powder falls in.
   *
   * @param kg with its moisture
   * @param moisture share of water in it
   * @param celsius its temperature
   * @param lumping how much of it lumps, 1 = ordinary
   * @param speed of the paddle, rpm
   */
  void powder(double kg, double moisture, double celsius, double lumping, double speed) {
    double solids = kg * (1 - moisture);
    double lumped =
        Math.max(0.03, Math.min(0.25, 0.06 * lumping * 174 / Math.max(20, speed))) * solids;
    water += kg * moisture;
    lumps += lumped;
    grains += solids - lumped;
    age = 0;
    gain(kg, celsius * (Liquor.WATER * kg * moisture + Liquor.SOLIDS * solids));
  }

  private void gain(double kg, double kilojoule) {
    massIn += kg;
    enthalpy += kilojoule;
    heatIn += kilojoule;
  }

  /** Liquor leaves, down to the 3 kg that cling. The answer is its mass, kg. */
  double draw(double kg) {
    double all = mass();
    double share = Math.min(kg, Math.max(0, all - HEEL)) / all;
    double heat = share * enthalpy;
    water *= 1 - share;
    dissolved *= 1 - share;
    grains *= 1 - share;
    lumps *= 1 - share;
    burnt *= 1 - share;
    enthalpy -= heat;
    massOut += share * all;
    heatOut += heat;
    return share * all;
  }

  /**
   * Lets {@code dt} seconds pass.
   *
   * @param wall heat through the wall, kJ
   * @param agitator which stirs it
   * @param skin temperature of the wall where the liquor touches it, °C
   * @param thickness viscosity of the product, 1 = that of {@link Liquor}
   * @param ambient °C
   */
  void step(
      double wall,
      Agitator agitator,
      double skin,
      double thickness,
      double ambient,
      Severity<MeltingFault> faults,
      double dt) {
    double shaft = agitator.shaft() * dt;
    double lost = LOSS * Math.min(1, mass() / 40) * (temperature - ambient) * dt;
    enthalpy += wall + shaft - lost;
    heatIn += shaft;
    heatIn += wall;
    heatOut += lost;
    double steamed = evaporate(ambient, faults, dt);
    temperature = enthalpy / capacity();
    melt(agitator, steamed * faults.of(MeltingFault.LID), dt);
    burn(skin, dt);
    settle(agitator.speed(), dt);
    viscosity = thickness * Math.exp(age) * Liquor.viscosity(temperature, solids());
  }

  private double evaporate(double ambient, Severity<MeltingFault> faults, double dt) {
    double coefficient = VENT * (1 + 39 * faults.of(MeltingFault.LID));
    double kelvin = temperature + 273.15;
    double here = 216.5 * Steam.pressure(temperature) / kelvin; // kg/m³ of vapour, p in bar
    double there = 216.5 * 0.5 * Steam.pressure(ambient) / (ambient + 273.15);
    double kg = coefficient * FLOOR * Math.max(0, here - there) * dt;
    kg = Math.min(kg, 0.001 * water);
    double heat = kg * (Liquor.WATER * temperature + Steam.latent(temperature));
    water -= kg;
    enthalpy -= heat;
    vapour += kg;
    heatOut += heat;
    return kg;
  }

  private void melt(Agitator agitator, double skinned, double dt) {
    double thin = Math.sqrt(MU0 / viscosity);
    double kept = grains * Math.exp(-GRAIN_RATE * thin * dt);
    dissolved += grains - kept;
    grains = kept;
    double stirred = 1000 * agitator.shaft() / Math.max(20, mass()) / EPSILON0;
    double rate =
        LUMP_RATE
            * thin
            * Math.sqrt(Math.sqrt(stirred))
            * Liquor.arrhenius(40_000, temperature, 80);
    double left = lumps * Math.exp(-rate * dt);
    double turns = agitator.speed() / 40;
    double butter =
        5e-7
            * dissolved
            * turns
            * turns
            * turns
            * Math.exp(-Math.max(-6, temperature - 46) / 6)
            * dt;
    double made = Math.min(butter + 0.01 * skinned, 0.01 * dissolved);
    dissolved += lumps - left - made;
    lumps = left + made;
  }

  private void burn(double skin, double dt) {
    double rate = 0.0017 * Liquor.arrhenius(110_000, skin, 115) * dt; // g/m²
    double solid = Math.min(1, 3 * solids());
    burnt += 0.5 * rate * solid * area();
    deposit += 0.5 * rate * solid;
  }

  private void settle(double speed, double dt) {
    double critical = 150 * Math.sqrt(level() / 0.5);
    double over = Math.max(0, Math.min(60, speed - critical));
    air += (1.7e-7 * over * Math.sqrt(over) - air / 900) * dt;
    double eighth = speed / 8;
    cream += (1 / (1 + eighth * eighth) - cream) * dt / 1500;
    age += 7e-5 * Liquor.arrhenius(150_000, temperature, 50) * (temperature < 62 ? dt : 0);
  }

  /** Somebody cleans: most of what has burnt on goes. */
  void clean() {
    deposit *= 0.05;
  }

  /** All that is in it, kg. */
  double mass() {
    return water + dissolved + grains + lumps;
  }

  /** Solids, kg. */
  double solidMass() {
    return dissolved + grains + lumps;
  }

  /** Share of solids in the liquor. */
  double solids() {
    return (dissolved + grains) / Math.max(1e-6, water + dissolved + grains);
  }

  /** Lumps, share of all solids. */
  double lumps() {
    return lumps / Math.max(1e-6, solidMass());
  }

  /** Burnt particles, mg in a kg of solids. */
  double specks() {
    return 1000 * burnt / Math.max(1e-6, solidMass());
  }

  /** Resistance of what has burnt on the wall, m²K/W. */
  double resistance() {
    return 2e-5 * deposit;
  }

  /** Air, share of the volume. */
  double air() {
    return air;
  }

  /** Cream on top, 0 to 1. */
  double cream() {
    return cream;
  }

  /** °C. */
  double temperature() {
    return temperature;
  }

  /** Pa·s. */
  double viscosity() {
    return viscosity;
  }

  /** Of the liquor, m. */
  double level() {
    return mass() / Liquor.density(solids()) / FLOOR;
  }

  /** Wetted by the liquor, m². */
  double area() {
    return FLOOR * Math.min(1, mass() / 40) + Math.PI * Agitator.VESSEL * level();
  }

  /** Mass that came in, less what left and what is there, kg; nothing but rounding. */
  double massGap() {
    return massIn - massOut - vapour - mass();
  }

  /** Mass that came in, kg. */
  double massIn() {
    return massIn;
  }

  /** Vapour that left, kg. */
  double vapour() {
    return vapour;
  }

  /** Heat that came in by matter, wall and shaft, kJ. */
  double heatIn() {
    return heatIn;
  }

  /** Heat that left by matter, vapour and surface, kJ. */
  double heatOut() {
    return heatOut;
  }

  /** Heat stored, kJ above 0 °C. */
  double stored() {
    return enthalpy;
  }
}
