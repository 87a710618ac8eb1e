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
 * @param fields what names the fields
 * @param quality which rows tell their quality
 */
public record InfluxMapping(
    String measurement, Set<String> tags, InfluxFields fields, InfluxQuality quality) {

  /** What a tag has. */
  static final Set<String> WORDS = Set.of("tag", "device", "unit", "path", "group");

  /** All in one measurement, with everything known of the tag. */
  public static final InfluxMapping USUAL =
      new InfluxMapping("samples", WORDS, InfluxFields.VALUE, InfluxQuality.ALL);

  /** All of one device and time in one point. */
  public static final InfluxMapping WIDE =
      new InfluxMapping(
          "samples", usualTags(InfluxFields.TAG), InfluxFields.TAG, InfluxQuality.NOT_GOOD);

  public InfluxMapping {
    tags = Set.copyOf(tags);
  }

  private static Set<String> usualTags(InfluxFields fields) {
    return fields == InfluxFields.VALUE ? WORDS : Set.of("device");
  }

  static InfluxMapping read(Section section) {
    List<String> tags = section.texts("tags");
    InfluxFields fields = section.choice("fields", InfluxFields.VALUE);
    return new InfluxMapping(
        section.text("measurement", USUAL.measurement()),
        tags.isEmpty() ? usualTags(fields) : new HashSet<>(tags),
        fields,
        section.choice("quality", InfluxQuality.ALL));
  }

  /** The same with other names. */
  InfluxMapping with(String otherMeasurement, Set<String> otherTags) {
    return new InfluxMapping(otherMeasurement, otherTags, fields, quality);
  }

  /** Names in the measurement that no tag has. */
  Set<String> strangers() {
    return Template.strangers(measurement, WORDS);
  }

  /** True when two tags cannot end up as the same series. */
  boolean tellsTagsApart() {
    return fields == InfluxFields.TAG || namesTag();
  }

  /** True when tag set or measurement have the tag's name. */
  boolean namesTag() {
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
