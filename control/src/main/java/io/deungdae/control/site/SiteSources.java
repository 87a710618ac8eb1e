package io.deungdae.control.site;

import io.deungdae.collector.settings.Section;
import io.deungdae.collector.settings.TagRow;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the settings were made from, to tell what another reading of them changes.
 *
 * @param overrides the settings given on the command line, by full path
 * @param sections what the file says under each of its keys
 * @param devices what it says of each device, by name
 * @param forwarders what it says of each forwarder, see {@link #forwarder}
 * @param rows the lines of the tag lists, by the tag's name
 * @param users who uses each tag besides its device: names of units, {@code kamp}
 */
public record SiteSources(
    Map<String, String> overrides,
    Map<String, String> sections,
    Map<String, String> devices,
    Map<String, String> forwarders,
    Map<String, TagRow> rows,
    Map<String, Set<String>> users) {

  /** Who uses the tags that deliveries to KAMP are made from. */
  static final String KAMP = "kamp";

  public SiteSources {
    overrides = Map.copyOf(overrides);
    sections = Map.copyOf(sections);
    devices = Map.copyOf(devices);
    forwarders = Map.copyOf(forwarders);
    rows = Map.copyOf(rows);
    users = Map.copyOf(users);
  }

  /** Kinds of forwarders: the keys of the settings that list them. */
  static final List<String> FORWARDERS = List.of("influx", "sparkplug", "mqtt", "kafka");

  /** A forwarder's key: its kind, which is the settings' key, and its name. */
  public static String forwarder(String kind, String name) {
    return kind + "." + name;
  }

  static SiteSources of(
      Section root, List<Section> units, Map<String, String> overrides, List<TagRow> rows) {
    Map<String, String> devices = new LinkedHashMap<>();
    for (Section device : root.sections("devices")) {
      devices.put(device.text("name"), device.contents().toString());
    }
    Map<String, TagRow> byName = new LinkedHashMap<>();
    rows.forEach(row -> byName.put(row.tag().name(), row));
    Map<String, Set<String>> users = new HashMap<>();
    for (Section unit : units) {
      use(users, unit.text("name"), unit.scalars(), byName);
      use(users, unit.text("name"), overrides.values(), byName);
    }
    use(users, KAMP, root.section(KAMP).scalars(), byName);
    Map<String, String> forwarders = new LinkedHashMap<>();
    for (String kind : FORWARDERS) {
      for (Section section : root.sections(kind)) {
        forwarders.put(forwarder(kind, section.text("name")), section.contents().toString());
      }
    }
    return new SiteSources(overrides, root.contents(), devices, forwarders, byName, users);
  }

  private static void use(
      Map<String, Set<String>> users,
      String user,
      Collection<String> words,
      Map<String, TagRow> rows) {
    for (String word : words) {
      if (rows.containsKey(word)) {
        users.computeIfAbsent(word, tag -> new HashSet<>()).add(user);
      }
    }
  }

  /** Who uses a tag. */
  Set<String> usersOf(String tag) {
    return users.getOrDefault(tag, Set.of());
  }

  /** What the file says under a key; nothing is an empty text. */
  String section(String key) {
    return sections.getOrDefault(key, "");
  }
}
