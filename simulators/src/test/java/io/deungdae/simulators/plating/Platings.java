package io.deungdae.simulators.plating;

import io.deungdae.simulators.plant.Signal;

/** Ways to look at a line in tests. */
final class Platings {

  private Platings() {}

  static Signal signal(Plating plating, String name) {
    return plating.signals().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }

  static double read(Plating plating, String name) {
    return plating.read(signal(plating, name));
  }

  static boolean write(Plating plating, String name, double value) {
    return plating.write(signal(plating, name), value);
  }

  /** Beats every plant minute for the given plant time. */
  static void beat(Plating plating, double seconds) {
    for (double passed = 0; passed < seconds; passed += 60) {
      write(plating, "heartbeat", (read(plating, "heartbeat") + 1) % 1000);
      plating.step(60);
    }
  }
}
