package io.deungdae.collector.driver.mqtt;

import io.deungdae.collector.settings.Section;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Many topics of one build, for tags of one build: {@code plant/{line}/zone/{zone}/pv} for {@code
 * {line}.zone{zone}.pv}. Such tags have {@code auto} for an address. What comes on a topic for
 * which no tag is declared is counted and told, see {@link Oddities}.
 *
 * @param topic with names in braces for levels, or with {@code +} and {@code #}
 * @param tag the tags' names, with the same names in braces; empty when tags have addresses of
 *     their own and only the subscription is meant
 * @param value where in a payload the value is
 * @param time where its time is; null where the device's settings say it
 */
record TopicPattern(String topic, String tag, Place value, @Nullable Place time) {

  private static final Pattern NAME = Pattern.compile("\\{([A-Za-z]\\w*)}");

  /** Reads one entry of the list {@code topics}. */
  static TopicPattern read(Section section) {
    String topic = section.text("topic");
    String tag = section.text("tag", "");
    TopicPattern pattern =
        new TopicPattern(
            topic,
            tag,
            Places.read(section, "value").orElseGet(() -> Place.parse("").orElseThrow()),
            Places.read(section, "time").orElse(null));
    if (!topic.isEmpty() && !TopicFilter.isFilter(pattern.filter())) {
      section.problem("topic", "'" + topic + "'", "levels, each a text, {name}, + or at the end #");
    }
    Matcher names = NAME.matcher(topic);
    while (!tag.isEmpty() && names.find()) {
      if (!tag.contains(names.group())) {
        section.problem("tag", "'" + tag + "'", "a name with " + names.group() + " in it");
      }
    }
    if (!tag.isEmpty() && (topic.contains("+") || topic.contains("#"))) {
      section.problem("topic", "'" + topic + "'", "{name} for + and #, since there is a tag");
    }
    section.done();
    return pattern;
  }

  /** The filter to subscribe to. */
  String filter() {
    return NAME.matcher(topic).replaceAll("+");
  }

  /** Where the tag of this name is; empty when the pattern is not for it. */
  Optional<TopicAddress> addressOf(String name) {
    if (tag.isEmpty()) {
      return Optional.empty();
    }
    return capture(tag, name, ".+?")
        .map(levels -> new TopicAddress(fill(topic, levels), value, time));
  }

  /** The name that the tag for a topic would have; empty when the pattern is not for it. */
  Optional<String> tagOf(String from) {
    return tag.isEmpty()
        ? Optional.empty()
        : capture(topic, from, "[^/]+").map(levels -> fill(tag, levels));
  }

  private static Optional<Map<String, String>> capture(String template, String text, String any) {
    StringBuilder regex = new StringBuilder();
    Map<String, Integer> groups = new LinkedHashMap<>();
    Matcher names = NAME.matcher(template);
    int from = 0;
    while (names.find()) {
      regex.append(Pattern.quote(template.substring(from, names.start())));
      Integer earlier = groups.get(names.group(1));
      if (earlier == null) {
        groups.put(names.group(1), groups.size() + 1);
        regex.append('(').append(any).append(')');
      } else {
        regex.append('\\').append(earlier);
      }
      from = names.end();
    }
    regex.append(Pattern.quote(template.substring(from)));
    Matcher matcher = Pattern.compile(regex.toString()).matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Map<String, String> levels = new LinkedHashMap<>();
    groups.forEach((name, group) -> levels.put(name, matcher.group(group)));
    return levels.values().stream().anyMatch(level -> level.contains("/"))
        ? Optional.empty()
        : Optional.of(levels);
  }

  private static String fill(String template, Map<String, String> levels) {
    return NAME.matcher(template)
        .replaceAll(
            match -> Matcher.quoteReplacement(levels.getOrDefault(match.group(1), match.group())));
  }
}
