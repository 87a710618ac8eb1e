package io.deungdae.control.trial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;

/** What several trials do. */
final class GatewayTrials {

  private static final Duration SOON = Duration.ofSeconds(30);

  private GatewayTrials() {}

  /** Runs {@code deungdae audit verify} and returns its exit code. */
  static int verifyAudit(TrialSite site, Path log) throws Exception {
    try (GatewayProcess audit = GatewayProcess.start(log, "audit", "verify", site.file())) {
      return audit.exitCode(SOON);
    }
  }

  /** The last file of a folder, by name. */
  static Path newest(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.max(Comparator.naturalOrder()).orElseThrow();
    }
  }
}
