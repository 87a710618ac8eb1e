package io.deungdae.analytics.registry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.deungdae.analytics.kernel.Activation;
import io.deungdae.analytics.kernel.CompiledNet;
import io.deungdae.analytics.kernel.Dense;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Saves, loads and runs a model set; run by {@link WithoutLibraryTest} in a loader of its own. */
public final class RoundTrip {

  private RoundTrip() {}

  /** Does it once in a folder; the output is the answer. */
  public static double run(Path home) throws Exception {
    Instant at = Instant.parse("2026-01-01T00:00:00Z");
    Dense layer = new Dense(1, 1, 1, Activation.TANH, new double[] {0.7}, new double[] {0.1});
    ModelCard card =
        new ModelCard(
            "unit", at, at, at, 1, "00".repeat(32), "spec", 1, "v", "d", "j", Map.of(), List.of());
    ModelRegistry registry = new ModelRegistry(home);
    registry.save(
        new ModelSet(
            card,
            Map.of("net", new CompiledNet(List.of(layer))),
            JsonNodeFactory.instance.objectNode()));
    double[] out = new double[1];
    registry
        .latest("unit", "spec")
        .model()
        .orElseThrow()
        .set()
        .net("net")
        .run(new double[] {2}, out);
    return out[0];
  }
}
