package io.deungdae.collector.driver.modbus;

import com.ghgande.j2mod.modbus.msg.ModbusRequest;
import com.ghgande.j2mod.modbus.msg.ModbusResponse;
import io.deungdae.collector.driver.DeviceException;

/**
 * Carries one request at a time to the device and brings its answer. Used by the device's thread.
 */
interface Link {

  /** Connects, within the time-out for connecting. */
  void open() throws DeviceException;

  /**
   * Sends a request and waits for its answer, never longer than the time-out. An answer to an
   * earlier request is thrown away.
   *
   * @return the answer, which may be an exception response
   * @throws DeviceException TIMEOUT when none came; the link may then be used again if {@link
   *     #survivesTimeout}. Any other kind means that the link is gone.
   */
  ModbusResponse exchange(ModbusRequest request) throws DeviceException;

  /** True when a late answer can be told from the answer to a later request. */
  boolean survivesTimeout();

  /** Drops the connection. Never throws. */
  void close();
}
