package io.deungdae.simulators.scenario;

import io.deungdae.simulators.plant.Fault;
import io.deungdae.simulators.plant.SharedPlant;
import io.deungdae.simulators.plant.Signal;
import io.deungdae.simulators.plant.Staffed;
import io.deungdae.simulators.trouble.Troubles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The plants and servers that events happen to; the one way for command line and scenarios. What is
 * wrongly named is an {@link IllegalArgumentException} whose message names what there is.
 * Thread-safe.
 */
public final class Stage {

  private final Map<String, SharedPlant<?>> plants;
  private final Map<String, Troubles> servers;

  /** Of plants and servers by name. */
  public Stage(Map<String, ? extends SharedPlant<?>> plants, Map<String, Troubles> servers) {
    this.plants = Map.copyOf(plants);
    this.servers = Map.copyOf(servers);
  }

  /** The plant of this name. */
  public SharedPlant<?> plant(String name) {
    SharedPlant<?> plant = plants.get(name);
    if (plant == null) {
      throw new IllegalArgumentException("no plant " + name + ", there are " + sorted(plants));
    }
    return plant;
  }

  /** The plant of this name; without a name all. */
  public List<SharedPlant<?>> chosen(String name) {
    if (name.isEmpty()) {
      List<SharedPlant<?>> all = new ArrayList<>();
      sorted(plants).forEach(each -> all.add(plant(each)));
      return all;
    }
    return List.of(plant(name));
  }

  /** The troubles of the server of this name. */
  public Troubles server(String name) {
    Troubles troubles = servers.get(name);
    if (troubles == null) {
      throw new IllegalArgumentException("no server " + name + ", there are " + sorted(servers));
    }
    return troubles;
  }

  private static List<String> sorted(Map<String, ?> map) {
    return map.keySet().stream().sorted().toList();
  }

  /** Says whether an event can happen at a plant; throws when it cannot. */
  public void check(String plant, Event event) {
    Consumer<SharedPlant<?>> unused = action(plant(plant), event);
  }

  /** Makes an event happen now. */
  public void happen(String plant, Event event) {
    SharedPlant<?> where = plant(plant);
    action(where, event).accept(where);
  }

  private Consumer<SharedPlant<?>> action(SharedPlant<?> plant, Event event) {
    if (event instanceof Event.Starts e) {
      Fault fault = fault(plant, e.fault());
      return p -> p.start(fault, e.size(), e.slope());
    }
    if (event instanceof Event.Ends e) {
      Fault fault = fault(plant, e.fault());
      return p -> p.stop(fault);
    }
    if (event instanceof Event.Turns e) {
      return p -> p.remote(e.remote());
    }
    if (event instanceof Event.Misbehaves e) {
      Troubles server = server(e.server());
      server.able(e.trouble(), e.size());
      return p -> server.start(e.trouble(), e.size());
    }
    if (event instanceof Event.Behaves e) {
      Troubles server = server(e.server());
      return p -> server.stop(e.trouble());
    }
    return people(plant, event);
  }

  private static Consumer<SharedPlant<?>> people(SharedPlant<?> plant, Event event) {
    if (event instanceof Event.Writes e) {
      Signal signal = signal(plant, e.signal());
      return p -> {
        boolean unused = p.write(signal, e.value());
      };
    }
    if (event instanceof Event.Lies e) {
      Signal signal = signal(plant, e.signal());
      return p -> p.start(signal, e.fault(), e.size());
    }
    if (event instanceof Event.Repairs e) {
      Signal signal = signal(plant, e.signal());
      return p -> p.repair(signal);
    }
    if (event instanceof Event.Changes e) {
      among(plant, "product", e.product(), staff(plant).products());
      return p -> p.staff(staff -> staff.product(e.product()));
    }
    if (event instanceof Event.Relieves e) {
      among(plant, "shift", e.shift(), staff(plant).shifts());
      return p -> p.staff(staff -> staff.shift(e.shift()));
    }
    throw new AssertionError("an event of no kind: " + event);
  }

  private static Staffed staff(SharedPlant<?> plant) {
    return plant
        .staff()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    plant.name() + " has no product or shift to be changed"));
  }

  private static <T> void among(SharedPlant<?> plant, String what, T wanted, List<T> there) {
    if (!there.contains(wanted)) {
      throw new IllegalArgumentException(
          plant.name() + " has no " + what + " " + wanted + ", there are " + there);
    }
  }

  private static Fault fault(SharedPlant<?> plant, String id) {
    return plant
        .fault(id)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    plant.name()
                        + " has no fault "
                        + id
                        + ", there are "
                        + plant.faults().stream().map(Fault::id).toList()));
  }

  private static Signal signal(SharedPlant<?> plant, String name) {
    return plant
        .signal(name)
        .orElseThrow(() -> new IllegalArgumentException(plant.name() + " has no signal " + name));
  }
}
