package io.deungdae.control.loop;

import io.deungdae.collector.signal.Label;

/**
 * What came of asking for a setpoint.
 *
 * @param status how it ended
 * @param guard the guard that limited or refused it, empty when none did
 * @param why in words; empty when it simply arrived
 * @param requested what was asked for, in the tag's unit
 * @param reached what the device read back last; NaN when nothing was written
 * @param latencyMicros from taking the request to its end, microseconds
 */
public record SetpointAnswer(
    Status status, String guard, Label why, double requested, double reached, long latencyMicros) {

  /** How it ended. */
  public enum Status {
    /** The device holds what was asked for. */
    ARRIVED,
    /** The device holds as much of it as the guards allow. */
    LIMITED,
    /** The guards refused it, at once or on the way. */
    REFUSED,
    /** A device did not take it, or it took too long. */
    FAILED,
    /** A newer request or the end of control took its place. */
    SUPERSEDED,
    /** Too many requests are waiting; nothing was done. */
    BUSY
  }
}
