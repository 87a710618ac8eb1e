package io.deungdae.control.trial;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.deungdae.control.cli.RootCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** What several trials do. */
final class GatewayTrials {

  private GatewayTrials() {}

  /** Runs {@code deungdae audit verify} and returns its exit code. */
  static int verifyAudit(TrialSite site) {
    return RootCommand.execute("audit", "verify", site.file());
  }

  /** Waits until the unit's handshake is complete; a failure tells what the gateway waits for. */
  static void awaitInForce(Rest rest, Duration atMost) throws Exception {
    AtomicReference<JsonNode> unit = new AtomicReference<>(MissingNode.getInstance());
    Await.until(
        () -> "the handshake is complete: " + unit.get(),
        atMost,
        () -> {
          JsonNode now = rest.get("/api/units/line");
          unit.set(now);
          return now.at("/handshake/complete").asBoolean();
        });
  }

  /** True when an audit log has a file by now. */
  static boolean hasAudit(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> file.toString().endsWith(".jsonl"));
    }
  }

  /** The newest file of an audit log. */
  static Path newestAudit(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".jsonl"))
          .max(Comparator.naturalOrder())
          .orElseThrow();
    }
  }
}
