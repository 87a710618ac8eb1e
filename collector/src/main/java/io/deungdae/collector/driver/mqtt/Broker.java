package io.deungdae.collector.driver.mqtt;

import io.deungdae.collector.driver.DeviceException;
import java.util.List;

/**
 * A connection to a broker, in one of the two versions of the protocol. It is never mended: once
 * lost, a new one is made. Used by the device's thread.
 */
interface Broker {

  /** Where a connection tells what happens to it. Called by library threads; must not block. */
  interface Listener {

    /** A message has come. */
    void arrived(String topic, Message message);

    /** The connection is gone. */
    void lost(String why);
  }

  /**
   * A message.
   *
   * @param payload its payload; not to be changed
   * @param id its number, for the acknowledgement; 0 when none is wanted
   * @param retained true when the broker had kept it from before we subscribed
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
  record Message(byte[] payload, int id, boolean retained) {}

  /** Connects. */
  void connect() throws DeviceException;

  /**
   * Subscribes.
   *
   * @return for each topic, whether the broker grants it
   */
  List<Boolean> subscribe(List<String> topics) throws DeviceException;

  /** Tells the broker that a topic is no longer of interest. Does not wait. */
  void forget(String topic);

  /** Acknowledges a message. Does not wait. */
  void acknowledge(int id) throws DeviceException;

  /** Ends the connection, politely if it is there. Never throws; waits a second at most. */
  void close();
}
