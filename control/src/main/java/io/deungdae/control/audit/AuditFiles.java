package io.deungdae.control.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The files of an audit log, in the order in which they were written. */
final class AuditFiles {

  private AuditFiles() {}

  static List<Path> in(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(AuditFiles::isOne).sorted().toList();
    }
  }

  /** A running number comes first, so that a clock that jumps back does not upset the order. */
  static Path name(Path folder, int number, String day) {
    return folder.resolve(String.format(Locale.ROOT, "audit-%06d-%s.jsonl", number, day));
  }

  static int number(Path file) {
    return Integer.parseInt(fileName(file).substring(6, 12));
  }

  static String day(Path file) {
    return fileName(file).substring(13, 23);
  }

  static String fileName(Path file) {
    Path name = file.getFileName();
    return name == null ? "" : name.toString();
  }

  private static boolean isOne(Path file) {
    return fileName(file).matches("audit-\\d{6}-\\d{4}-\\d{2}-\\d{2}\\.jsonl");
  }
}
