package io.deungdae.control.site;

import io.deungdae.collector.settings.SchemaEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes the tables of the settings page from what the readers ask and the example explains. */
final class SettingsTables {

  private static final List<String> HEADINGS =
      List.of(
          "",
          "devices[]",
          "devices[].modbus",
          "devices[].opcua",
          "devices[].mqtt",
          "devices[].xgt",
          "historian",
          "influx[]",
          "units[]",
          "units[].analytics",
          "units[].loop",
          "kamp",
          "kamp.datasets[]",
          "console");

  private static final Pattern NEEDED = Pattern.compile("needed(?: with (\\w+))?; ");
  private static final Pattern DEFAULT = Pattern.compile(";? ?default: ([^;]*)");

  private SettingsTables() {}

  /**
   * The tables, one for each heading.
   *
   * @param entries what was asked for
   * @param comments what it means, in the order in which it is to stand
   */
  static String of(Map<String, SchemaEntry> entries, Map<String, String> comments) {
    Map<String, StringBuilder> tables = new LinkedHashMap<>();
    HEADINGS.forEach(heading -> tables.put(heading, new StringBuilder()));
    comments.forEach(
        (path, comment) -> {
          SchemaEntry entry = entries.get(path);
          if (entry != null && !(isLabelPart(path, entries) || HEADINGS.contains(path))) {
            String heading = heading(path);
            String key = heading.isEmpty() ? path : path.substring(heading.length() + 1);
            tables.getOrDefault(heading, new StringBuilder()).append(row(key, entry, comment));
          }
        });
    StringBuilder page = new StringBuilder();
    tables.forEach(
        (heading, rows) ->
            page.append("## ")
                .append(heading.isEmpty() ? "The site" : "`" + heading + "`")
                .append("\n\n| key | default | allowed | meaning |\n| --- | --- | --- | --- |\n")
                .append(rows)
                .append('\n'));
    return page.toString();
  }

  private static boolean isLabelPart(String path, Map<String, SchemaEntry> entries) {
    SchemaEntry parent = entries.get(path.substring(0, Math.max(0, path.lastIndexOf('.'))));
    return parent != null && parent.type().equals("label");
  }

  private static String heading(String path) {
    return HEADINGS.stream()
        .filter(heading -> heading.isEmpty() || path.startsWith(heading + "."))
        .reduce("", (longest, other) -> other.length() > longest.length() ? other : longest);
  }

  private static String row(String key, SchemaEntry entry, String comment) {
    Matcher needed = NEEDED.matcher(comment);
    Matcher usual = DEFAULT.matcher(comment);
    String fallback;
    String meaning = comment;
    if (needed.lookingAt()) {
      fallback = needed.group(1) == null ? "needed" : "needed with `" + needed.group(1) + "`";
      meaning = comment.substring(needed.end());
    } else if (usual.find()) {
      fallback = usual.group(1).strip();
      meaning = usual.replaceFirst("");
    } else {
      fallback = entry.fallback().isEmpty() ? "" : "`" + entry.fallback() + "`";
    }
    return "| `%s` | %s | %s | %s |%n"
        .formatted(key, fallback, allowed(entry), meaning.strip())
        .replace(System.lineSeparator(), "\n");
  }

  private static String allowed(SchemaEntry entry) {
    if (!entry.choices().isEmpty()) {
      return String.join(", ", entry.choices());
    }
    String rule = entry.allowed().replaceAll("^an? ((whole )?number|duration) from |^a ", "");
    return rule.replaceAll(", such as.*$|^the path of a (file).*", "$1");
  }
}
