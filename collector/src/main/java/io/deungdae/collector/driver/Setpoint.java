package io.deungdae.collector.driver;

import io.deungdae.collector.signal.Tag;

/**
 * A setpoint that has passed the guards, on its way to a device.
 *
 * @param id number of the command, unique while the gateway runs; the outcome carries it back
 * @param tag where to; writable
 * @param value what, in the tag's unit; finite
 * @param issuedNs when the guards allowed it, monotonic
 * @param deadlineNs not to be written after this moment, monotonic
 */
public record Setpoint(long id, Tag tag, double value, long issuedNs, long deadlineNs) {

  public Setpoint {
    if (!tag.writable()) {
      throw new IllegalArgumentException(tag + " is not writable");
    }
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("a setpoint must be finite, found " + value);
    }
  }
}
