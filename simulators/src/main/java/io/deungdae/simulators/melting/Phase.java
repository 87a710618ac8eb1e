package io.deungdae.simulators.melting;

/** Where the batch is. */
enum Phase {
  /** Hot water runs in. */
  FILL(1),
  /** Powder is blown in, in pulses, weighed between them. */
  CHARGE(2),
  /** Heating to the dissolving temperature. */
  HEAT(3),
  /** Held there for the dissolving time. */
  DISSOLVE(4),
  /** Cold water runs in, the liquor goes to its holding temperature. */
  TEMPER(5),
  /** Pumped to the dryer. */
  FEED(6),
  /** Rinsed with hot water. */
  RINSE(7),
  /** The rinse is drained. */
  DRAIN(8);

  private final int code;

  Phase(int code) {
    this.code = code;
  }

  /** As the PLC shows it. */
  int code() {
    return code;
  }
}
