package io.deungdae.collector.driver.broker;

import io.deungdae.collector.driver.tls.TlsFiles;
import io.deungdae.collector.settings.Secret;
import io.deungdae.collector.settings.Section;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a broker is reached.
 *
 * @param url {@code tcp://host:port} or {@code ssl://host:port}
 * @param version MQTT version, 3 (that is 3.1.1) or 5
 * @param clientId our name at the broker; must be ours alone, and stay the same, because the broker
 *     keeps messages for it
 * @param user user name; empty for none
 * @param password the user's password
 * @param tls what TLS needs, beyond what the machine trusts anyway
 * @param cleanSession true to have the broker forget us when we are away
 * @param keepAlive longest silence on the connection before it is tested
 * @param inFlight most messages that we take without acknowledging them
 * @param timeout longest wait for any one answer
 * @param longestMessage bytes of the longest message that is taken; of a longer one only the
 *     beginning is
 * @param will what the broker says for us when the connection breaks, or null
 */
public record BrokerSettings(
    String url,
    int version,
    String clientId,
    String user,
    Secret password,
    TlsFiles tls,
    boolean cleanSession,
    Duration keepAlive,
    int inFlight,
    Duration timeout,
    int longestMessage,
    @Nullable Announcement will) {

  /** Bytes of the longest message that is taken, unless told otherwise. */
  static final int USUAL_LONGEST_MESSAGE = 4 << 20;

  private static final int LONGEST_MESSAGE_KB = 64 << 10;

  /** What a broker keeps for us while we are away. */
  public enum Keep {
    /** What the settings say; usually all. */
    AS_SET,
    /** Nothing, as the protocol above wants it. */
    NOTHING
  }

  /** A connection that takes messages of the usual size. */
  public BrokerSettings(
      String url,
      int version,
      String clientId,
      String user,
      Secret password,
      TlsFiles tls,
      boolean cleanSession,
      Duration keepAlive,
      int inFlight,
      Duration timeout,
      @Nullable Announcement will) {
    this(
        url,
        version,
        clientId,
        user,
        password,
        tls,
        cleanSession,
        keepAlive,
        inFlight,
        timeout,
        USUAL_LONGEST_MESSAGE,
        will);
  }

  private static final Set<String> SCHEMES = Set.of("tcp", "ssl");
  private static final int CLEAR_PORT = 1883;
  private static final int TLS_PORT = 8883;

  /**
   * Reads the keys of a connection from a section that has others too; the caller calls {@link
   * Section#done}.
   *
   * @param clientId the usual client id
   * @param session whether the broker is to keep what comes while we are away
   */
  public static BrokerSettings read(String clientId, Keep session, Section section) {
    BrokerSettings settings =
        new BrokerSettings(
            section.text("broker"),
            section.integer("version", 3, 3, 5),
            section.text("clientId", clientId),
            section.text("user", ""),
            section.secret("password"),
            new TlsFiles(file(section, "ca"), file(section, "cert"), file(section, "key")),
            session == Keep.NOTHING || section.flag("cleanSession", false),
            section.duration(
                "keepAlive", Duration.ofSeconds(20), Duration.ofSeconds(1), Duration.ofHours(1)),
            section.integer("inFlight", 1000, 1, 100_000),
            section.duration(
                "timeout", Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(60)),
            null);
    settings.check(section);
    return settings;
  }

  private static @Nullable Path file(Section section, String key) {
    String name = section.text(key, "");
    return name.isEmpty() ? null : section.folder().resolve(name).normalize();
  }

  private void check(Section section) {
    boolean inClear = section.flag("passwordInClear", false);
    if (version == 4) {
      section.problem("version", "'4'", "3 or 5");
    }
    if (!url.isEmpty() && !isBroker()) {
      section.problem("broker", "'" + url + "'", "tcp://host:port or ssl://host:port");
    } else if (!url.isEmpty() && !user.isEmpty() && !inClear && !isPrivate()) {
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
      URI uri = URI.create(url);
      String scheme = uri.getScheme();
      return scheme != null
          && SCHEMES.contains(scheme)
          && uri.getHost() != null
          && (uri.getPath() == null || uri.getPath().isEmpty());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private boolean isPrivate() {
    return encrypted() || host().equals("localhost") || host().startsWith("127.");
  }

  /** True when the connection is encrypted. */
  public boolean encrypted() {
    return url.startsWith("ssl://");
  }

  /** The broker's host. */
  public String host() {
    return URI.create(url).getHost();
  }

  /** The broker's port. */
  public int port() {
    int port = URI.create(url).getPort();
    return port > 0 ? port : encrypted() ? TLS_PORT : CLEAR_PORT;
  }

  /** The same with something to be said when the connection breaks. */
  public BrokerSettings withWill(Announcement lastWill) {
    return with(longestMessage, lastWill);
  }

  /** The same with the key of a section that says how long messages may be. */
  public BrokerSettings withLongestMessage(Section section) {
    int longest =
        section.integer("maxMessageKb", USUAL_LONGEST_MESSAGE >> 10, 16, LONGEST_MESSAGE_KB) << 10;
    return with(longest, will);
  }

  private BrokerSettings with(int longest, @Nullable Announcement lastWill) {
    return new BrokerSettings(
        url,
        version,
        clientId,
        user,
        password,
        tls,
        cleanSession,
        keepAlive,
        inFlight,
        timeout,
        longest,
        lastWill);
  }

  /** The same for a look around: under another name, and forgotten when it is over. */
  public BrokerSettings asVisitor(String otherClientId) {
    return new BrokerSettings(
        url,
        version,
        otherClientId,
        user,
        password,
        tls,
        true,
        keepAlive,
        inFlight,
        timeout,
        longestMessage,
        null);
  }
}
