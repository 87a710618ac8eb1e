package io.deungdae.control.api;

import io.deungdae.collector.settings.Section;
import java.time.Duration;

/**
 * Settings of the console and the REST interface.
 *
 * @param enabled whether they are served
 * @param listen address to listen on; loopback until told otherwise
 * @param port TCP port; 0 for a free one
 * @param push time between two pushes to a browser
 * @param idle time after which an unused log-in ends
 * @param secureCookie true when a TLS proxy stands in front, so that the cookie is sent over TLS
 *     only
 */
public record ConsoleSettings(
    boolean enabled, String listen, int port, Duration push, Duration idle, boolean secureCookie) {

  /** Reads the {@code console} section. */
  public static ConsoleSettings read(Section section) {
    ConsoleSettings settings =
        new ConsoleSettings(
            section.flag("enabled", true),
            section.text("listen", "127.0.0.1"),
            section.integer("port", 8420, 0, 65535),
            section.duration(
                "push", Duration.ofMillis(500), Duration.ofMillis(100), Duration.ofMinutes(1)),
            section.duration(
                "idle", Duration.ofHours(8), Duration.ofMinutes(1), Duration.ofDays(7)),
            section.flag("secureCookie", false));
    section.done();
    return settings;
  }
}
