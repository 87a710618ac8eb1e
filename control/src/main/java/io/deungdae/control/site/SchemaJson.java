package io.deungdae.control.site;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deungdae.collector.settings.SchemaEntry;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes the JSON Schema (draft 2020-12) of {@code site.yaml} for editors, from what the readers
 * asked for while they read a file that has every setting.
 */
public final class SchemaJson {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private SchemaJson() {}

  /**
   * The schema.
   *
   * @param entries what was asked for, by schema path: {@code .} for a section's key, {@code []}
   *     for a list's entries
   */
  public static String of(Map<String, SchemaEntry> entries) {
    ObjectNode root = JSON.createObjectNode();
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    root.put("title", "Deungdae site settings");
    closed(root);
    for (Map.Entry<String, SchemaEntry> entry : new TreeMap<>(entries).entrySet()) {
      add(root, entry.getKey(), entry.getValue(), entries);
    }
    return root.toPrettyString() + "\n";
  }

  private static void add(
      ObjectNode root, String path, SchemaEntry entry, Map<String, SchemaEntry> all) {
    int dot = path.lastIndexOf('.');
    String parentPath = dot < 0 ? "" : path.substring(0, dot);
    if (isOpen(parentPath, all)) {
      return;
    }
    ObjectNode parent = find(root, parentPath);
    String key = path.substring(dot + 1);
    ((ObjectNode) parent.path("properties")).set(key, property(path, entry, all));
    if (entry.required()) {
      ((ArrayNode) (parent.has("required") ? parent.path("required") : parent.putArray("required")))
          .add(key);
    }
  }

  private static boolean isOpen(String path, Map<String, SchemaEntry> all) {
    SchemaEntry parent = all.get(path);
    return parent != null && (parent.type().equals("map") || parent.type().equals("label"));
  }

  private static ObjectNode find(ObjectNode root, String path) {
    JsonNode node = root;
    if (!path.isEmpty()) {
      for (String part : path.split("\\.", -1)) {
        boolean list = part.endsWith("[]");
        node = node.path("properties").path(list ? part.substring(0, part.length() - 2) : part);
        node = list ? node.path("items") : node;
      }
    }
    return (ObjectNode) node;
  }

  private static ObjectNode property(String path, SchemaEntry entry, Map<String, SchemaEntry> all) {
    ObjectNode property = JSON.createObjectNode();
    property.put("description", entry.allowed());
    switch (entry.type()) {
      case "object" -> closed(property);
      case "map" -> property.put("type", "object");
      case "label" -> label(property);
      case "array" -> list(path, property, all);
      default -> scalar(property, entry);
    }
    return property;
  }

  private static void label(ObjectNode property) {
    ArrayNode either = property.putArray("anyOf");
    either.addObject().put("type", "string");
    ObjectNode texts = either.addObject();
    closed(texts);
    ((ObjectNode) texts.path("properties")).putObject("en").put("type", "string");
    ((ObjectNode) texts.path("properties")).putObject("ko").put("type", "string");
  }

  private static void list(String path, ObjectNode property, Map<String, SchemaEntry> all) {
    property.put("type", "array");
    boolean ofSections = all.keySet().stream().anyMatch(other -> other.startsWith(path + "[]."));
    if (ofSections) {
      closed(property.putObject("items"));
    } else {
      property.putObject("items").put("type", "string");
    }
  }

  private static void scalar(ObjectNode property, SchemaEntry entry) {
    boolean text = entry.type().equals("string");
    if (text && entry.choices().isEmpty()) {
      property.putArray("type").add("string").add("number").add("boolean").add("null");
    } else {
      property.put("type", entry.type());
    }
    entry.choices().forEach(choice -> array(property, "enum").add(choice));
    if (!entry.fallback().isEmpty()) {
      switch (entry.type()) {
        case "number" -> property.put("default", Double.parseDouble(entry.fallback()));
        case "integer" -> property.put("default", Long.parseLong(entry.fallback()));
        case "boolean" -> property.put("default", Boolean.parseBoolean(entry.fallback()));
        default -> property.put("default", entry.fallback());
      }
    }
  }

  private static ArrayNode array(ObjectNode node, String key) {
    return node.has(key) ? (ArrayNode) node.path(key) : node.putArray(key);
  }

  private static void closed(ObjectNode node) {
    node.put("type", "object");
    node.putObject("properties");
    node.put("additionalProperties", false);
  }
}
