package io.deungdae.collector.forward;

import io.deungdae.collector.settings.Section;
import io.deungdae.collector.signal.Tag;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a row in InfluxDB.
 *
 * @param measurement the measurement it goes to; {@code {tag}}, {@code {device}}, {@code {group}},
 *     {@code {path}} and {@code {unit}} stand for what the tag has
 * @param tags what of that becomes an InfluxDB tag, by those names
 */
public record InfluxMapping(String measurement, Set<String> tags) {

  /** What a tag has. */
  static final Set<String> WORDS = Set.of("tag", "device", "unit", "path", "group");

  /** All in one measurement, with everything known of the tag. */
  public static final InfluxMapping USUAL = new InfluxMapping("samples", WORDS);

  public InfluxMapping {
    tags = Set.copyOf(tags);
  }

  static InfluxMapping read(Section section) {
    List<String> tags = section.texts("tags");
    return new InfluxMapping(
        section.text("measurement", USUAL.measurement()),
        tags.isEmpty() ? WORDS : new HashSet<>(tags));
  }

  /** Names in the measurement that no tag has. */
  Set<String> strangers() {
    return Template.strangers(measurement, WORDS);
  }

  /** True when two tags cannot end up as the same series. */
  boolean tellsTagsApart() {
    return tags.contains("tag") || measurement.contains("{tag}");
  }

  String measurement(String name, @Nullable Tag tag) {
    return measurement.indexOf('{') < 0
        ? measurement
        : Template.fill(measurement, word -> value(word, name, tag));
  }

  /** InfluxDB's tags with their values, which may be empty, in order. */
  Map<String, String> tags(String name, @Nullable Tag tag) {
    Map<String, String> values = new TreeMap<>();
    for (String word : new TreeSet<>(tags)) {
      values.put(word, value(word, name, tag));
    }
    return values;
  }

  private static String value(String word, String name, @Nullable Tag tag) {
    if (word.equals("tag")) {
      return name;
    }
    if (tag == null) {
      return "";
    }
    return switch (word) {
      case "device" -> tag.device();
      case "unit" -> tag.unit().symbol();
      case "path" -> tag.path();
      case "group" -> tag.group();
      default -> "";
    };
  }
}
