package io.deungdae.collector.driver.mqtt;

import java.util.Optional;

/**
 * Where a tag is: {@code plant/meters/furnace#power_kw}. Without a path the payload itself is the
 * value: a number, a text, true or false.
 *
 * @param topic the topic, without wildcards: one tag has one source
 * @param path where in the payload
 */
record TopicAddress(String topic, JsonPath path) {

  private static final int LONGEST = 65_535; // MQTT 3.1.1 §1.5.3

  /** Reads an address; empty when it is none. */
  static Optional<TopicAddress> parse(String text) {
    int hash = text.indexOf('#');
    String topic = hash < 0 ? text : text.substring(0, hash);
    String path = hash < 0 ? "" : text.substring(hash + 1);
    if (topic.isBlank() || topic.contains("+") || topic.length() > LONGEST) {
      return Optional.empty();
    }
    return JsonPath.parse(path).map(found -> new TopicAddress(topic, found));
  }
}
