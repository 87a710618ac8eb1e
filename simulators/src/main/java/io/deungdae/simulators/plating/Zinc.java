package io.deungdae.simulators.plating;

/** Constants of zinc, water and the line's chemistry, with their sources. */
final class Zinc {

  /** Faraday constant, C/mol (CODATA 2018). */
  static final double FARADAY = 96_485.332;

  /** Gas constant, J/(mol·K) (CODATA 2018). */
  static final double GAS = 8.314462;

  /** Molar mass, g/mol (IUPAC 2021). */
  static final double MOLAR = 65.38;

  /** Electrons per ion. */
  static final double ELECTRONS = 2;

  /** Density of the metal, g/cm³ (CRC Handbook). */
  static final double DENSITY = 7.14;

  /** Electrochemical equivalent, g/Ah: M·3600/(n·F). */
  static final double GRAMS_PER_AH = MOLAR * 3600 / (ELECTRONS * FARADAY);

  /** Coating by one Ah/dm² at full efficiency, µm: 1.2197 g/dm² over 7.14 g/cm³ is 17.08 µm. */
  static final double MICRONS_PER_AH_DM2 = GRAMS_PER_AH / DENSITY * 100;

  /** Heat that a mole of zinc gives when it dissolves in acid, kJ: −ΔHf of Zn²⁺(aq) (CRC). */
  static final double DISSOLUTION_HEAT = 153.9;

  /** Enthalpy of formation of water, kJ/mol (CRC), taken up where anodes make oxygen. */
  static final double WATER_HEAT = 285.8;

  private Zinc() {}
}
