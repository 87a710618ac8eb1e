package io.deungdae.collector.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.deungdae.collector.settings.Overrides;
import io.deungdae.collector.settings.Problems;
import io.deungdae.collector.settings.Secret;
import io.deungdae.collector.settings.SettingsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InfluxSettingsTest {

  @TempDir Path folder;
  private final Problems problems = new Problems();

  private InfluxSettings read(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("site.yaml"), yaml);
    return InfluxSettings.read(
        SettingsFile.read(file, Overrides.none(), problems).sections("influx").get(0));
  }

  private List<String> keys() {
    return problems.all().stream().map(p -> p.key().replace("influx.main.", "")).sorted().toList();
  }

  @Test
  void aDatabaseOfVersionOneNeedsLittle() throws IOException {
    InfluxSettings settings =
        read(
            """
            influx:
              - name: main
                url: http://127.0.0.1:8086
                version: v1
                database: plant
            """);
    assertEquals(List.of(), problems.all());
    assertEquals(
        InfluxSettings.v1(
            ForwarderSettings.of("main", folder.resolve("data/forward")),
            "http://127.0.0.1:8086",
            "plant"),
        settings);
  }

  @Test
  void everySettingCanBeChanged() throws IOException {
    InfluxSettings settings =
        read(
            """
            influx:
              - name: main
                folder: f
                batch: 10
                pause: 2s
                retryLow: 3s
                retryHigh: 4s
                url: https://influx.plant:8086
                version: v2
                org: o
                bucket: b
                database: d
                retentionPolicy: r
                token: token.txt
                user: u
                password: password.txt
                measurement: m
                timeout: 5s
                gzip: false
                tags: [unit, path]
                fields: tag
                quality: not-good
                parallel: 2
                batchKb: 100
                order: as-stored
                backfill: 700
            """);
    assertEquals(List.of(), problems.all());
    assertEquals(
        new InfluxSettings(
            ForwarderSettings.of("main", folder.resolve("data/f"))
                .withBatch(10)
                .withWaits(Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofSeconds(4))
                .withBacklog(SendOrder.AS_STORED, 700)
                .withBatchBytes(102_400),
            "https://influx.plant:8086",
            InfluxVersion.V2,
            "o",
            "b",
            "d",
            "r",
            new Secret(folder.resolve("token.txt")),
            "u",
            new Secret(folder.resolve("password.txt")),
            new InfluxMapping(
                "m", Set.of("path", "unit"), InfluxFields.TAG, InfluxQuality.NOT_GOOD),
            Duration.ofSeconds(5),
            false,
            2),
        settings);
    assertFalse(settings.toString().contains("password.txt"), settings.toString());
  }

  @Test
  void eachVersionSaysWhatItNeeds() throws IOException {
    read("influx: [{name: main, url: 'http://h', version: v2}]");
    assertEquals(List.of("bucket", "org", "token"), keys());
  }

  @Test
  void mistakesAreNamed() throws IOException {
    read(
        "influx: [{name: main, url: 'h:8086', version: v1, user: u, retryLow: 5s, retryHigh: 1s,"
            + " databse: x}]");
    assertEquals(List.of("database", "databse", "password", "retryHigh", "url"), keys());
  }

  @Test
  void aTagIsEitherTheFieldOrInItsPlace() throws IOException {
    read(
        "influx: [{name: main, url: 'http://h', version: v1, database: d, fields: tag,"
            + " tags: [tag]}]");
    assertEquals(List.of("fields"), keys());
  }
}
