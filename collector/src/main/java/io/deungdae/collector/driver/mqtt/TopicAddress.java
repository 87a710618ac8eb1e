package io.deungdae.collector.driver.mqtt;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a tag is: {@code plant/meters/furnace#power_kw}, or with a time of its own {@code
 * line/log#csv:2 @ csv:0}. Without a place the payload itself is the value: a number, a text, true
 * or false.
 *
 * @param topic the topic, without wildcards: one tag has one source
 * @param value where in the payload its value is
 * @param time where its time is; null where the device's settings say it
 */
record TopicAddress(String topic, Place value, @Nullable Place time) {

  private static final int LONGEST = 65_535; // MQTT 3.1.1 §1.5.3
  private static final String TIME = " @ ";

  /** Reads an address; empty when it is none. */
  static Optional<TopicAddress> parse(String text) {
    int hash = text.indexOf('#');
    String topic = hash < 0 ? text : text.substring(0, hash);
    String rest = hash < 0 ? "" : text.substring(hash + 1);
    if (topic.isBlank()
        || topic.contains("+")
        || topic.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
      return Optional.empty();
    }
    int at = rest.lastIndexOf(TIME);
    Optional<Place> value = Place.parse(at < 0 ? rest : rest.substring(0, at));
    Optional<Place> time =
        at < 0 ? Optional.empty() : Place.parse(rest.substring(at + TIME.length()).strip());
    if (value.isEmpty() || (at >= 0 && time.isEmpty())) {
      return Optional.empty();
    }
    return Optional.of(new TopicAddress(topic, value.get(), time.orElse(null)));
  }
}
