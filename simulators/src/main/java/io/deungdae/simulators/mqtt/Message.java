package io.deungdae.simulators.mqtt;

import java.nio.charset.StandardCharsets;

/** One message to be published. Immutable. */
final class Message {

  private final String topic;
  private final byte[] payload;
  private final boolean retained;

  Message(String topic, byte[] payload, boolean retained) {
    this.topic = topic;
    this.payload = payload.clone();
    this.retained = retained;
  }

  String topic() {
    return topic;
  }

  byte[] payload() {
    return payload.clone();
  }

  boolean retained() {
    return retained;
  }

  /** The first half of it. */
  Message cut() {
    return new Message(topic, java.util.Arrays.copyOf(payload, payload.length / 2), retained);
  }

  /** What is no message of anybody's, under the same topic. */
  Message garbage() {
    return new Message(topic, "\u0007?!".getBytes(StandardCharsets.UTF_8), retained);
  }
}
