package io.deungdae.collector.driver.mqtt;

import io.deungdae.collector.driver.tls.TlsFiles;
import io.deungdae.collector.settings.Secret;
import io.deungdae.collector.settings.Section;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a broker is reached, and how its messages are read.
 *
 * @param broker {@code tcp://host:port} or {@code ssl://host:port}
 * @param version MQTT version, 3 (that is 3.1.1) or 5
 * @param clientId our name at the broker; must be ours alone, and stay the same, because the broker
 *     keeps messages for it
 * @param user user name; empty for none
 * @param password the user's password
 * @param tls what TLS needs, beyond what the machine trusts anyway
 * @param cleanSession true to have the broker forget us when we are away
 * @param keepAlive longest silence on the connection before it is tested
 * @param qos 0 or 1. There is no 2: there the broker hands over its responsibility before anything
 *     is on our disk
 * @param inFlight most messages taken and not yet on disk
 * @param timeout longest wait for any one answer
 * @param staleAfter silence after which a tag's value counts as stale; zero for never
 * @param time where in a payload its time is, or null when it has none
 * @param timeFormat how it is written
 */
record MqttSettings(
    String broker,
    int version,
    String clientId,
    String user,
    Secret password,
    TlsFiles tls,
    boolean cleanSession,
    Duration keepAlive,
    int qos,
    int inFlight,
    Duration timeout,
    Duration staleAfter,
    @Nullable JsonPath time,
    TimeFormat timeFormat) {

  private static final Set<String> SCHEMES = Set.of("tcp", "ssl");

  /** Reads the device's {@code mqtt} section. */
  static MqttSettings read(String device, Section section) {
    MqttSettings settings =
        new MqttSettings(
            section.text("broker"),
            section.integer("version", 3, 3, 5),
            section.text("clientId", "deungdae-" + device),
            section.text("user", ""),
            section.secret("password"),
            tls(section),
            section.flag("cleanSession", false),
            duration(section, "keepAlive", "20s", "1s", "1h"),
            section.integer("qos", 1, 0, 1),
            section.integer("inFlight", 1000, 1, 100_000),
            duration(section, "timeout", "5s", "1s", "60s"),
            duration(section, "staleAfter", "60s", "0s", "7d"),
            time(section),
            section.choice("timeFormat", TimeFormat.AUTO));
    settings.check(section);
    section.done();
    return settings;
  }

  private static Duration duration(
      Section section, String key, String fallback, String low, String high) {
    return section.duration(key, duration(fallback), duration(low), duration(high));
  }

  private static Duration duration(String text) {
    return Section.parseDuration(text).orElseThrow();
  }

  private static TlsFiles tls(Section section) {
    return new TlsFiles(file(section, "ca"), file(section, "cert"), file(section, "key"));
  }

  private static @Nullable Path file(Section section, String key) {
    String name = section.text(key, "");
    return name.isEmpty() ? null : section.folder().resolve(name).normalize();
  }

  private static @Nullable JsonPath time(Section section) {
    String text = section.text("time", "");
    if (text.isEmpty()) {
      return null;
    }
    return JsonPath.parse(text)
        .orElseGet(
            () -> {
              section.problem("time", "'" + text + "'", "a path such as ts or header.time");
              return null;
            });
  }

  private void check(Section section) {
    boolean inClear = section.flag("passwordInClear", false);
    if (version == 4) {
      section.problem("version", "'4'", "3 or 5");
    }
    if (!broker.isEmpty() && !isBroker()) {
      section.problem("broker", "'" + broker + "'", "tcp://host:port or ssl://host:port");
    } else if (!broker.isEmpty() && !user.isEmpty() && !inClear && !isPrivate()) {
      section.problem(
          "broker",
          "a user with an unprotected connection",
          "ssl://, or passwordInClear: true to send the password for all to see");
    }
    if ((tls.certificate() == null) != (tls.key() == null)) {
      section.problem("cert", "only one of cert and key", "both or none");
    }
  }

  private boolean isBroker() {
    try {
      URI uri = URI.create(broker);
      String scheme = uri.getScheme();
      return scheme != null && SCHEMES.contains(scheme) && uri.getHost() != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private boolean isPrivate() {
    String host = URI.create(broker).getHost();
    return encrypted() || host.equals("localhost") || host.startsWith("127.");
  }

  /** True when the connection is encrypted. */
  boolean encrypted() {
    return broker.startsWith("ssl://");
  }
}
