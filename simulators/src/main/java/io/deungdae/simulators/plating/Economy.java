package io.deungdae.simulators.plating;

/**
 * Prices that turn the line's figures into money per good part, in won: electricity 150 per kWh,
 * zinc anodes 4,500 per kg, zinc in the dosed salt 9,000 per kg, zinc carried off to the waste
 * water 6,000 per kg, water and its treatment 2.5 per L, acid 15 per mol, brightener 9 per mL, a
 * part that is stripped and plated again 400, everything that runs by the hour 52,000.
 */
final class Economy {

  /** Won per kWh. */
  static final double POWER = 150;

  /** Won per kg of zinc dissolved from anodes. */
  static final double ANODES = 4500;

  /** Won per kg of zinc dosed. */
  static final double DOSED = 9000;

  /** Won per kg of zinc that goes to the waste water. */
  static final double WASTE = 6000;

  /** Won per litre. */
  static final double WATER = 2.5;

  /** Won per mol. */
  static final double ACID = 15;

  /** Won per mL. */
  static final double BRIGHTENER = 9;

  /** Won per bad part. */
  static final double SCRAP = 400;

  /** Won per hour. */
  static final double HOUR = 52_000;

  private Economy() {}

  /**
   * Cost of a good part, won.
   *
   * @param materials won per hour for electricity, metal, chemicals, water
   * @param throughput parts per hour
   * @param scrap share of bad parts
   */
  static double perGoodPart(double materials, double throughput, double scrap) {
    double bad = throughput * scrap;
    return (materials + bad * SCRAP + HOUR) / Math.max(1, throughput - bad);
  }
}
