package io.deungdae.simulators.plc;

/**
 * One setpoint of a plant, with the limits and the ramp that its PLC enforces; a constant of the
 * plant's enumeration.
 */
public interface Handle {

  /** Its figures. */
  Dial dial();

  /** Place among the setpoints of its plant, from 0; an enumeration has it of itself. */
  int ordinal();

  /** Place of this setpoint in arrays and recipes kept by setpoint, which live in memory only. */
  default int slot() {
    return ordinal();
  }

  /** Name of the signal that carries it. */
  default String signal() {
    return dial().signal();
  }

  /** Lowest value that the PLC accepts, in the unit of the signal. */
  default double low() {
    return dial().low();
  }

  /** Highest value that the PLC accepts, in the unit of the signal. */
  default double high() {
    return dial().high();
  }

  /** Value of the standing recipe. */
  default double reference() {
    return dial().reference();
  }

  /** Greatest change of the working setpoint per second of plant time. */
  default double ramp() {
    return dial().ramp();
  }

  /**
   * Where people put it in ordinary work, from the lowest (0) to the highest (1) of their habit.
   */
  default double habit(double share) {
    Dial dial = dial();
    return dial.reference() + dial.habitDown() + share * (dial.habitUp() - dial.habitDown());
  }

  /** How far from its reference people put it, from the lowest (0) to the highest (1). */
  default double stray(double share) {
    Dial dial = dial();
    return dial.habitDown() + share * (dial.habitUp() - dial.habitDown());
  }

  /** Half the width of what people do in ordinary work; a sensible step for studies. */
  default double dither() {
    return (dial().habitUp() - dial().habitDown()) / 2;
  }

  /** The value, moved to the nearest limit when it is outside. */
  default double clamp(double value) {
    return Math.max(low(), Math.min(high(), value));
  }
}
