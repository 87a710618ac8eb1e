package io.deungdae.simulators.plant;

/** A fault as the plant that has it knows it; an enum of each plant. */
public interface Defect {

  /** How the catalogue describes it. */
  Fault fault();

  /** Seconds of plant time from nothing to size 1, positive. */
  double ramp();

  /** Place of this fault in arrays kept by fault, from 0. */
  int slot();
}
