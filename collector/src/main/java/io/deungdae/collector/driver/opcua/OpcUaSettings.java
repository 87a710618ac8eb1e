package io.deungdae.collector.driver.opcua;

import io.deungdae.collector.settings.Secret;
import io.deungdae.collector.settings.Section;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one server is reached.
 *
 * @param endpoint discovery URL, {@code opc.tcp://host:port/path}; host and port are used for the
 *     session too, whatever name the server calls itself by
 * @param security which security policy to use
 * @param mode which message security mode to use
 * @param user user name; empty for anonymous
 * @param password the user's password
 * @param certificateUser certificate that the user shows in place of name and password, or null
 * @param passwordInClear true to send the password over a link that does not encrypt it
 * @param pki folder of certificates and keys, shared by all OPC UA devices
 * @param certificate how long our own certificate is valid, and when it is renewed
 * @param timeout longest wait for any one answer
 * @param sessionTimeout how long the server keeps a session, and its subscriptions, that it does
 *     not hear of; short, because after a cut the old session takes one of the server's few places
 * @param publishingInterval longest time until a change is sent; shorter for faster scan classes
 * @param keepAlive how often a subscription that has nothing to tell says so; after three such
 *     times of silence everything is built anew
 * @param refresh how often an unchanged value that its subscription vouches for is handed on again
 * @param queueSize changes of one tag kept by the server between two publishings
 * @param collect how tags are had that are not {@code fast}
 * @param fast how tags of scan class {@code fast} are had
 * @param sessions how many sessions there are
 * @param retryRejected how often a node that the server rejected is tried again
 */
record OpcUaSettings(
    String endpoint,
    Security security,
    Mode mode,
    String user,
    Secret password,
    @Nullable CertificateUser certificateUser,
    boolean passwordInClear,
    Path pki,
    Renewal certificate,
    Duration timeout,
    Duration sessionTimeout,
    Duration publishingInterval,
    Duration keepAlive,
    Duration refresh,
    int queueSize,
    Collect collect,
    Fast fast,
    Sessions sessions,
    Duration retryRejected) {

  /** Which security policy. */
  enum Security {
    /** The most secure one that the server offers and we know; never none. */
    BEST,
    /** No security at all: anyone on the network can read and change everything. */
    NONE,
    BASIC256SHA256,
    AES128_SHA256_RSAOAEP,
    AES256_SHA256_RSAPSS
  }

  /** Which message security mode. */
  enum Mode {
    /** Signed and encrypted where offered, else signed. */
    BEST,
    SIGN,
    SIGN_AND_ENCRYPT
  }

  /**
   * A user who shows a certificate.
   *
   * @param certificate file with the certificate, DER or PEM
   * @param key file with its key, PKCS 8 in PEM form, not encrypted
   */
  record CertificateUser(Path certificate, Path key) {}

  /**
   * Of our own certificate.
   *
   * @param validity how long one is valid
   * @param renewBefore how long before its end a new one is made
   */
  record Renewal(Duration validity, Duration renewBefore) {}

  /** How tags are had that are not fast. */
  enum Collect {
    /** Subscribed; polled where the server has no subscriptions or none left, which is told. */
    SUBSCRIBE,
    /** Read each period. */
    POLL
  }

  /** How many sessions there are. */
  enum Sessions {
    /** A second one for fast tags and for writes, where there are such tags. */
    TWO,
    /** One for everything. */
    ONE
  }

  /** How tags of scan class {@code fast} are had. */
  enum Fast {
    /** Read in a loop: control waits for these. */
    READ,
    /** Subscribed, as the other classes. */
    SUBSCRIBE
  }

  /** Reads the device's {@code opcua} section. */
  static OpcUaSettings read(Section section) {
    OpcUaSettings settings =
        new OpcUaSettings(
            endpoint(section),
            section.choice("security", Security.BEST),
            section.choice("mode", Mode.BEST),
            section.text("user", ""),
            section.secret("password"),
            certificateUser(section),
            section.flag("passwordInClear", false),
            section.dataFile("pki", "pki/opcua"),
            renewal(section),
            duration(section, "timeout", "5s", "100ms", "60s"),
            duration(section, "sessionTimeout", "30s", "10s", "1h"),
            duration(section, "publishingInterval", "500ms", "10ms", "60s"),
            duration(section, "keepAlive", "1s", "100ms", "60s"),
            duration(section, "refresh", "2s", "100ms", "1h"),
            section.integer("queueSize", 10, 1, 10_000),
            section.choice("collect", Collect.SUBSCRIBE),
            section.choice("fast", Fast.READ),
            section.choice("sessions", Sessions.TWO),
            duration(section, "retryRejected", "60s", "1s", "24h"));
    section.done();
    return settings;
  }

  private static @Nullable CertificateUser certificateUser(Section section) {
    String certificate = section.text("userCertificate", "");
    String key = section.text("userKey", "");
    if (certificate.isEmpty() != key.isEmpty()) {
      section.problem("userCertificate", "only one of userCertificate and userKey", "both or none");
    }
    if (certificate.isEmpty() || key.isEmpty()) {
      return null;
    }
    if (!section.text("user", "").isEmpty()) {
      section.problem("userCertificate", "a user with name and certificate", "one of both");
    }
    return new CertificateUser(
        section.folder().resolve(certificate).normalize(),
        section.folder().resolve(key).normalize());
  }

  private static Renewal renewal(Section section) {
    Renewal renewal =
        new Renewal(
            duration(section, "certificateValidity", "1825d", "2d", "7300d"),
            duration(section, "renewBefore", "90d", "1d", "3650d"));
    if (renewal.renewBefore().compareTo(renewal.validity()) >= 0) {
      section.problem(
          "renewBefore",
          Section.show(renewal.renewBefore()),
          "less than certificateValidity, " + Section.show(renewal.validity()));
    }
    return renewal;
  }

  private static Duration duration(
      Section section, String key, String fallback, String low, String high) {
    return section.duration(key, duration(fallback), duration(low), duration(high));
  }

  private static Duration duration(String text) {
    return Section.parseDuration(text).orElseThrow();
  }

  private static String endpoint(Section section) {
    String text = section.text("endpoint");
    if (!text.isEmpty() && uri(text).isEmpty()) {
      section.problem("endpoint", "'" + text + "'", "opc.tcp://host:port, with a path if need be");
    }
    return text;
  }

  private static Optional<URI> uri(String text) {
    try {
      URI uri = URI.create(text);
      boolean usable = "opc.tcp".equals(uri.getScheme()) && uri.getHost() != null;
      return usable ? Optional.of(uri) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The server's host, as the settings name it. */
  String host() {
    return URI.create(endpoint).getHost();
  }

  /** The server's port. */
  int port() {
    int port = URI.create(endpoint).getPort();
    return port > 0 ? port : 4840; // OPC UA Part 6 §7.1.1, registered port
  }
}
