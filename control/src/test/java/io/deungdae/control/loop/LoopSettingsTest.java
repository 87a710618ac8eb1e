package io.deungdae.control.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.settings.Overrides;
import io.deungdae.collector.settings.Problems;
import io.deungdae.collector.settings.SettingsFile;
import io.deungdae.control.decision.Verification;
import io.deungdae.control.guard.Interlock;
import io.deungdae.control.guard.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoopSettingsTest {

  @TempDir Path folder;
  private final SmallPlant plant = new SmallPlant();
  private final Problems problems = new Problems();

  private LoopSettings read(String yaml) throws IOException {
    Path file = folder.resolve("site.yaml");
    Files.writeString(file, yaml);
    return LoopSettings.read(
        SettingsFile.read(file, Overrides.none(), problems).section("loop"), plant.table);
  }

  @Test
  void everySettingIsRead() throws IOException {
    LoopSettings settings =
        read(
            """
            loop:
              period: 100ms
              mode: supervised
              handshake:
                remote: oven.remote
                watchdog: oven.watchdog_ok
                heartbeat: oven.heartbeat
                lease: 3s
                stable: 4s
                resume: true
              interlocks:
                - tag: oven.interlock
                  equals: 1
              inputs:
                needed: [oven.power]
                restless: [oven.zone1.pv]
                maxAge: 7s
                frozenAfter: 1min
                shedAfter: 20s
              moves:
                interval: 2s
                deadline: 3s
                timeout: 1h
                patience: 5s
                approvalExpires: 30min
                attempts: 4
                overrideTolerance: 0.01
                overrideAfter: 6s
                rollbacks: 2
              model:
                maxAge: 8s
                demoteAfter: 9s
                readyFor: 2h
              verification:
                settle: 11s
                window: 12s
                reference: before
                minimumGain: 0.5
                maximumLoss: 0.1
                patience: 4
            """);
    assertEquals(List.of(), problems.all());
    LoopSettings expected =
        new LoopSettings(
            Duration.ofMillis(100),
            Mode.SUPERVISED,
            new HandshakeSettings(
                plant.remote,
                plant.watchdog,
                plant.heartbeat,
                Duration.ofSeconds(3),
                Duration.ofSeconds(4),
                true),
            List.of(new Interlock(plant.interlock, 1)),
            new InputSettings(
                List.of(plant.power),
                List.of(plant.pv1),
                Duration.ofSeconds(7),
                Duration.ofMinutes(1),
                Duration.ofSeconds(20)),
            new MoveSettings(
                Duration.ofSeconds(2),
                Duration.ofSeconds(3),
                Duration.ofHours(1),
                Duration.ofSeconds(5),
                Duration.ofMinutes(30),
                4,
                0.01,
                Duration.ofSeconds(6),
                2),
            new ModelSettings(Duration.ofSeconds(8), Duration.ofSeconds(9), Duration.ofHours(2)),
            new Verification(
                Duration.ofSeconds(11),
                Duration.ofSeconds(12),
                Verification.Reference.BEFORE,
                0.5,
                0.1,
                4));
    assertEquals(expected, settings);
  }

  @Test
  void defaultsWriteNothing() throws IOException {
    LoopSettings settings = read("loop: {}\n");
    assertEquals(List.of(), problems.all());
    assertEquals(Mode.OBSERVE, settings.mode());
    assertNull(settings.handshake());
  }

  @Test
  void unknownTagIsReportedWithThoseThatItMayHaveMeant() throws IOException {
    read(
        """
        loop:
          handshake:
            remote: oven.remot
            watchdog: oven.watchdog_ok
            heartbeat: oven.power
        """);
    assertEquals(2, problems.all().size());
    String unknown = problems.all().get(0).toString();
    assertTrue(unknown.contains("site.yaml:3") && unknown.contains("oven.remote"), unknown);
    String notWritable = problems.all().get(1).toString();
    assertTrue(notWritable.contains("not writable"), notWritable);
  }

  @Test
  void unknownKeyIsReported() throws IOException {
    assertNotNull(read("loop:\n  moves:\n    speed: 3\n"));
    assertEquals(1, problems.all().size());
    assertTrue(problems.all().get(0).toString().contains("loop.moves.speed"));
  }
}
