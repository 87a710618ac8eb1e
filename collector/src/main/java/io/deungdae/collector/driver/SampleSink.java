package io.deungdae.collector.driver;

import io.deungdae.collector.signal.Sample;
import java.util.List;

/** Takes samples from a device. Called by the device's own thread. */
@FunctionalInterface
public interface SampleSink {

  /**
   * Takes a batch, in the order in which the device gave it.
   *
   * @return a ticket: the samples are durable once the historian's committed ticket reaches it
   */
  long accept(List<Sample> batch);

  /**
   * The highest ticket up to which everything is safely on disk, for protocols that acknowledge
   * what they were given. A sink that keeps nothing answers that all is.
   */
  default long committed() {
    return Long.MAX_VALUE;
  }
}
