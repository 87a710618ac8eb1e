package io.deungdae.control.site;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deungdae.collector.settings.SchemaEntry;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes the JSON Schema (draft 2020-12) of {@code site.yaml} for editors, from what the readers
 * asked for while they read a file that has every setting. It is a little stricter than the
 * readers: words of a closed list are in small letters.
 */
public final class SchemaJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String DURATION = "^\\s*\\d+(\\.\\d+)?\\s*(us|ms|s|min|h|d)\\s*$";

  private final Map<String, SchemaEntry> entries;
  private final Map<String, String> meanings;

  private SchemaJson(Map<String, SchemaEntry> entries, Map<String, String> meanings) {
    this.entries = entries;
    this.meanings = meanings;
  }

  /**
   * The schema.
   *
   * @param entries what was asked for, by schema path: {@code .} for a section's key, {@code []}
   *     for a list's entries
   * @param meanings what settings mean, in words, by schema path; not all need one
   */
  public static String of(Map<String, SchemaEntry> entries, Map<String, String> meanings) {
    return new SchemaJson(new TreeMap<>(entries), meanings).write();
  }

  private String write() {
    ObjectNode root = JSON.createObjectNode();
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    root.put("title", "Deungdae site settings");
    root.put("type", "object");
    closed(root, "");
    return root.toPrettyString() + "\n";
  }

  /** Gives a section its keys and says that there are no others. */
  private void closed(ObjectNode section, String path) {
    ObjectNode properties = section.putObject("properties");
    String start = path.isEmpty() ? "" : path + ".";
    for (Map.Entry<String, SchemaEntry> entry : entries.entrySet()) {
      String key = entry.getKey();
      if (key.startsWith(start) && key.indexOf('.', start.length()) < 0) {
        String name = key.substring(start.length());
        properties.set(name, property(key, entry.getValue()));
        if (entry.getValue().required()) {
          section.withArray("required").add(name);
        }
      }
    }
    section.put("additionalProperties", false);
  }

  private ObjectNode property(String path, SchemaEntry entry) {
    ObjectNode property = JSON.createObjectNode();
    String meaning = meanings.getOrDefault(path, "");
    property.put("description", meaning.isEmpty() ? entry.allowed() : meaning);
    switch (entry.type()) {
      case "object" -> closed(orNothing(property, "object"), path);
      case "map" -> numbersByName(property);
      case "label" -> label(property);
      case "array" -> list(path, property);
      case "string" -> text(property, entry);
      case "duration" -> property.put("type", "string").put("pattern", DURATION);
      case "number", "integer" -> number(property, entry);
      case "boolean" -> property.put("type", "boolean");
      default -> throw new AssertionError(entry.type());
    }
    fallback(property, entry);
    return property;
  }

  /** A key without a value is as good as no key, for sections and lists. */
  private static ObjectNode orNothing(ObjectNode property, String type) {
    property.putArray("type").add(type).add("null");
    return property;
  }

  private static void numbersByName(ObjectNode property) {
    orNothing(property, "object").putObject("additionalProperties").put("type", "number");
  }

  private static void label(ObjectNode property) {
    ArrayNode either = property.putArray("anyOf");
    either.addObject().put("type", "string");
    ObjectNode texts = either.addObject().put("type", "object");
    texts.putObject("properties").putObject("en").put("type", "string");
    texts.withObject("/properties").putObject("ko").put("type", "string");
    texts.put("additionalProperties", false);
  }

  private void list(String path, ObjectNode property) {
    ObjectNode items = orNothing(property, "array").putObject("items");
    if (entries.keySet().stream().anyMatch(other -> other.startsWith(path + "[]."))) {
      closed(items.put("type", "object"), path + "[]");
    } else {
      items.putArray("type").add("string").add("number").add("boolean");
    }
  }

  private static void text(ObjectNode property, SchemaEntry entry) {
    if (!entry.choices().isEmpty()) {
      property.put("type", "string");
      entry.choices().forEach(property.putArray("enum")::add);
      return;
    }
    ArrayNode types = property.putArray("type").add("string").add("number").add("boolean");
    if (entry.required()) {
      property.put("minLength", 1);
    } else {
      types.add("null");
    }
  }

  private static void number(ObjectNode property, SchemaEntry entry) {
    property.put("type", entry.type());
    if (Double.isFinite(entry.low())) {
      put(property, "minimum", entry.low());
    }
    if (Double.isFinite(entry.high())) {
      put(property, "maximum", entry.high());
    }
  }

  private static void fallback(ObjectNode property, SchemaEntry entry) {
    if (entry.fallback().isEmpty()) {
      return;
    }
    switch (entry.type()) {
      case "number", "integer" -> put(property, "default", Double.parseDouble(entry.fallback()));
      case "boolean" -> property.put("default", Boolean.parseBoolean(entry.fallback()));
      default -> property.put("default", entry.fallback());
    }
  }

  private static void put(ObjectNode node, String key, double number) {
    if (number == Math.rint(number) && Math.abs(number) < 1e15) {
      node.put(key, (long) number);
    } else {
      node.put(key, number);
    }
  }
}
