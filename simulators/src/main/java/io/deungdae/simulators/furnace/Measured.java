package io.deungdae.simulators.furnace;

/** What the PLC's inputs see of the line in one scan. Immutable. */
final class Measured {

  private final double[] zones;
  private final double hottest;
  private final double cp;
  private final double belt;
  private final double salt;

  /**
   * @param zones zone thermocouples, °C; handed over
   * @param hottest independent over-temperature limiter, °C
   * @param cp oxygen probe, %C
   * @param belt speed as the drive says, mm/min
   * @param salt bath thermocouple, °C
   */
  Measured(double[] zones, double hottest, double cp, double belt, double salt) {
    this.zones = zones;
    this.hottest = hottest;
    this.cp = cp;
    this.belt = belt;
    this.salt = salt;
  }

  /** Zone thermocouple, °C. */
  double zone(int zone) {
    return zones[zone];
  }

  /** Over-temperature limiter, °C. */
  double hottest() {
    return hottest;
  }

  /** Oxygen probe, %C. */
  double cp() {
    return cp;
  }

  /** Drive, mm/min. */
  double belt() {
    return belt;
  }

  /** Bath thermocouple, °C. */
  double salt() {
    return salt;
  }
}
