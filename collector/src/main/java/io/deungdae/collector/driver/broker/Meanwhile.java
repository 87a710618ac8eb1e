package io.deungdae.collector.driver.broker;

import io.deungdae.collector.driver.DeviceException;

/** What is to be done while an answer is awaited. Called by the thread that waits. */
@FunctionalInterface
public interface Meanwhile {

  /** Nothing. */
  Meanwhile NOTHING = () -> false;

  /** Does a bounded piece of work; true when there was some. */
  boolean work() throws DeviceException;
}
