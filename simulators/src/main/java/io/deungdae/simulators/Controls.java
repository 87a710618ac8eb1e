package io.deungdae.simulators;

import com.fasterxml.jackson.databind.JsonNode;
import io.deungdae.simulators.plant.ActiveFault;
import io.deungdae.simulators.plant.Fault;
import io.deungdae.simulators.plant.SensorFault;
import io.deungdae.simulators.plant.SharedPlant;
import io.deungdae.simulators.scenario.Event;
import io.deungdae.simulators.scenario.Stage;
import io.deungdae.simulators.trouble.Trouble;
import io.deungdae.simulators.trouble.Troubles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a running site can be asked and told, as JSON in and out. What is wrongly asked is an {@link
 * IllegalArgumentException} for the person who asked. Thread-safe.
 */
final class Controls {

  private final Stage stage;
  private final Map<String, SharedPlant<?>> plants;
  private final Map<String, Site.Served> servers;

  Controls(Stage stage, Map<String, SharedPlant<?>> plants, Map<String, Site.Served> servers) {
    this.stage = stage;
    this.plants = new LinkedHashMap<>(plants);
    this.servers = new LinkedHashMap<>(servers);
  }

  /** All faults of all plants, with size, slope and start of those that are on. */
  Object faults() {
    List<Map<String, Object>> all = new ArrayList<>();
    for (SharedPlant<?> plant : plants.values()) {
      List<ActiveFault> active = plant.active();
      for (Fault fault : plant.faults()) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("plant", plant.name());
        one.put("id", fault.id());
        one.put("size", 0.0);
        active.stream().filter(on -> on.id().equals(fault.id())).forEach(on -> tell(on, one));
        one.put("en", fault.en());
        one.put("ko", fault.ko());
        one.put("effect", fault.effect());
        all.add(one);
      }
    }
    return all;
  }

  private static void tell(ActiveFault on, Map<String, Object> one) {
    one.put("size", on.now());
    one.put("goal", on.size());
    one.put("since_s", on.since());
    if (Double.isFinite(on.slope())) {
      one.put("slope_per_h", on.slope());
    }
  }

  /** What is true in each plant. */
  Object truth() {
    Map<String, Object> all = new LinkedHashMap<>();
    for (SharedPlant<?> plant : plants.values()) {
      Map<String, Double> sizes = new LinkedHashMap<>();
      plant.active().forEach(fault -> sizes.put(fault.id(), fault.now()));
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("time_s", plant.time());
      one.put("faults", sizes);
      one.put("sensors", plant.lying());
      one.put("values", plant.truth());
      all.put(plant.name(), one);
    }
    return all;
  }

  /** Starts a fault, or ends it with size 0. */
  Object fault(JsonNode request) {
    String id = request.path("id").asText();
    double size = number(request, "size", 1);
    double slope = number(request, "slope", Double.POSITIVE_INFINITY);
    if (!(size >= 0 && size <= 1)) {
      throw new IllegalArgumentException("size must be from 0 to 1, found " + size);
    }
    SharedPlant<?> plant = having(id, text(request, "plant"));
    Event event = size > 0 ? new Event.Starts(id, size, slope) : new Event.Ends(id);
    stage.happen(plant.name(), event);
    return Map.of("plant", plant.name(), "id", id, "size", size);
  }

  /** The one plant that knows a fault. */
  private SharedPlant<?> having(String fault, String plant) {
    List<SharedPlant<?>> all =
        stage.chosen(plant).stream().filter(p -> p.fault(fault).isPresent()).toList();
    if (all.isEmpty()) {
      throw new IllegalArgumentException(
          "no plant asked knows a fault " + fault + "; see simulators fault list");
    }
    if (all.size() > 1) {
      throw new IllegalArgumentException(
          "several plants know " + fault + ", say which: " + names(all));
    }
    return all.get(0);
  }

  private static List<String> names(List<SharedPlant<?>> plants) {
    return plants.stream().map(SharedPlant::name).toList();
  }

  /** Ends all faults, of one plant or of all. */
  Object stopAll(JsonNode request) {
    int stopped = 0;
    for (SharedPlant<?> plant : stage.chosen(text(request, "plant"))) {
      for (ActiveFault fault : plant.active()) {
        plant.stop(plant.fault(fault.id()).orElseThrow());
        stopped++;
      }
    }
    return Map.of("stopped", stopped);
  }

  /** Turns key switches. */
  Object operator(JsonNode request) {
    if (!request.path("remote").isBoolean()) {
      throw new IllegalArgumentException("remote must be true or false");
    }
    boolean remote = request.path("remote").asBoolean();
    List<SharedPlant<?>> turned = stage.chosen(text(request, "plant"));
    turned.forEach(plant -> plant.remote(remote));
    return Map.of("plants", names(turned), "remote", remote);
  }

  /** Changes the product, or relieves the shift. */
  Object staff(JsonNode request) {
    String plant = text(request, "plant");
    Event event =
        request.has("shift")
            ? new Event.Relieves(text(request, "shift"))
            : new Event.Changes((int) number(request, "product", Double.NaN));
    stage.happen(plant, event);
    return Map.of("plant", plant, "event", event.toString());
  }

  /** Makes a sensor lie, or repairs it. */
  Object sensor(JsonNode request) {
    String plant = text(request, "plant");
    String signal = text(request, "signal");
    String is = text(request, "is");
    Event event =
        is.equals("sound")
            ? new Event.Repairs(signal)
            : new Event.Lies(signal, SensorFault.of(is), number(request, "size", 0));
    stage.happen(plant, event);
    return Map.of("plant", plant, "sensors", stage.plant(plant).lying());
  }

  /** All servers, what they can do wrong and what they do. */
  Object servers() {
    List<Map<String, Object>> all = new ArrayList<>();
    servers.forEach(
        (name, served) -> {
          Troubles troubles = served.server().troubles();
          Map<String, Object> one = new LinkedHashMap<>();
          one.put("name", name);
          one.put("protocol", served.server().protocol());
          one.put("port", served.server().port());
          one.put("plants", served.plants());
          one.put("troubles", active(troubles));
          one.put("can", troubles.possible().stream().map(Trouble::id).toList());
          all.add(one);
        });
    return all;
  }

  private static Map<String, Double> active(Troubles troubles) {
    Map<String, Double> active = new TreeMap<>();
    troubles.active().forEach((trouble, size) -> active.put(trouble.id(), size));
    return active;
  }

  /** Makes a server misbehave, or behave: {@code trouble} is {@code none}, or {@code on} false. */
  Object trouble(JsonNode request) {
    String name = text(request, "server");
    String id = text(request, "trouble");
    Troubles troubles = stage.server(name);
    if (id.equals("none")) {
      troubles.stopAll();
    } else if (request.path("on").asBoolean(true)) {
      Trouble trouble = Trouble.of(id);
      troubles.start(trouble, number(request, "size", trouble.usual()));
    } else {
      troubles.stop(Trouble.of(id));
    }
    return Map.of("server", name, "troubles", active(troubles));
  }

  private static String text(JsonNode request, String key) {
    return request.path(key).asText("");
  }

  private static double number(JsonNode request, String key, double usual) {
    JsonNode value = request.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return usual;
    }
    if (!value.isNumber()) {
      throw new IllegalArgumentException(key + " must be a number, found " + value);
    }
    return value.asDouble();
  }
}
