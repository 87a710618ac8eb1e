package io.deungdae.collector.driver.broker;

import io.deungdae.collector.driver.DeviceException;
import java.util.List;
import javax.net.SocketFactory;

/** What both versions of the library can do; the difference is in their names. */
interface Library {

  /**
   * Connects through these sockets.
   *
   * @return true when the broker still has an earlier session of ours
   */
  boolean connect(SocketFactory sockets) throws DeviceException;

  /**
   * Subscribes.
   *
   * @return what the broker answers for each filter; from 3 on they are failures
   */
  int[] subscribe(List<String> filters, int qos, Meanwhile meanwhile) throws DeviceException;

  /** Ends a subscription. Does not wait. */
  void unsubscribe(String filter) throws DeviceException;

  /** Publishes, and with QoS 1 or 2 waits until the broker has it. */
  void publish(Announcement message) throws DeviceException;

  /**
   * Publishes messages of QoS 1 or 2 one after the other, several under way at the same time, and
   * waits until the broker has all of them.
   *
   * @return the places in the list of those that the broker refuses for good
   */
  List<Integer> publishAll(List<Announcement> messages) throws DeviceException;

  /** Ends the connection, politely if it is there. Never throws; waits a second at most. */
  void close();
}
