package io.deungdae.simulators.scenario;

import io.deungdae.simulators.plant.SensorFault;
import io.deungdae.simulators.trouble.Trouble;

/** Something that a scenario makes happen. */
public sealed interface Event {

  /** A fault starts. */
  record Starts(String fault, double size, double slope) implements Event {}

  /** A fault ends. */
  record Ends(String fault) implements Event {}

  /** The product changes. */
  record Changes(int product) implements Event {}

  /** Another shift comes on. */
  record Relieves(String shift) implements Event {}

  /** The key is turned. */
  record Turns(boolean remote) implements Event {}

  /** Somebody writes a signal at the panel or from outside; the PLC may refuse. */
  record Writes(String signal, double value) implements Event {}

  /** A sensor starts to lie. */
  record Lies(String signal, SensorFault fault, double size) implements Event {}

  /** A sensor is repaired. */
  record Repairs(String signal) implements Event {}

  /** A server starts to misbehave. */
  record Misbehaves(String server, Trouble trouble, double size) implements Event {}

  /** A server behaves again. */
  record Behaves(String server, Trouble trouble) implements Event {}
}
