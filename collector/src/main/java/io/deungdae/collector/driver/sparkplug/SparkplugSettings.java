package io.deungdae.collector.driver.sparkplug;

import io.deungdae.collector.driver.broker.Announcement;
import io.deungdae.collector.driver.broker.BrokerSettings;
import io.deungdae.collector.driver.broker.BrokerSettings.Keep;
import io.deungdae.collector.settings.Section;
import java.time.Duration;
import java.time.Instant;

/**
 * How edge nodes are reached.
 *
 * @param link the broker
 * @param hostId our name as a host application, told to edge nodes; empty to be silent
 * @param stateVersion how that is told
 * @param rebirthPause least time between two requests to an edge node to tell its metrics again
 */
record SparkplugSettings(
    BrokerSettings link, String hostId, HostState.Version stateVersion, Duration rebirthPause) {

  /** Reads the device's {@code sparkplug} section. */
  static SparkplugSettings read(String device, Section section) {
    SparkplugSettings settings =
        new SparkplugSettings(
            BrokerSettings.read("deungdae-" + device, Keep.NOTHING, section)
                .withLongestMessage(section),
            section.text("hostId", ""),
            section.choice("stateVersion", HostState.Version.V3),
            section.duration(
                "rebirthPause",
                Duration.ofSeconds(10),
                Duration.ofMillis(100),
                Duration.ofHours(1)));
    if (settings.hostId.matches(".*[/+#].*")) {
      section.problem("hostId", "'" + settings.hostId + "'", "a name without /, + and #");
    }
    section.done();
    return settings;
  }

  /** What is told while we are here, and when we are gone (Sparkplug 3.0 §5.13). */
  Announcement state(boolean online, Instant since) {
    return HostState.announcement(stateVersion, hostId, online, since);
  }
}
