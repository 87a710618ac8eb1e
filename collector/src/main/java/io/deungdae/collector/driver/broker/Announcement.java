package io.deungdae.collector.driver.broker;

import java.nio.charset.StandardCharsets;

/**
 * A message to a broker.
 *
 * @param topic its topic, without wildcards
 * @param payload its payload; not to be changed
 * @param qos 0 to 2
 * @param retained true to have the broker keep it for those who subscribe later
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
public record Announcement(String topic, byte[] payload, int qos, boolean retained) {

  /** A text. */
  public static Announcement text(String topic, String payload, int qos, boolean retained) {
    return new Announcement(topic, payload.getBytes(StandardCharsets.UTF_8), qos, retained);
  }
}
