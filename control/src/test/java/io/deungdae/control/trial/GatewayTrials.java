package io.deungdae.control.trial;

import java.nio.file.Path;
import java.time.Duration;

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
}
