package io.deungdae.simulators.furnace;

/**
 * Prices that turn the line's figures into money per good part, in won: electricity 150 per kWh,
 * gas 80 per kWh of heat, a scrapped part 900, everything that runs by the hour 60,000.
 */
final class Economy {

  private Economy() {}

  /**
   * Cost of a good part, won.
   *
   * @param electric kW
   * @param gas kW of heat
   * @param scrap bad parts per hour
   * @param good good parts per hour, positive
   */
  static double perGoodPart(double electric, double gas, double scrap, double good) {
    return (electric * 150 + gas * 80 + scrap * 900 + 60_000) / Math.max(1, good);
  }
}
