package io.deungdae.analytics.registry;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Where a model set comes from and how good it was.
 *
 * @param unit the process unit; lower-case letters, digits, {@code _ . -}
 * @param created when it was trained
 * @param from source time of the first row it was trained on
 * @param to source time of the last
 * @param rows how many, validation rows included
 * @param dataSha256 hash of those rows, 64 hexadecimal digits
 * @param featureSpecHash hash of how rows are made from samples; a model is only good for rows made
 *     the same way
 * @param seed of the training
 * @param gatewayVersion version or commit of the gateway that trained it
 * @param dl4jVersion version of the library that trained it
 * @param jvmVersion version of the Java machine that trained it
 * @param scores name to number, finite
 * @param parents ids of the model sets it replaces or grew from; may be none
 */
public record ModelCard(
    String unit,
    Instant created,
    Instant from,
    Instant to,
    long rows,
    String dataSha256,
    String featureSpecHash,
    long seed,
    String gatewayVersion,
    String dl4jVersion,
    String jvmVersion,
    Map<String, Double> scores,
    List<String> parents) {

  /** Checks names, order of times, and that scores are numbers. */
  public ModelCard {
    Names.check("unit", unit);
    scores = Map.copyOf(scores);
    parents = List.copyOf(parents);
    if (to.isBefore(from)) {
      throw new IllegalArgumentException("data from " + from + " to " + to);
    }
    if (rows < 1) {
      throw new IllegalArgumentException("trained on " + rows + " rows");
    }
    if (!dataSha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("dataSha256 is no SHA-256: " + dataSha256);
    }
    if (featureSpecHash.isBlank()) {
      throw new IllegalArgumentException("featureSpecHash is empty");
    }
    scores.forEach(ModelCard::checkScore);
  }

  private static void checkScore(String name, double score) {
    if (!Double.isFinite(score)) {
      throw new IllegalArgumentException("score " + name + " is " + score);
    }
  }
}
