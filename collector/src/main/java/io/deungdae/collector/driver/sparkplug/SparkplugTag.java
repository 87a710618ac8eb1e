package io.deungdae.collector.driver.sparkplug;

import io.deungdae.collector.driver.Conversion;
import io.deungdae.collector.signal.Tag;

/**
 * One tag.
 *
 * @param conversion to the tag's unit
 * @param address where it is
 */
record SparkplugTag(Conversion conversion, SparkplugAddress address) {

  /** The tag. */
  Tag tag() {
    return conversion.tag();
  }
}
