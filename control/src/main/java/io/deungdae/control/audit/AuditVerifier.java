package io.deungdae.control.audit;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Walks the chain of an audit log from its first record to its last. */
public final class AuditVerifier {

  private AuditHead head = AuditHead.EMPTY;
  private AuditReport.@Nullable Broken broken;

  private AuditVerifier() {}

  /**
   * Verifies all files in a folder. The log may be open and written to; then the last line may be
   * reported as broken while it is half written.
   *
   * @throws IOException when a file cannot be read
   */
  public static AuditReport verify(Path folder) throws IOException {
    AuditVerifier verifier = new AuditVerifier();
    for (Path file : AuditFiles.in(folder)) {
      if (verifier.broken == null) {
        verifier.walk(file);
      }
    }
    return new AuditReport(verifier.head.seq(), verifier.head, verifier.broken);
  }

  /** Verifies, and that the chain contains a head that was noted down earlier. */
  public static AuditReport verify(Path folder, AuditHead noted) throws IOException {
    AuditReport report = verify(folder);
    if (!report.sound() || contains(folder, noted)) {
      return report;
    }
    String why = "record " + noted.seq() + " with hash " + noted.hash() + " is not there";
    return new AuditReport(
        report.records(), report.head(), new AuditReport.Broken("(all files)", 0, why));
  }

  private static boolean contains(Path folder, AuditHead noted) throws IOException {
    if (noted.seq() == 0) {
      return true;
    }
    String start = "{\"seq\":" + noted.seq() + ",";
    String end = ",\"hash\":\"" + noted.hash() + "\"}";
    for (Path file : AuditFiles.in(folder)) {
      try (var lines = Files.lines(file, StandardCharsets.UTF_8)) {
        if (lines.anyMatch(line -> line.startsWith(start) && line.endsWith(end))) {
          return true;
        }
      }
    }
    return false;
  }

  private void walk(Path file) throws IOException {
    int number = 0;
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      String text = reader.readLine();
      while (text != null && broken == null) {
        number++;
        check(file, number, text);
        text = reader.readLine();
      }
    } catch (MalformedInputException e) {
      broken(file, number + 1, "bytes that are not UTF-8");
    }
  }

  private void check(Path file, int number, String text) {
    Optional<AuditLine> line = AuditLine.parse(text);
    if (line.isEmpty()) {
      broken(file, number, "not a record, or its hash is not that of its text");
    } else if (line.get().seq() != head.seq() + 1) {
      broken(file, number, "record " + line.get().seq() + " comes after record " + head.seq());
    } else if (!line.get().previous().equals(head.hash())) {
      broken(file, number, "it was not written after the record that stands before it");
    } else {
      head = new AuditHead(line.get().seq(), line.get().hash());
    }
  }

  private void broken(Path file, int line, String why) {
    broken = new AuditReport.Broken(AuditFiles.fileName(file), line, why);
  }
}
