package io.deungdae.collector.driver;

import io.deungdae.collector.signal.Clock;

/** A device as the settings describe it, checked and ready to be built. Holds no connection. */
public interface DeviceSpec {

  /** Where it is, for people, without secrets: {@code 192.168.0.10:502 unit 1}. */
  String endpoint();

  /**
   * Builds the driver.
   *
   * @param sink where its samples go
   * @param clock the time
   * @param wake wakes the device's thread, to be called when data has arrived; never blocks
   */
  Device build(SampleSink sink, Clock clock, Runnable wake);
}
