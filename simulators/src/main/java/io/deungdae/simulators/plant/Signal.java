package io.deungdae.simulators.plant;

/**
 * One variable of a plant's PLC.
 *
 * @param name name within the plant, e.g. {@code zone2.pv}
 * @param unit engineering unit, empty for none
 * @param low lowest plausible value
 * @param high highest plausible value
 * @param writable true for setpoints, the heartbeat and the like
 * @param kind what it carries
 * @param en what it is, English
 * @param ko what it is, Korean
 */
public record Signal(
    String name,
    String unit,
    double low,
    double high,
    boolean writable,
    Kind kind,
    String en,
    String ko) {

  /** What a signal carries. */
  public enum Kind {
    /** A real number. */
    NUMBER,
    /** A counter or a code. */
    WHOLE,
    /** On or off. */
    FLAG
  }
}
