package io.deungdae.simulators.plant;

import java.util.List;

/**
 * A plant with its PLC: physics, control loops, interlocks, meters. Deterministic: the same seed,
 * steps and writes give the same bits. Used by one thread at a time.
 */
public interface Plant {

  /** Short name, e.g. {@code furnace}. */
  String name();

  /** Everything that can be read, and what of it can be written; the list never changes. */
  List<Signal> signals();

  /** Current value of the signal, in its unit; a flag is 0 or 1. */
  double read(Signal signal);

  /**
   * Writes to the PLC as a protocol server would.
   *
   * @return false when the PLC refuses: not writable, not finite, outside the PLC's own limits
   */
  boolean write(Signal signal, double value);

  /** Lets {@code seconds} of plant time pass. */
  void step(double seconds);

  /** Plant time since the start, in seconds. */
  double time();

  /** Everything that can go wrong here. */
  List<Fault> faults();

  /**
   * Starts a fault with a size from 0 to 1 of the greatest that the catalogue foresees; replaces
   * one of the same id.
   */
  void start(Fault fault, double size);

  /** Ends a fault. Its consequences die away as physics wants. */
  void stop(Fault fault);

  /** Puts the PLC to REMOTE (true) or LOCAL, as an operator's key switch does. */
  void remote(boolean remote);
}
