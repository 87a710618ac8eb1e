package io.deungdae.bench.collect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Writes the files of a site. */
final class Sites {

  private Sites() {}

  /** A site that collects and stores and does nothing else. */
  static Path write(Path folder, String devices, String csv) throws IOException {
    Files.writeString(folder.resolve("tags.csv"), csv);
    return Files.writeString(
        folder.resolve("site.yaml"),
        "name: bench\nsimulated: true\ndata: data\ntags: [tags.csv]\nconsole: {port: 0}\n"
            + devices);
  }

  /** Deletes a folder with all that is in it. */
  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
