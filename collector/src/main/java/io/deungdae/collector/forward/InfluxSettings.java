package io.deungdae.collector.forward;

import io.deungdae.collector.settings.Secret;
import io.deungdae.collector.settings.Section;
import java.net.URI;
import java.time.Duration;
import java.util.TreeSet;

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
 * @param mapping what becomes of a row there
 * @param timeout longest wait for an answer
 * @param gzip whether requests are compressed
 * @param parallel most requests under way at the same time
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
    InfluxMapping mapping,
    Duration timeout,
    boolean gzip,
    int parallel) {

  private static final int PARALLEL = 5;

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
        InfluxMapping.USUAL,
        Duration.ofSeconds(10),
        !isHere(url),
        PARALLEL);
  }

  /** The same with another mapping. */
  public InfluxSettings withMapping(InfluxMapping other) {
    return new InfluxSettings(
        forwarder,
        url,
        version,
        org,
        bucket,
        database,
        retentionPolicy,
        token,
        user,
        password,
        other,
        timeout,
        gzip,
        parallel);
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
            InfluxMapping.read(section),
            section.duration(
                "timeout", Duration.ofSeconds(10), Duration.ofMillis(100), Duration.ofMinutes(5)),
            section.flag("gzip", !isHere(section.text("url"))),
            section.integer("parallel", PARALLEL, 1, 16));
    settings.check(section);
    section.done();
    return settings;
  }

  private void check(Section section) {
    if (!isHttp(url)) {
      section.problem("url", "'" + url + "'", "an address such as http://127.0.0.1:8086");
    }
    if (mapping.measurement().isBlank()) {
      section.problem("measurement", "nothing", "a name");
    }
    if (!mapping.strangers().isEmpty() || !InfluxMapping.WORDS.containsAll(mapping.tags())) {
      section.problem(
          mapping.strangers().isEmpty() ? "tags" : "measurement",
          "something that tags do not have",
          String.join(", ", new TreeSet<>(InfluxMapping.WORDS)));
    } else if (!mapping.tellsTagsApart()) {
      section.problem(
          "tags", "no tag", "tag among them, or {tag} in measurement, to tell tags apart");
    } else if (mapping.fields() == InfluxFields.TAG && mapping.namesTag()) {
      section.problem("fields", "tag", "tag neither among tags nor in measurement then");
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

  /** True for this machine: what does not leave it need not be compressed. */
  private static boolean isHere(String url) {
    return isHttp(url)
        && (URI.create(url).getHost().equals("localhost")
            || URI.create(url).getHost().startsWith("127."));
  }

  /** What the client calls a bucket: in 1.x and 3.x it stands for the database. */
  String target() {
    return version == InfluxVersion.V2 ? bucket : database;
  }
}
