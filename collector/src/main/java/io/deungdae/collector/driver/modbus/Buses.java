package io.deungdae.collector.driver.modbus;

import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.DeviceException.Kind;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The buses in use, by where they are. The first device on one makes it, the last one that leaves
 * drops it. Thread-safe.
 */
final class Buses {

  private final Map<String, Users> inUse = new ConcurrentHashMap<>();

  private record Users(Bus bus, int count) {}

  /**
   * Finds the bus or makes it. Each joining needs one leaving.
   *
   * @throws DeviceException when other devices on it say that it is set otherwise
   */
  Bus join(String device, LinkSettings settings, Supplier<Bus> fresh) throws DeviceException {
    Users users =
        inUse.compute(
            settings.place(),
            (place, there) ->
                there == null
                    ? new Users(fresh.get(), 1)
                    : new Users(there.bus(), there.count() + 1));
    if (!users.bus().settings().equals(settings)) {
      leave(settings.place());
      throw new DeviceException(
          Kind.REJECTED,
          device,
          settings.place() + " is in use by another device with other settings of the line");
    }
    return users.bus();
  }

  /** Takes one user off the bus. */
  void leave(String place) {
    inUse.computeIfPresent(
        place,
        (key, users) -> {
          if (users.count() > 1) {
            return new Users(users.bus(), users.count() - 1);
          }
          users.bus().close();
          return null;
        });
  }

  /** How many there are. */
  int count() {
    return inUse.size();
  }
}
