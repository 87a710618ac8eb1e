package io.deungdae.collector.driver.modbus;

import io.deungdae.collector.driver.DeviceException;
import org.jspecify.annotations.Nullable;

/** Carries requests to the device and brings the answers. Used by the device's thread. */
interface Link {

  /** What a request is worth to those that share a bus with it. */
  enum Urgency {
    /** A setpoint: before every read that waits. */
    FIRST,
    /** A read, in its turn. */
    IN_TURN
  }

  /** Connects, within the time-out for connecting. What was under way is forgotten. */
  void open() throws DeviceException;

  /** How many requests may be under way at once. A setpoint may be one more. */
  int room();

  /**
   * Sends a request.
   *
   * @param ticket the asker's own name for it, which its answer will carry
   * @param pdu function code and data
   * @throws DeviceException when the link is gone
   */
  void send(int ticket, byte[] pdu, Urgency urgency) throws DeviceException;

  /**
   * Waits for the next answer to any request under way, never longer than the time-out. An answer
   * to a request that was given up is thrown away.
   *
   * @return an answer, which may be an exception response, or that one is lost; null when others on
   *     the same line are still before us, so that a setpoint can be sent before asking again
   * @throws DeviceException when the link is gone
   */
  @Nullable Answer receive() throws DeviceException;

  /** After how many lost answers in a row the device counts as gone. */
  int patience();

  /** Drops the connection. Never throws. */
  void close();
}
