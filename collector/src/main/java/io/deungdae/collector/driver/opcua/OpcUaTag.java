package io.deungdae.collector.driver.opcua;

import io.deungdae.collector.driver.Conversion;
import io.deungdae.collector.signal.Tag;
import java.time.Duration;

/**
 * One tag of a server.
 *
 * @param conversion to and from the tag's unit
 * @param address where it is
 * @param period how often it is sampled
 * @param read true when it is read in a loop, false when it is subscribed
 */
record OpcUaTag(Conversion conversion, NodeAddress address, Duration period, boolean read) {

  /** The tag. */
  Tag tag() {
    return conversion.tag();
  }
}
