package io.deungdae.simulators;

import io.deungdae.simulators.SiteSettings.Format;
import io.deungdae.simulators.SiteSettings.PlantSettings;
import io.deungdae.simulators.SiteSettings.Protocol;
import io.deungdae.simulators.SiteSettings.ServerSettings;
import io.deungdae.simulators.scenario.Scenario;
import io.deungdae.simulators.xgt.Model;
import io.deungdae.simulators.yaml.Item;
import io.deungdae.simulators.yaml.YamlException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the settings of a simulated site; config/example/simulators.yaml explains every key. */
final class SiteFile {

  private static final String[] KEYS = {
    "folder",
    "speed",
    "seed",
    "remoteAfter",
    "controlPort",
    "metersPort",
    "s3Port",
    "plants",
    "servers",
    "scenarios"
  };
  private static final int NONE = -1;

  private final Item root;
  private final List<PlantSettings> plants = new ArrayList<>();
  private final List<ServerSettings> servers = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  private SiteFile(Item root) {
    this.root = root;
  }

  /**
   * Reads a file.
   *
   * @param folder instead of the file's own, or null
   * @throws YamlException with the first mistake
   */
  static SiteSettings read(Path file, @Nullable Path folder) throws IOException, YamlException {
    return new SiteFile(Item.read(file)).settings(folder);
  }

  private SiteSettings settings(@Nullable Path folder) throws IOException, YamlException {
    root.map(KEYS);
    for (Item item : root.need("plants").list()) {
      plant(item);
    }
    if (root.get("servers").isPresent()) {
      for (Item item : root.need("servers").list()) {
        server(item);
      }
    }
    Path where = folder != null ? folder : Path.of(text(root, "folder", "data/simulators"));
    return new SiteSettings(
        where,
        port(root, "controlPort", 15900),
        plants,
        servers,
        port(root, "metersPort", NONE),
        port(root, "s3Port", NONE),
        scenarios());
  }

  private List<Scenario> scenarios() throws IOException, YamlException {
    List<Scenario> scenarios = new ArrayList<>();
    Item list = root.get("scenarios").orElse(null);
    if (list != null) {
      for (Item item : list.list()) {
        scenarios.add(Scenario.read(item.folder().resolve(item.text())));
      }
    }
    return scenarios;
  }

  private void plant(Item item) throws YamlException {
    item.map("name", "kind", "seed", "speed", "remoteAfter", "campaign");
    PlantKind kind = PlantKind.of(item.need("kind").choice(PlantKind.ids()));
    Item named = item.get("name").orElse(null);
    String name = named == null ? kind.id() : named.name();
    if (!names.add(name)) {
      throw item.wrong("there is a plant " + name + " already; give each its name");
    }
    long seed = whole(item, "seed", whole(root, "seed", 1) + plants.size());
    double speed = number(item, "speed", number(root, "speed", 60));
    plants.add(
        new PlantSettings(name, kind, seed, speed, remoteAfter(item), seconds(item, "campaign")));
  }

  private double remoteAfter(Item plant) throws YamlException {
    Item own = plant.get("remoteAfter").orElse(null);
    Item all = root.get("remoteAfter").orElse(null);
    Item item = own != null ? own : all;
    double seconds = item == null ? 100 : item.seconds();
    return seconds > 0 ? seconds : Double.POSITIVE_INFINITY;
  }

  private void server(Item item) throws YamlException {
    item.map(
        "name",
        "protocol",
        "port",
        "plant",
        "plants",
        "model",
        "format",
        "broker",
        "topic",
        "every");
    Protocol protocol =
        Protocol.valueOf(
            item.need("protocol").choice(Item.names(Protocol.values())).toUpperCase(Locale.ROOT));
    List<String> served = served(item, protocol);
    String kind = protocol.name().toLowerCase(Locale.ROOT);
    String name = text(item, "name", served.get(0) + "/" + kind);
    if (servers.stream().anyMatch(server -> server.name().equals(name))) {
      throw item.wrong("there is a server " + name + " already; give each its name");
    }
    for (String only : new String[] {"format", "broker", "topic", "every"}) {
      only(item, only, protocol == Protocol.MQTT, "mqtt");
    }
    only(item, "model", protocol == Protocol.XGT, "xgt");
    Format format = Format.valueOf(choice(item, "format", Format.values(), "json"));
    servers.add(
        new ServerSettings(
            name,
            protocol,
            port(item, "port", 0),
            served,
            Model.valueOf(choice(item, "model", Model.values(), "xgk")),
            format,
            text(item, "broker", ""),
            text(item, "topic", "plant"),
            every(item)));
  }

  private static void only(Item item, String key, boolean allowed, String protocol)
      throws YamlException {
    Item found = item.get(key).orElse(null);
    if (found != null && !allowed) {
      throw found.wrong("is for protocol " + protocol + " only");
    }
  }

  private List<String> served(Item item, Protocol protocol) throws YamlException {
    List<Item> items = new ArrayList<>();
    Item one = item.get("plant").orElse(null);
    Item several = item.get("plants").orElse(null);
    if (one != null) {
      items.add(one);
    }
    if (several != null) {
      items.addAll(several.list());
    }
    boolean single = protocol == Protocol.MODBUS || protocol == Protocol.XGT;
    if (items.isEmpty() || (single && items.size() > 1)) {
      throw item.wrong(single ? "needs the key plant: one plant" : "needs the key plant or plants");
    }
    List<String> served = new ArrayList<>();
    for (Item name : items) {
      served.add(name.choice(plants.stream().map(PlantSettings::name).toList()));
    }
    return served;
  }

  private static String choice(Item item, String key, Enum<?>[] values, String usual)
      throws YamlException {
    Item found = item.get(key).orElse(null);
    List<String> names = new ArrayList<>();
    for (Enum<?> value : values) {
      names.add(value.name().toLowerCase(Locale.ROOT));
    }
    return (found == null ? usual : found.choice(names)).toUpperCase(Locale.ROOT);
  }

  private static double every(Item item) throws YamlException {
    Item found = item.get("every").orElse(null);
    double seconds = found == null ? 1 : found.seconds();
    if (found != null && !(seconds >= 0.02 && seconds <= 3600)) {
      throw found.wrong("must be from 20ms to 1h");
    }
    return seconds;
  }

  private static String text(Item item, String key, String usual) throws YamlException {
    Item found = item.get(key).orElse(null);
    return found == null ? usual : found.text();
  }

  private static int port(Item item, String key, int usual) throws YamlException {
    Item found = item.get(key).orElse(null);
    return found == null ? usual : (int) found.whole(0, 65_535);
  }

  private static long whole(Item item, String key, long usual) throws YamlException {
    Item found = item.get(key).orElse(null);
    return found == null ? usual : found.whole(Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private static double number(Item item, String key, double usual) throws YamlException {
    Item found = item.get(key).orElse(null);
    return found == null ? usual : found.number(0.01, 10_000);
  }

  private static double seconds(Item item, String key) throws YamlException {
    Item found = item.get(key).orElse(null);
    return found == null ? 0 : found.seconds();
  }
}
