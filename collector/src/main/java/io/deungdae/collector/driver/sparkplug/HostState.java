package io.deungdae.collector.driver.sparkplug;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deungdae.collector.driver.broker.Announcement;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Whether a host application is there, as it says itself.
 *
 * @param online true when it is
 * @param timestampMs since when, milliseconds since 1970 UTC; -1 when not told, as before version 3
 */
public record HostState(boolean online, long timestampMs) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ONLINE = "ONLINE";
  private static final String OFFLINE = "OFFLINE";

  /** How it is said. */
  public enum Version {
    /** {@code STATE/host}, ONLINE and OFFLINE (Sparkplug 2.2 §13). */
    V2,
    /** {@code spBv1.0/STATE/host}, JSON with a time (Sparkplug 3.0 §6.4.25). */
    V3
  }

  /** Where a host application says it. */
  public static String topic(Version version, String host) {
    return version == Version.V2 ? "STATE/" + host : SparkplugTopic.NAMESPACE + "/STATE/" + host;
  }

  /** Reads what a host application says; what cannot be read counts as not there. */
  public static HostState read(byte[] payload) {
    String text = new String(payload, StandardCharsets.UTF_8).strip();
    try {
      JsonNode state = JSON.readTree(text);
      return new HostState(state.path("online").asBoolean(), state.path("timestamp").asLong(-1));
    } catch (JsonProcessingException e) {
      return new HostState(text.equals(ONLINE), -1);
    }
  }

  /** What a host application says, for the broker to keep. */
  static Announcement announcement(Version version, String host, boolean online, Instant since) {
    String payload =
        version == Version.V2
            ? online ? ONLINE : OFFLINE
            : "{\"online\":" + online + ",\"timestamp\":" + since.toEpochMilli() + "}";
    return Announcement.text(topic(version, host), payload, 1, true);
  }
}
