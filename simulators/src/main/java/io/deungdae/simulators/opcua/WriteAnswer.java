package io.deungdae.simulators.opcua;

/** What became of a write to a plant. */
public enum WriteAnswer {
  /** The PLC took it. */
  ACCEPTED,
  /** Not a number, or outside the PLC's limits. */
  OUT_OF_RANGE,
  /** The PLC does not let anybody write this now: not writable, LOCAL, interlock. */
  REFUSED,
  /** The plant's thread did not answer in time; the write was not and will not be made. */
  NO_ANSWER
}
