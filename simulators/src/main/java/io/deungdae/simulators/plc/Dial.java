package io.deungdae.simulators.plc;

/**
 * What belongs to one setpoint, whatever it sets.
 *
 * @param signal name of the signal that carries it
 * @param low lowest value that the PLC accepts, in the unit of the signal
 * @param high highest value that the PLC accepts
 * @param reference value of the standing recipe
 * @param ramp greatest change of the working setpoint per second of plant time
 * @param habitDown how far below the reference people put it in ordinary work, 0 or less
 * @param habitUp how far above, 0 or more
 */
public record Dial(
    String signal,
    double low,
    double high,
    double reference,
    double ramp,
    double habitDown,
    double habitUp) {

  public Dial {
    if (!(low <= reference && reference <= high && ramp > 0 && habitDown <= 0 && habitUp >= 0)) {
      throw new IllegalArgumentException(signal + ": reference outside its limits, or no ramp");
    }
  }
}
