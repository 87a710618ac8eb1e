package io.deungdae.collector.forward;

import io.deungdae.collector.signal.Tag;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The name of a topic with words for what a tag has: {@code {site}}, {@code {tag}}, {@code
 * {levels}} (the tag's name with a slash for each dot), {@code {path}} (its place in the plant,
 * ISA-95), {@code {device}}, {@code {group}}.
 *
 * @param text the template
 * @param site name of the site
 */
record TopicTemplate(String text, String site) {

  static final Set<String> WORDS = Set.of("site", "tag", "levels", "path", "device", "group");

  /** Words that mean nothing. */
  Set<String> strangers() {
    return Template.strangers(text, WORDS);
  }

  /** The topic of a row, for MQTT: without empty levels, and without what is a wildcard there. */
  String mqtt(String name, @Nullable Tag tag) {
    return fill(name, tag)
        .replaceAll("[+#\\x00]", "_")
        .replaceAll("/{2,}", "/")
        .replaceAll("^/|/$", "");
  }

  /** The topic of a row, for Kafka: letters, digits, dots, dashes and underlines. */
  String kafka(String name, @Nullable Tag tag) {
    return fill(name, tag).replaceAll("[^A-Za-z0-9._-]", "_");
  }

  private String fill(String name, @Nullable Tag tag) {
    return Template.fill(
        text,
        word ->
            switch (word) {
              case "site" -> site;
              case "tag" -> name;
              case "levels" -> name.replace('.', '/');
              case "path" -> tag == null ? "" : tag.path();
              case "device" -> tag == null ? "" : tag.device();
              case "group" -> tag == null ? "" : tag.group();
              default -> "";
            });
  }
}
