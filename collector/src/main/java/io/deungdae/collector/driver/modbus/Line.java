package io.deungdae.collector.driver.modbus;

import java.io.IOException;

/** Carries bytes to a device and back. Used by one thread at a time. */
interface Line {

  /** Connects, in bounded time. */
  void open() throws IOException;

  /** Sends bytes. */
  void write(byte[] bytes) throws IOException;

  /**
   * Takes what has come, waiting for the first of it.
   *
   * @param buffer where it goes
   * @param from first place in the buffer
   * @param waitNs longest wait, nanoseconds; zero or less for none
   * @return how many bytes; 0 when none came in time
   * @throws IOException when the line is gone
   */
  int read(byte[] buffer, int from, long waitNs) throws IOException;

  /** How long that many bytes take on their way, nanoseconds; 0 where that is next to nothing. */
  long carryNs(int bytes);

  /** True when hanging up and connecting again leaves everything behind that is still to come. */
  boolean canHangUp();

  /** Disconnects. Never throws. */
  void close();
}
