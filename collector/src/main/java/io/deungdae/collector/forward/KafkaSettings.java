package io.deungdae.collector.forward;

import io.deungdae.collector.driver.tls.TlsFiles;
import io.deungdae.collector.settings.Secret;
import io.deungdae.collector.settings.Section;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where rows are written to Kafka.
 *
 * @param forwarder name, batch, waits
 * @param brokers brokers to begin with, {@code host:port}
 * @param topic the topic, see {@link TopicTemplate}
 * @param clientId our name at the brokers
 * @param compression how records are compressed
 * @param encrypted whether connections are encrypted
 * @param tls what TLS needs, beyond what the machine trusts anyway
 * @param login how the user is told
 * @param user user name
 * @param password the user's password
 * @param timeout longest wait for an answer
 */
public record KafkaSettings(
    ForwarderSettings forwarder,
    List<String> brokers,
    String topic,
    String clientId,
    Compression compression,
    boolean encrypted,
    TlsFiles tls,
    Login login,
    String user,
    Secret password,
    Duration timeout) {

  /** How records are compressed; only what comes without a library of another language. */
  public enum Compression {
    /** Not at all. */
    NONE,
    /** Slow and small. */
    GZIP,
    /** Fast. */
    LZ4
  }

  /** How a user is told (SASL). */
  public enum Login {
    /** No user. */
    NONE,
    /** User and password as they are. */
    PLAIN,
    /** SCRAM-SHA-256. */
    SCRAM_SHA_256,
    /** SCRAM-SHA-512. */
    SCRAM_SHA_512
  }

  public KafkaSettings {
    brokers = List.copyOf(brokers);
  }

  /** Settings for brokers that ask for nothing. */
  public static KafkaSettings of(ForwarderSettings forwarder, String broker, String topic) {
    return new KafkaSettings(
        forwarder,
        List.of(broker),
        topic,
        "deungdae-" + forwarder.name(),
        Compression.LZ4,
        false,
        new TlsFiles(null, null, null),
        Login.NONE,
        "",
        Secret.NONE,
        Duration.ofSeconds(10));
  }

  /** Reads one entry of the list {@code kafka}. */
  public static KafkaSettings read(Section section) {
    ForwarderSettings forwarder = ForwarderSettings.read(section);
    KafkaSettings settings =
        new KafkaSettings(
            forwarder,
            section.texts("brokers"),
            section.text("topic", "deungdae.{site}"),
            section.text("clientId", "deungdae-" + forwarder.name()),
            section.choice("compression", Compression.LZ4),
            section.flag("tls", false),
            new TlsFiles(file(section, "ca"), file(section, "cert"), file(section, "key")),
            section.choice("login", Login.NONE),
            section.text("user", ""),
            section.secret("password"),
            section.duration(
                "timeout", Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ofMinutes(5)));
    settings.check(section);
    section.done();
    return settings;
  }

  private static @Nullable Path file(Section section, String key) {
    String name = section.text(key, "");
    return name.isEmpty() ? null : section.folder().resolve(name).normalize();
  }

  private void check(Section section) {
    if (brokers.isEmpty() || !brokers.stream().allMatch(b -> b.matches("[^\\s:/]+:\\d{1,5}"))) {
      section.problem("brokers", brokers.toString(), "at least one host:port");
    }
    if (!new TopicTemplate(topic, "site").strangers().isEmpty() || topic.isBlank()) {
      section.problem(
          "topic",
          "'" + topic + "'",
          "a topic with {" + String.join("}, {", new TreeSet<>(TopicTemplate.WORDS)) + "}");
    }
    if ((tls.certificate() == null) != (tls.key() == null)) {
      section.problem("cert", "only one of cert and key", "both or none");
    }
    boolean inClear = section.flag("passwordInClear", false);
    if (login != Login.NONE) {
      if (user.isEmpty() || !password.isPresent()) {
        section.problem("login", Section.show(login), "a user and a password with it");
      }
      if (login == Login.PLAIN && !encrypted && !inClear) {
        section.problem(
            "login",
            "plain over an unprotected connection",
            "tls: true, or passwordInClear: true to send the password for all to see");
      }
    }
  }
}
