package io.deungdae.simulators.moulding;

import io.deungdae.simulators.plant.Signal;
import io.deungdae.simulators.plc.Recipe;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Runs the machine in REMOTE with given setpoints and says what a good part costs. */
final class Trial {

  static final double ENERGY_PRICE = 150;
  static final double PART_COST = 400;
  static final double HOUR_COST = 20_000;

  private static final double SETTLE = 1.5 * 3600;

  private Trial() {}

  /**
   * What was measured.
   *
   * @param cost KRW per good part
   * @param cycle s
   * @param scrap share of bad parts
   * @param power kW
   * @param chances of the last shot
   * @param shot the last shot
   */
  record Result(
      double cost, double cycle, double scrap, double power, Chances chances, Shot shot) {}

  /** Cost of the setpoints with a cause at work, or none. */
  static Result run(long seed, Recipe recipe, @Nullable Cause cause, double size, double hours) {
    Moulding plant = new Moulding(MouldingSettings.unattended(seed));
    plant.ambient(24);
    if (cause != null) {
      plant.start(cause.fault(), size);
    }
    Signal heartbeat = signal(plant, "heartbeat");
    plant.write(heartbeat, 1);
    plant.remote(true);
    for (Knob knob : Knob.values()) {
      plant.write(signal(plant, knob.signal()), recipe.value(knob));
    }
    return measured(plant, heartbeat, hours);
  }

  /** Cost of the machine as its people run it, in LOCAL. */
  static Result attended(MouldingSettings settings, double hours) {
    Moulding plant = new Moulding(settings);
    plant.ambient(24);
    plant.remote(false);
    return measured(plant, signal(plant, "heartbeat"), hours);
  }

  /** The mean of some results; chances and shot are those of the first. */
  static Result mean(Result... results) {
    return new Result(
        Arrays.stream(results).mapToDouble(Result::cost).average().orElseThrow(),
        Arrays.stream(results).mapToDouble(Result::cycle).average().orElseThrow(),
        Arrays.stream(results).mapToDouble(Result::scrap).average().orElseThrow(),
        Arrays.stream(results).mapToDouble(Result::power).average().orElseThrow(),
        results[0].chances(),
        results[0].shot());
  }

  private static Result measured(Moulding plant, Signal heartbeat, double hours) {
    pass(plant, heartbeat, SETTLE);
    double bad = plant.expectedBad();
    double shots = plant.read(signal(plant, "shot"));
    double energy = plant.energy();
    pass(plant, heartbeat, hours * 3600);
    bad = plant.expectedBad() - bad;
    shots = plant.read(signal(plant, "shot")) - shots;
    energy = plant.energy() - energy;
    double money = energy * ENERGY_PRICE + bad * PART_COST + hours * HOUR_COST;
    return new Result(
        money / Math.max(1e-9, shots - bad),
        hours * 3600 / shots,
        bad / shots,
        energy / hours,
        plant.shot().chances(),
        plant.shot());
  }

  private static void pass(Moulding plant, Signal heartbeat, double seconds) {
    for (double t = 0; t < seconds; t += 100) {
      plant.write(heartbeat, (plant.read(heartbeat) + 1) % 60_000);
      plant.step(100);
    }
  }

  static Signal signal(Moulding plant, String name) {
    return plant.signals().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }
}
