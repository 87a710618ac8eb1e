package io.deungdae.collector.forward;

/** What one MQTT message carries. */
public enum MqttPayload {
  /** One row, an object. */
  SAMPLE,
  /** Rows that go to the same topic at the same time, an array. */
  ARRAY
}
