package io.deungdae.simulators.furnace;

import io.deungdae.simulators.plant.Signal;

/** Ways to look at a line in tests. */
final class Lines {

  private Lines() {}

  static Signal signal(QuenchFurnace furnace, String name) {
    return furnace.signals().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }

  static double read(QuenchFurnace furnace, String name) {
    return furnace.read(signal(furnace, name));
  }

  static boolean write(QuenchFurnace furnace, String name, double value) {
    return furnace.write(signal(furnace, name), value);
  }

  /** Beats every plant minute for the given plant time. */
  static void beat(QuenchFurnace furnace, double seconds) {
    for (double passed = 0; passed < seconds; passed += 60) {
      write(furnace, "heartbeat", (read(furnace, "heartbeat") + 1) % 1000);
      furnace.step(60);
    }
  }
}
