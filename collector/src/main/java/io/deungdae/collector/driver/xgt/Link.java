package io.deungdae.collector.driver.xgt;

import io.deungdae.collector.driver.DeviceException;
import org.jspecify.annotations.Nullable;

/**
 * Carries requests to the PLC and brings their answers, several under way at once. Used by the
 * device's thread.
 */
interface Link {

  /** Connects, within the time-out for connecting. */
  void open() throws DeviceException;

  /** Sends a request and returns its number, unlike that of all others under way. */
  int send(Request request) throws DeviceException;

  /**
   * Waits for the next answer to any request under way, never past {@code deadlineNs}. Answers to
   * requests that were forgotten are thrown away.
   *
   * @return the answer, or null when the deadline came first
   * @throws DeviceException when the link is gone
   */
  @Nullable Reply await(long deadlineNs) throws DeviceException;

  /** Gives up waiting for a request's answer; one that comes yet is thrown away. */
  void forget(int invokeId);

  /** Drops the connection. Never throws. */
  void close();

  /**
   * An answer.
   *
   * @param invokeId number of its request
   * @param header what else the PLC told
   * @param answer the answer itself
   */
  record Reply(int invokeId, Header header, Answer answer) {}
}
