package io.deungdae.simulators.melting;

/**
 * Prices that turn the tank's figures into money per good kilogram of creamer, in won: electricity
 * 150 per kWh; steam 60 per kg; gas of the dryer 68 per kg of water that the liquor leaves it to
 * evaporate (0.85 kWh at 80); a kilogram that is bad 1,200 (it is worked in again as feed);
 * everything that runs by the hour 90,000. The powder itself is not counted.
 */
final class Economy {

  static final double ELECTRIC = 150;
  static final double STEAM = 60;
  static final double DRYER = 68;
  static final double BAD = 1200;
  static final double HOUR = 90_000;

  private Economy() {}
}
