package io.deungdae.collector.driver.mqtt;

import io.deungdae.collector.driver.Conversion;
import io.deungdae.collector.signal.Tag;

/**
 * One tag of a broker.
 *
 * @param conversion to the tag's unit
 * @param address where it is
 */
record MqttTag(Conversion conversion, TopicAddress address) {

  /** The tag. */
  Tag tag() {
    return conversion.tag();
  }
}
