package io.deungdae.control.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {

  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  private static final long MANY = 1 << 20;

  @TempDir Path folder;

  private static AuditEvent event(int i) {
    return AuditEvent.of(NOW.plusMillis(i), AuditKind.WRITE, "kim", "oven")
        .with("value", 850 + i)
        .with("why", "노 온도 \"조정\"");
  }

  private void write(int from, int to, long maxBytes) throws IOException {
    try (AuditLog log = AuditLog.open(folder, maxBytes, NOW)) {
      for (int i = from; i < to; i++) {
        log.record(event(i));
        log.drain();
      }
    }
  }

  private List<Path> files() throws IOException {
    return AuditFiles.in(folder);
  }

  @Test
  void chainGoesOnAcrossRestartsAndFiles() throws IOException {
    write(0, 30, 2_000);
    write(30, 50, 2_000);
    AuditReport report = AuditVerifier.verify(folder);
    assertTrue(report.sound(), report.toString());
    assertEquals(50, report.records());
    assertTrue(files().size() > 3);
  }

  @Test
  void newDayBeginsANewFile() throws IOException {
    try (AuditLog log = AuditLog.open(folder, MANY, NOW)) {
      log.record(event(0));
      log.record(AuditEvent.of(NOW.plusSeconds(86_400), AuditKind.STOP, "kim", ""));
      log.drain();
    }
    assertEquals(2, files().size());
    assertEquals(2, AuditVerifier.verify(folder).records());
  }

  @Test
  void changedRecordIsFound() throws IOException {
    write(0, 20, MANY);
    Path file = files().get(0);
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.set(7, lines.get(7).replace("\"value\":857", "\"value\":858"));
    Files.write(file, lines);
    AuditReport.Broken broken = AuditVerifier.verify(folder).broken();
    assertNotNull(broken);
    assertEquals(8, broken.line());
  }

  @Test
  void removedAndReorderedRecordsAreFound() throws IOException {
    write(0, 20, MANY);
    Path file = files().get(0);
    List<String> sound = Files.readAllLines(file);
    List<String> without = new ArrayList<>(sound);
    without.remove(4);
    Files.write(file, without);
    AuditReport.Broken removed = AuditVerifier.verify(folder).broken();
    assertNotNull(removed);
    assertEquals(5, removed.line());
    List<String> swapped = new ArrayList<>(sound);
    swapped.set(10, sound.get(11));
    swapped.set(11, sound.get(10));
    Files.write(file, swapped);
    AuditReport.Broken reordered = AuditVerifier.verify(folder).broken();
    assertNotNull(reordered);
    assertEquals(11, reordered.line());
  }

  @Test
  void recordsCutOffAtTheEndAreFoundByANotedHead() throws IOException {
    write(0, 20, MANY);
    AuditHead noted = AuditVerifier.verify(folder).head();
    assertTrue(AuditVerifier.verify(folder, noted).sound());
    Path file = files().get(0);
    Files.write(file, Files.readAllLines(file).subList(0, 15));
    assertTrue(AuditVerifier.verify(folder).sound());
    assertFalse(AuditVerifier.verify(folder, noted).sound());
  }

  @Test
  void tornLastLineIsRepairedAndKeptInARecord() throws IOException {
    write(0, 10, MANY);
    Path file = files().get(0);
    Files.writeString(file, "{\"seq\":11,\"prev\":\"half a li", StandardOpenOption.APPEND);
    write(10, 12, MANY);
    AuditReport report = AuditVerifier.verify(folder);
    assertTrue(report.sound(), report.toString());
    assertEquals(13, report.records());
    String repaired = Files.readAllLines(file).get(10);
    assertTrue(repaired.contains("\"repaired\"") && repaired.contains("half a li"), repaired);
  }

  @Test
  void overflowIsCountedAndSaidInTheLog() throws IOException {
    try (AuditLog log = AuditLog.open(folder, MANY * 16, NOW)) {
      for (int i = 0; i < 10_000; i++) {
        log.record(event(i));
      }
      assertEquals(10_000 - 8192, log.lost());
    }
    AuditReport report = AuditVerifier.verify(folder);
    assertTrue(report.sound());
    assertEquals(8192 + 1, report.records());
    assertTrue(Files.readAllLines(files().get(0)).get(0).contains("\"events\":1808"));
  }

  @Test
  void secondOpeningIsRefused() throws IOException {
    try (AuditLog log = AuditLog.open(folder, MANY, NOW)) {
      assertEquals(AuditHead.EMPTY, log.head());
      assertThrows(IOException.class, () -> AuditLog.open(folder, MANY, NOW));
    }
  }

  @Test
  void recordThreadBringsEventsToDisk() throws IOException {
    AuditLog log = AuditLog.open(folder, MANY, NOW);
    try (RecordThread thread = new RecordThread(List.of(log)).start()) {
      log.record(event(1));
      assertEquals(0, thread.failures());
    }
    assertEquals(1, AuditVerifier.verify(folder).records());
  }
}
