package io.deungdae.simulators.scenario;

import io.deungdae.simulators.plant.SensorFault;
import io.deungdae.simulators.trouble.Trouble;
import io.deungdae.simulators.yaml.Item;
import io.deungdae.simulators.yaml.YamlException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is to happen when, by each plant's own time. The file:
 *
 * <pre>
 * plant: furnace              # of all events that do not name another
 * events:
 *   - {at: 30m, fault: heater-zone2-degraded, size: 0.8, slope: 0.4, for: 2h}
 *   - {at: 1h, end: door-left-open}
 *   - {at: 90m, product: 2}
 *   - {at: 2h, shift: night}
 *   - {at: 2h, key: local}
 *   - {at: 2h, write: zone1.sp, value: 870}
 *   - {at: 3h, sensor: zone2.pv, is: frozen, for: 20m}
 *   - {at: 4h, server: furnace/modbus, trouble: silent, for: 10m}
 * </pre>
 *
 * @param name name of the file
 * @param steps in the order of the file
 */
public record Scenario(String name, List<Step> steps) {

  private static final String[] KEYS = {
    "at", "for", "plant", "fault", "size", "slope", "end", "product", "shift", "key", "write",
    "value", "sensor", "is", "server", "trouble"
  };
  private static final List<String> KINDS =
      List.of("fault", "end", "product", "shift", "key", "write", "sensor", "server");
  private static final double LONGEST = 1e9;

  public Scenario {
    steps = List.copyOf(steps);
  }

  /**
   * One event.
   *
   * @param at plant time, s
   * @param plant whose time
   * @param event what happens
   * @param place where it stands, for messages
   */
  public record Step(double at, String plant, Event event, Item place) {}

  /**
   * Reads a file.
   *
   * @throws YamlException with the first mistake
   */
  public static Scenario read(Path file) throws IOException, YamlException {
    Item root = Item.read(file);
    Map<String, Item> keys = root.map("plant", "events");
    Item plant = keys.get("plant");
    String usual = plant == null ? "" : plant.text();
    List<Step> steps = new ArrayList<>();
    for (Item item : root.need("events").list()) {
      steps.addAll(steps(item, usual));
    }
    return new Scenario(String.valueOf(file.getFileName()), steps);
  }

  private static List<Step> steps(Item item, String usual) throws YamlException {
    Map<String, Item> keys = item.map(KEYS);
    double at = item.need("at").seconds();
    Item named = keys.get("plant");
    String plant = named == null ? usual : named.text();
    if (plant.isEmpty()) {
      throw item.wrong("needs the key plant, here or at the top of the file");
    }
    List<String> kinds = KINDS.stream().filter(keys::containsKey).toList();
    if (kinds.size() != 1) {
      throw item.wrong("must have one of the keys " + String.join(", ", KINDS) + ", has " + kinds);
    }
    List<Step> steps = new ArrayList<>();
    steps.add(new Step(at, plant, event(kinds.get(0), item), item));
    Item span = keys.get("for");
    if (span != null) {
      steps.add(new Step(at + span.seconds(), plant, end(kinds.get(0), item), item));
    }
    return steps;
  }

  private static Event event(String kind, Item item) throws YamlException {
    Item what = item.need(kind);
    return switch (kind) {
      case "fault" -> new Event.Starts(what.text(), size(item, 1, 1e-6, 1), slope(item));
      case "end" -> new Event.Ends(what.text());
      case "product" -> new Event.Changes((int) what.whole(0, 1_000_000));
      case "shift" -> new Event.Relieves(what.text());
      case "key" -> new Event.Turns(what.choice(List.of("remote", "local")).equals("remote"));
      case "write" -> new Event.Writes(what.text(), item.need("value").number(-LONGEST, LONGEST));
      case "sensor" -> {
        SensorFault fault =
            SensorFault.of(item.need("is").choice(Item.names(SensorFault.values())));
        yield new Event.Lies(what.text(), fault, size(item, 0, -LONGEST, LONGEST));
      }
      default -> {
        Trouble trouble = trouble(item);
        yield new Event.Misbehaves(
            what.text(), trouble, size(item, trouble.usual(), -LONGEST, 1e12));
      }
    };
  }

  /** What ends an event that lasts. */
  private static Event end(String kind, Item item) throws YamlException {
    String what = item.need(kind).text();
    return switch (kind) {
      case "fault" -> new Event.Ends(what);
      case "sensor" -> new Event.Repairs(what);
      case "server" -> new Event.Behaves(what, trouble(item));
      default -> throw item.need("for").wrong(kind + " has no end");
    };
  }

  private static Trouble trouble(Item item) throws YamlException {
    return Trouble.of(item.need("trouble").choice(Item.names(Trouble.values())));
  }

  private static double size(Item item, double usual, double low, double high)
      throws YamlException {
    Item size = item.get("size").orElse(null);
    return size == null ? usual : size.number(low, high);
  }

  private static double slope(Item item) throws YamlException {
    Item slope = item.get("slope").orElse(null);
    return slope == null ? Double.POSITIVE_INFINITY : slope.number(1e-9, 1e9);
  }

  /**
   * Plans everything. Nothing is planned when there is a mistake.
   *
   * @throws YamlException when a plant, fault, signal or server is not there
   */
  public void plan(Stage stage) throws YamlException {
    for (Step step : steps) {
      try {
        stage.check(step.plant(), step.event());
      } catch (IllegalArgumentException e) {
        throw step.place().wrong(String.valueOf(e.getMessage()));
      }
    }
    for (Step step : steps) {
      stage.plant(step.plant()).plan(step.at(), () -> stage.happen(step.plant(), step.event()));
    }
  }
}
