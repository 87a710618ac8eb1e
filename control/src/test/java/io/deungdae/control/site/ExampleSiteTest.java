package io.deungdae.control.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.settings.ConfigException;
import io.deungdae.collector.settings.Overrides;
import io.deungdae.collector.settings.SchemaEntry;
import io.deungdae.collector.settings.Section;
import io.deungdae.control.guard.Mode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The example file has every setting, explains it, and shows its default. */
class ExampleSiteTest {

  /** Optional settings whose default is "none", or comes from something else, and why. */
  private static final Map<String, String> SHOWN_OTHERWISE =
      Map.ofEntries(
          Map.entry("devices[].modbus.host", "needed unless framing is rtu"),
          Map.entry("devices[].mqtt.topics[].tag", "none; shows a pattern"),
          Map.entry("devices[].mqtt.topics[].value", "the payload itself; shows a path"),
          Map.entry("devices[].mqtt.topics[].time", "the device's; shows a path"),
          Map.entry("influx[].database", "needed by v1 and v3"),
          Map.entry("influx[].org", "needed by v2"),
          Map.entry("influx[].bucket", "needed by v2"),
          Map.entry("influx[].token", "needed by v2"),
          Map.entry("units[].manipulated[].processValue", "none; an empty text is no example"),
          Map.entry("units[].manipulated[].output", "none; an empty text is no example"),
          Map.entry("units[].objective.per", "none; an empty text is no example"),
          Map.entry("units[].objective.unit", "none; an empty text is no example"),
          Map.entry("units[].analytics.faults", "none; shows a library"),
          Map.entry("units[].analytics.quality.measures[].low", "none; a number is needed to show"),
          Map.entry("units[].analytics.quality.measures[].high", "none; as low"),
          Map.entry("kamp.accessKey", "needed when delivering"),
          Map.entry("kamp.secretKey", "needed when delivering"),
          Map.entry("kamp.datasets[].columns[].low", "the tag's"),
          Map.entry("kamp.datasets[].columns[].high", "the tag's"),
          Map.entry("kamp.datasets[].columns[].jump", "none; a number is needed to show"));

  private static SiteSettings read(String file) throws ConfigException {
    return SiteSettings.read(ExampleFile.CONFIG.resolve(file), Overrides.none());
  }

  @Test
  void everySettingIsThereWithItsMeaning() throws IOException, ConfigException {
    Map<String, SchemaEntry> asked = read("site.example.yaml").schema();
    Map<String, String> comments = ExampleFile.comments();
    Set<String> missing = new TreeSet<>();
    asked.forEach(
        (path, entry) -> {
          boolean partOfLabel = path.endsWith(".en") || path.endsWith(".ko");
          boolean weight = path.startsWith("units[].objective.terms.");
          if (!partOfLabel && !weight && comments.getOrDefault(path, "").isEmpty()) {
            missing.add(path);
          }
        });
    assertEquals(Set.of(), missing, "settings that the example does not show or explain");
  }

  @Test
  void valuesAreDefaults() throws ConfigException {
    SiteSettings site = read("site.example.yaml");
    List<String> others = new ArrayList<>();
    site.schema()
        .forEach(
            (path, entry) -> {
              List<String> given = site.given().getOrDefault(path, List.of());
              boolean optional = !entry.required() && !given.isEmpty();
              if (optional && given.stream().noneMatch(text -> same(entry, text))) {
                others.add(path);
              }
            });
    others.removeAll(labels(site));
    assertEquals(
        new TreeSet<>(SHOWN_OTHERWISE.keySet()),
        new TreeSet<>(others),
        "settings whose value in the example is not the default");
  }

  private static List<String> labels(SiteSettings site) {
    return site.schema().keySet().stream()
        .filter(path -> path.endsWith(".en") || path.endsWith(".ko"))
        .toList();
  }

  private static boolean same(SchemaEntry entry, String text) {
    return switch (entry.type()) {
      case "duration" ->
          Section.parseDuration(text).equals(Section.parseDuration(entry.fallback()));
      case "number", "integer" ->
          !entry.fallback().isEmpty()
              && Double.parseDouble(text) == Double.parseDouble(entry.fallback());
      default -> text.equals(entry.fallback());
    };
  }

  @Test
  void exampleIsSafe() throws ConfigException {
    SiteSettings site = read("site.example.yaml");
    assertEquals("127.0.0.1", site.console().listen());
    assertFalse(site.simulated());
    assertTrue(site.units().stream().allMatch(unit -> unit.loop().mode() == Mode.OBSERVE));
    assertEquals(5, site.devices().size());
  }

  @Test
  void demoHasNoMistakes() throws ConfigException {
    SiteSettings site = read("demo/site.yaml");
    assertTrue(site.simulated());
    assertTrue(site.devices().stream().allMatch(device -> device.simulated()));
    assertEquals(2, site.units().size());
    assertTrue(site.summary().endsWith("no mistakes"), site.summary());
  }
}
