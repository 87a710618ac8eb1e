package io.deungdae.bench.history;

import io.questdb.std.Files;
import io.questdb.std.str.Path;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** Makes the machine forget what it holds of files in memory. */
final class ColdFiles {

  private static final int DONT_NEED = 4; // POSIX_FADV_DONTNEED, linux/fadvise.h

  private ColdFiles() {}

  /** Forgets all files of a folder that nobody has open. */
  static void forget(java.nio.file.Path folder) throws IOException {
    List<java.nio.file.Path> files;
    try (Stream<java.nio.file.Path> all = java.nio.file.Files.walk(folder)) {
      files = all.filter(java.nio.file.Files::isRegularFile).toList();
    }
    for (java.nio.file.Path file : files) {
      try (Path name = new Path()) {
        long fd = Files.openRO(name.of(file.toString()).$());
        if (fd >= 0) {
          Files.fadvise(fd, 0, 0, DONT_NEED);
          Files.close(fd);
        }
      }
    }
  }
}
