package io.deungdae.simulators.plating;

/**
 * What the PLC's inputs see of the line in one scan. Written by the line's instruments, read by the
 * PLC; one object for the life of a line.
 */
final class Measured {

  /** Thermometer of the bath, °C. */
  double temperature = 24.5;

  /** Limiter of its own in the bath, °C. */
  double hottest = 24.5;

  /** pH probe. */
  double ph = 2.3;

  /** Shunt of the rectifier, kA. */
  double current;

  /** Terminals of the rectifier, V. */
  double voltage;

  /** Ripple, %. */
  double ripple = 4.2;

  /** Automatic titrator, g/L. */
  double zinc = 70;

  /** Float in the bath, % of nominal volume. */
  double level = 100;

  /** Flow through the filter, m³/h. */
  double flow = Filter.CLEAN_FLOW;

  /** Pressure across the filter, kPa. */
  double pressure = 37;

  /** Thermometer of the degreaser, °C. */
  double degreaser = 60;

  /** Conductivity of the rinse, µS/cm. */
  double rinse = 570;

  /** True while a rack is in the bath. */
  boolean rack;

  /** Area that the recipe has for the rack, m². */
  double area = 10;

  /** Charge that the recipe has for the rack, Ah/dm². */
  double charge = 0.465;
}
