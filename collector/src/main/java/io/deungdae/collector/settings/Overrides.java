package io.deungdae.collector.settings;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Settings given on the command line as {@code path=value}; they replace what the file says. A list
 * entry is named by its {@code name}, e.g. {@code devices.furnace-plc.modbus.port=1502}.
 */
public final class Overrides {

  private final Map<String, String> values;
  private final Set<String> unused;

  /** By full path. */
  public Overrides(Map<String, String> values) {
    this.values = Map.copyOf(values);
    this.unused = new LinkedHashSet<>(values.keySet());
  }

  /** All of them, by full path. */
  public Map<String, String> values() {
    return values;
  }

  /** None. */
  public static Overrides none() {
    return new Overrides(Map.of());
  }

  Optional<String> find(String path) {
    unused.remove(path);
    return Optional.ofNullable(values.get(path));
  }

  /** Reports those that no setting asked for. Call it when everything has been read. */
  public void reportUnused(Problems problems) {
    for (String path : unused) {
      problems.add(
          new Problem("--set", 0, path, "a setting that does not exist", "the path of a setting"));
    }
  }
}
