package io.deungdae.control.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.signal.Clock;
import io.deungdae.control.backup.BackupManifest;
import io.deungdae.control.cli.RootCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that collects is backed up; another is made of the backup and goes on. */
class BackupIT {

  private static final Duration START = Duration.ofSeconds(90);
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path folder;

  @Test
  void isBackedUpWhileItRunsAndGoesOnFromTheBackup() throws Exception {
    long fromMs = Clock.system().now().toEpochMilli();
    try (PlcPeer plc = new PlcPeer();
        NumberedMeter meter = new NumberedMeter(folder)) {
      TrialSite site =
          TrialSite.write(Files.createDirectory(folder.resolve("a")), plc.port(), meter.broker());
      String token = site.token();
      Path made = folder.resolve("backup");
      long rowsBefore;
      long numbersBefore;
      try (GatewayProcess gateway = run(site.file(), "a.log")) {
        Rest rest = new Rest(gateway.consoleUrl(START), token);
        Await.until("the meter's link is up", SOON, () -> rest.rows() > 100);
        meter.start();
        Await.until("messages are stored", SOON, () -> !rest.since("meter.n", fromMs).isEmpty());
        numbersBefore =
            rest.since("meter.n", fromMs).stream().map(Rest.Point::value).distinct().count();
        rowsBefore = rest.rows();
        assertEquals(0, RootCommand.execute("backup", "--site", site.file(), "--to", "" + made));
        assertEquals(1, RootCommand.execute("backup", "--site", site.file(), "--to", "" + made));
        Await.until("it goes on collecting", SOON, () -> rest.rows() > rowsBefore + 50);
        gateway.kill();
      }
      BackupManifest manifest = BackupManifest.read(made);
      assertTrue(manifest.rows() >= rowsBefore, manifest.rows() + " of " + rowsBefore);
      assertEquals(0, RootCommand.execute("backup", "--verify", "" + made));

      Path again = folder.resolve("b");
      assertEquals(0, RootCommand.execute("restore", "" + made, "--to", "" + again));
      assertEquals(1, RootCommand.execute("restore", "" + made, "--to", "" + again));
      TrialSite restored = new TrialSite(again);
      try (GatewayProcess gateway = run(restored.file(), "b.log")) {
        Rest rest = new Rest(gateway.consoleUrl(START), token);
        assertTrue(rest.rows() >= manifest.rows());
        List<Double> numbers =
            rest.since("meter.n", fromMs).stream()
                .map(Rest.Point::value)
                .distinct()
                .collect(Collectors.toList());
        for (int i = 0; i < numbersBefore; i++) {
          assertEquals(i + 1, numbers.get(i), "nothing is missing up to the backup");
        }
        Await.until("it collects", SOON, () -> rest.rows() > manifest.rows() + 100);
        gateway.terminate();
        gateway.exitCode(SOON);
      }
      assertEquals(0, GatewayTrials.verifyAudit(restored));

      Path second = folder.resolve("bare");
      assertEquals(
          0,
          RootCommand.execute(
              "backup", "--site", restored.file(), "--to", "" + second, "--without-secrets"));
      assertFalse(BackupManifest.read(second).secrets());
      long rowsAfter = BackupManifest.read(second).rows();
      assertTrue(rowsAfter > manifest.rows(), rowsAfter + " of " + manifest.rows());
      Files.writeString(second.resolve("site/tags.csv"), "\n", StandardOpenOption.APPEND);
      assertNotEquals(0, RootCommand.execute("restore", "" + second, "--to", folder + "/c"));
      assertFalse(Files.exists(folder.resolve("c")));
    }
  }

  private GatewayProcess run(String site, String log) throws Exception {
    return GatewayProcess.start(folder.resolve(log), "run", site);
  }
}
