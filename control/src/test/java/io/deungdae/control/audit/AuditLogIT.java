package io.deungdae.control.audit;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class AuditLogIT {

  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

  @TempDir Path folder;

  /** A process that records without end, and says how far it is durable. */
  public static final class Writer {
    public static void main(String[] args) throws IOException {
      AuditLog log = AuditLog.open(Path.of(args[0]), 50_000, NOW);
      for (int i = 0; true; i++) {
        log.record(AuditEvent.of(NOW, AuditKind.WRITE, "kim", "oven").with("value", i));
        if (i % 7 == 0) {
          log.drain();
          System.out.println(log.head().seq());
        }
      }
    }
  }

  @Test
  @Timeout(60)
  void killedProcessLosesNothingThatItHadCalledDurable() throws Exception {
    long durable = 0;
    for (int run = 0; run < 2; run++) {
      durable = runAndKill(durable + 300);
      try (AuditLog log = AuditLog.open(folder, 50_000, NOW)) {
        AuditReport report = log.verify();
        assertTrue(report.sound(), report.toString());
        assertTrue(report.records() >= durable, report.records() + " of " + durable);
      }
    }
  }

  private long runAndKill(long until) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    long durable = 0;
    try (BufferedReader told =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      while (durable < until) {
        String line = told.readLine();
        assertNotNull(line, "the writer ended by itself");
        durable = line.chars().allMatch(Character::isDigit) ? Long.parseLong(line) : durable;
      }
      process.destroyForcibly();
    }
    assertTrue(process.waitFor(10, TimeUnit.SECONDS));
    return durable;
  }
}
