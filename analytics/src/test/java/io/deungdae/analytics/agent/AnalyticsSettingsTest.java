package io.deungdae.analytics.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalyticsSettingsTest {

  @TempDir Path folder = Path.of("");

  private AnalyticsSettings read(String yaml) throws IOException {
    return new FurnaceSite(1, folder, yaml).settings;
  }

  @Test
  void defaultsFollowTheStep() throws IOException {
    AnalyticsSettings settings = read("step: 2s\n");
    assertEquals(Duration.ofMinutes(2), settings.objectiveWindow());
    assertEquals(Duration.ofSeconds(10), settings.detect().fast());
    assertEquals("furnace.good_rate", settings.running().name());
    assertEquals(Duration.ofHours(24), settings.train().after());
    assertTrue(settings.faults().faults().isEmpty());
  }

  @Test
  void everythingIsRead() throws IOException {
    AnalyticsSettings settings =
        read(
            """
            step: 200ms
            lookBack: 3s
            lags: [1s, 5s]
            smoothing: 1s
            running: {tag: furnace.throughput, above: 5}
            objectiveWindow: 15s
            train: {after: 2min, window: 1h, rows: 700, every: 10min, net: false, load: 0.3, seed: 9}
            detect: {falseAlarmRate: 0.01, margin: 1.5, fast: 1s, slow: 9s, needed: 4, window: 5, closeBelow: 0.7, driftRatio: 6}
            leastConfidence: 0.6
            optimise: {enabled: false, minimumGain: 0.02, sigmas: 2, reach: 1, beyond: 0.1, settle: 25s, every: 40s, stands: 50s}
            """);
    assertEquals(2, settings.lags().size());
    assertEquals("furnace.throughput", settings.running().name());
    assertEquals(0.3, settings.train().load());
    assertEquals(700, settings.train().rows());
    assertEquals(9, settings.train().seed());
    assertEquals(4, settings.detect().needed());
    assertEquals(Duration.ofSeconds(25), settings.optimise().settle());
    assertEquals(0.6, settings.leastConfidence());
  }

  @Test
  void aTrainingHoldsWhatTheFirstOneNeedsAndNoMoreThanMemory() throws IOException {
    assertEquals(20_000, read("step: 10s\n").train().rows());
    assertEquals(43_200, read("step: 2s\n").train().rows());
    IllegalArgumentException problem =
        assertThrows(IllegalArgumentException.class, () -> read("step: 200ms\n"));
    assertTrue(problem.toString().contains("at least 432000"), problem.toString());
  }

  @Test
  void anUnknownKeyIsAMistake() {
    IllegalArgumentException problem =
        assertThrows(IllegalArgumentException.class, () -> read("stepp: 2s\n"));
    assertTrue(problem.toString().contains("stepp"), problem.toString());
  }
}
