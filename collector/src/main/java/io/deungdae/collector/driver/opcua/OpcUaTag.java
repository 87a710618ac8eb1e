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
 * @param way how its values are had
 */
record OpcUaTag(Conversion conversion, NodeAddress address, Duration period, Way way) {

  /** How a tag's values are had. */
  enum Way {
    /** Read in a tight loop, on a session of its own where there is one: control waits for it. */
    FAST,
    /** Told by the server when they change. */
    SUBSCRIBED,
    /** Read each period. */
    POLLED
  }

  /** The tag. */
  Tag tag() {
    return conversion.tag();
  }
}
