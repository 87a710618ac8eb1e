package io.deungdae.collector.driver;

import io.deungdae.collector.signal.Tag;

/**
 * One connection to one device: what a new protocol has to provide.
 *
 * <p>Every method is called on the device's own thread by its {@link DeviceAgent}; none is called
 * concurrently. Threads of a protocol library that deliver data hand it over through an {@link
 * Inbox} of the driver's and are not seen outside. All waits inside are bounded by the device's
 * time-out. Samples go to the {@link SampleSink} the driver was built with.
 */
public interface Device {

  /**
   * Connects and sets up what it needs for values to flow. Called again after each {@link #close}.
   */
  void open() throws DeviceException;

  /**
   * Does what is due, at most one exchange on the wire, so that a waiting setpoint goes out in
   * between.
   *
   * <p>A value that cannot be had becomes a BAD sample of its tag; an exception means that the link
   * as a whole is gone.
   *
   * @param nowNs monotonic time
   * @return when it wants to be called again, monotonic time; at or before {@code nowNs} for at
   *     once. It may be woken earlier.
   */
  long service(long nowNs) throws DeviceException;

  /**
   * Writes one value, in the tag's unit, and reads it back from the device when asked to.
   *
   * @throws DeviceException when the link is gone; whether the device took the value is then
   *     unknown
   */
  WriteResult write(Tag tag, double value, Confirmation confirmation) throws DeviceException;

  /** Drops the link. Never throws; calling it twice is harmless. */
  void close();

  /** What it has counted since it was built. Called on the device's thread. */
  default Traffic traffic() {
    return Traffic.NONE;
  }

  /** Whether a write is read back. */
  enum Confirmation {
    /** Read the value back from the device after writing it. */
    READ_BACK,
    /** Do not: for heartbeats. */
    NONE
  }
}
