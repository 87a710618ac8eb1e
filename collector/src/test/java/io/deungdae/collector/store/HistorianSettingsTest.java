package io.deungdae.collector.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.deungdae.collector.settings.Overrides;
import io.deungdae.collector.settings.Problems;
import io.deungdae.collector.settings.SettingsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HistorianSettingsTest {

  @TempDir Path folder;
  private final Problems problems = new Problems();

  private HistorianSettings read(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("site.yaml"), yaml);
    return HistorianSettings.read(
        SettingsFile.read(file, Overrides.none(), problems).section("historian"));
  }

  @Test
  void everySettingHasADefault() throws IOException {
    assertEquals(HistorianSettings.in(folder.resolve("data/history")), read("site: a"));
    assertEquals(List.of(), problems.all());
  }

  @Test
  void everySettingCanBeChanged() throws IOException {
    HistorianSettings settings =
        read(
            """
            historian:
              folder: h
              commit: 50ms
              readable: 70ms
              commitRows: 10
              queueRows: 20
              retention: 0s
              keepFreeMb: 7
              timeBehind: 2d
              timeAhead: 3s
              verifyEvery: 5d
            """);
    assertEquals(List.of(), problems.all());
    assertEquals(
        new HistorianSettings(
            folder.resolve("data/h"),
            Duration.ofMillis(50),
            Duration.ofMillis(70),
            10,
            20,
            Duration.ZERO,
            7,
            Duration.ofDays(2),
            Duration.ofSeconds(3),
            Keep.of(Duration.ZERO),
            Duration.ofDays(5)),
        settings);
  }

  @Test
  void aMistakeNamesItsKey() throws IOException {
    read("historian: {commit: 0s, folders: x}");
    assertEquals(
        List.of("historian.commit", "historian.folders"),
        problems.all().stream().map(p -> p.key()).sorted().toList());
  }
}
