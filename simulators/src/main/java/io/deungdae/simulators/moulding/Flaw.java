package io.deungdae.simulators.moulding;

/** What a person sees on a part, or on the scales. */
enum Flaw {
  /** Cavity not filled, or the part too light. */
  SHORT_SHOT,
  /** Melt between the mould halves. */
  FLASH,
  /** Sink marks. */
  SINK,
  /** Warped, ejected too hot. */
  WARP,
  /** Silver streaks. */
  STREAK,
  /** Burns at the end of the flow. */
  BURN,
  /** Weld and flow lines, dull surface. */
  COLD,
  /** Specks of degraded resin. */
  SPECK,
  /** Pellets that are not molten. */
  UNMELTED,
  /** Dirt, a scratch: nothing that a setpoint has to do with. */
  OTHER,
  /** None to be seen, but the scales say that it is too light or too heavy. */
  WEIGHT
}
