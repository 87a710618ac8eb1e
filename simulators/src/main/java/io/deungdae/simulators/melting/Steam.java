package io.deungdae.simulators.melting;

/**
 * Water vapour and steam: saturation by Antoine's equation, log10 p = A − B/(C + T), p in mmHg, T
 * in °C; A, B, C = 8.07131, 1730.63, 233.426 up to 100 °C and 8.14019, 1810.94, 244.485 above. Heat
 * of evaporation 2501 − 2.36·T kJ/kg, within 0.5 % of the steam tables up to 100 °C and 2 % at 145.
 */
final class Steam {

  /** Pressure of the air, bar. */
  static final double AIR = 1.013;

  private static final double MMHG = 1.33322e-3;
  private static final double LN10 = Math.log(10);

  private Steam() {}

  /** Saturation pressure, bar absolute. */
  static double pressure(double temperature) {
    double log =
        temperature <= 100
            ? 8.07131 - 1730.63 / (233.426 + temperature)
            : 8.14019 - 1810.94 / (244.485 + temperature);
    return MMHG * Math.exp(LN10 * log);
  }

  /** Saturation temperature above 100 °C, °C; pressure in bar absolute. */
  static double temperature(double pressure) {
    return 1810.94 / (8.14019 - Math.log10(pressure / MMHG)) - 244.485;
  }

  /** Heat of evaporation, kJ/kg. */
  static double latent(double temperature) {
    return 2501 - 2.36 * temperature;
  }
}
