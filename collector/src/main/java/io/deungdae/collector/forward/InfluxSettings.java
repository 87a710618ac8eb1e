package io.deungdae.collector.forward;

import io.deungdae.collector.settings.Secret;
import io.deungdae.collector.settings.Section;
import java.net.URI;
import java.time.Duration;

/**
 * Where and how to write to InfluxDB.
 *
 * @param forwarder name, batch, waits
 * @param url base address, {@code http://host:8086}
 * @param version which InfluxDB
 * @param org organisation, of 2.x
 * @param bucket bucket, of 2.x
 * @param database database, of 1.x and 3.x
 * @param retentionPolicy retention policy, of 1.x; empty for the database's default
 * @param token token, of 2.x and 3.x
 * @param user user, of 1.x; empty for none
 * @param password the user's password, of 1.x
 * @param measurement name of the measurement that all samples go to
 * @param timeout longest wait for an answer
 * @param gzip whether requests are compressed
 */
public record InfluxSettings(
    ForwarderSettings forwarder,
    String url,
    InfluxVersion version,
    String org,
    String bucket,
    String database,
    String retentionPolicy,
    Secret token,
    String user,
    Secret password,
    String measurement,
    Duration timeout,
    boolean gzip) {

  /** Settings for a database of InfluxDB 1.x without a user. */
  public static InfluxSettings v1(ForwarderSettings forwarder, String url, String database) {
    return new InfluxSettings(
        forwarder,
        url,
        InfluxVersion.V1,
        "",
        "",
        database,
        "",
        Secret.NONE,
        "",
        Secret.NONE,
        "samples",
        Duration.ofSeconds(10),
        true);
  }

  /** Reads one entry of the list of InfluxDB receivers. */
  public static InfluxSettings read(Section section) {
    InfluxSettings settings =
        new InfluxSettings(
            ForwarderSettings.read(section),
            section.text("url"),
            section.choice("version", InfluxVersion.class),
            section.text("org", ""),
            section.text("bucket", ""),
            section.text("database", ""),
            section.text("retentionPolicy", ""),
            section.secret("token"),
            section.text("user", ""),
            section.secret("password"),
            section.text("measurement", "samples"),
            section.duration(
                "timeout", Duration.ofSeconds(10), Duration.ofMillis(100), Duration.ofMinutes(5)),
            section.flag("gzip", true));
    settings.check(section);
    section.done();
    return settings;
  }

  private void check(Section section) {
    if (!isHttp(url)) {
      section.problem("url", "'" + url + "'", "an address such as http://127.0.0.1:8086");
    }
    if (measurement.isBlank()) {
      section.problem("measurement", "nothing", "a name");
    }
    switch (version) {
      case V1 -> {
        need(section, "database", database);
        if (!user.isEmpty() && !password.isPresent()) {
          section.problem("password", "nothing", "a file, as there is a user");
        }
      }
      case V2 -> {
        need(section, "org", org);
        need(section, "bucket", bucket);
        need(section, "token", token.toString());
      }
      case V3 -> need(section, "database", database);
    }
  }

  private void need(Section section, String key, String value) {
    if (value.isBlank()) {
      section.problem(key, "nothing", "a value, as version is " + Section.show(version));
    }
  }

  private static boolean isHttp(String url) {
    try {
      URI uri = new URI(url);
      return uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
    } catch (java.net.URISyntaxException e) {
      return false;
    }
  }

  /** What the client calls a bucket: in 1.x and 3.x it stands for the database. */
  String target() {
    return version == InfluxVersion.V2 ? bucket : database;
  }
}
