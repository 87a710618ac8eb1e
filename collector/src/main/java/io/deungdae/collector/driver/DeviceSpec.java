package io.deungdae.collector.driver;

import io.deungdae.collector.signal.Clock;
import java.util.Optional;

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

  /**
   * Opens a link of its own to look at single addresses; empty when the protocol has nothing that
   * can be asked for.
   *
   * @throws DeviceException when there is no link to be had
   */
  default Optional<Probe> probe(Clock clock) throws DeviceException {
    return Optional.empty();
  }

  /**
   * Opens a link of its own to look around; empty when devices of this protocol cannot tell what
   * they have.
   *
   * @throws DeviceException when there is no link to be had
   */
  default Optional<Browser> browser(Clock clock) throws DeviceException {
    return Optional.empty();
  }
}
