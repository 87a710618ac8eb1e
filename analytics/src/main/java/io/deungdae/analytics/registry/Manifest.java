package io.deungdae.analytics.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The file that holds a model set together: its card, and each part's checksum. The set's id ends
 * in the first digits of this file's own hash.
 *
 * @param card the card
 * @param parts SHA-256 by file name
 */
record Manifest(ModelCard card, Map<String, String> parts) {

  static final String FILE = "manifest.json";
  static final int VERSION = 1;

  private static final ObjectMapper JSON = new ObjectMapper();

  Manifest {
    parts = Map.copyOf(parts);
  }

  byte[] toBytes() throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("version", VERSION);
    root.set("card", write(card));
    root.set("parts", JSON.valueToTree(new TreeMap<>(parts)));
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root);
  }

  private static ObjectNode write(ModelCard card) {
    ObjectNode node = JSON.createObjectNode();
    node.put("unit", card.unit());
    node.put("created", card.created().toString());
    node.put("from", card.from().toString());
    node.put("to", card.to().toString());
    node.put("rows", card.rows());
    node.put("dataSha256", card.dataSha256());
    node.put("featureSpecHash", card.featureSpecHash());
    node.put("seed", card.seed());
    node.put("gatewayVersion", card.gatewayVersion());
    node.put("dl4jVersion", card.dl4jVersion());
    node.put("jvmVersion", card.jvmVersion());
    node.set("scores", JSON.valueToTree(new TreeMap<>(card.scores())));
    node.set("parents", JSON.valueToTree(card.parents()));
    return node;
  }

  /** Version of the manifest, whatever else is in it. */
  static int version(byte[] bytes) throws IOException {
    return JSON.readTree(bytes).path("version").asInt(-1);
  }

  /** Reads what {@link #toBytes} wrote; an IOException says what is wrong with it. */
  static Manifest fromBytes(byte[] bytes) throws IOException {
    JsonNode root = JSON.readTree(bytes);
    try {
      Map<String, String> parts = new TreeMap<>();
      root.path("parts").properties().forEach(e -> parts.put(e.getKey(), e.getValue().asText()));
      return new Manifest(card(root.path("card")), parts);
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IOException("card: " + e.getMessage(), e);
    }
  }

  private static ModelCard card(JsonNode node) {
    Map<String, Double> scores = new TreeMap<>();
    node.path("scores").properties().forEach(e -> scores.put(e.getKey(), e.getValue().asDouble()));
    List<String> parents = new ArrayList<>();
    node.path("parents").forEach(e -> parents.add(e.asText()));
    return new ModelCard(
        node.path("unit").asText(),
        Instant.parse(node.path("created").asText()),
        Instant.parse(node.path("from").asText()),
        Instant.parse(node.path("to").asText()),
        node.path("rows").asLong(),
        node.path("dataSha256").asText(),
        node.path("featureSpecHash").asText(),
        node.path("seed").asLong(),
        node.path("gatewayVersion").asText(),
        node.path("dl4jVersion").asText(),
        node.path("jvmVersion").asText(),
        scores,
        parents);
  }
}
