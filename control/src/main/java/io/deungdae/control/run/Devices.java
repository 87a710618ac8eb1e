package io.deungdae.control.run;

import io.deungdae.collector.driver.DeviceAgent;
import io.deungdae.collector.driver.DeviceSettings;
import io.deungdae.collector.driver.Outbox;
import io.deungdae.collector.driver.Outcomes;
import io.deungdae.collector.driver.SampleSink;
import io.deungdae.collector.signal.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The devices in force: one agent each. Looking is open to any thread; one thread at a time starts,
 * changes and closes. A change touches the devices it names and no others.
 */
final class Devices implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Devices.class);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

  private final SampleSink sink;
  private final Outcomes outcomes;
  private final Clock clock;
  private volatile Map<String, Running> running;

  /** A device, its agent, and how fast its samples come. */
  record Running(DeviceSettings settings, DeviceAgent agent, SampleRate rate) {}

  /** Agents for all devices that are enabled, not yet started. */
  Devices(List<DeviceSettings> devices, SampleSink sink, Outcomes outcomes, Clock clock) {
    this.sink = sink;
    this.outcomes = outcomes;
    this.clock = clock;
    Map<String, Running> all = new LinkedHashMap<>();
    for (DeviceSettings device : devices) {
      if (device.enabled()) {
        all.put(device.name(), running(device, new DeviceAgent(device, sink, outcomes, clock)));
      }
    }
    this.running = all;
  }

  private Running running(DeviceSettings device, DeviceAgent agent) {
    return new Running(device, agent, new SampleRate(clock.nanoTime()));
  }

  /** Starts all. Once. */
  void start() {
    agents().forEach(DeviceAgent::start);
  }

  /** All that are in force, in the order of the settings. */
  Collection<Running> all() {
    return running.values();
  }

  /** The agents of all. */
  List<DeviceAgent> agents() {
    return running.values().stream().map(Running::agent).toList();
  }

  /** The agent of one. */
  Optional<DeviceAgent> agent(String name) {
    return Optional.ofNullable(running.get(name)).map(Running::agent);
  }

  /** The way to each device. It stays the same when the device is changed. */
  Map<String, Outbox> outboxes() {
    return agents().stream()
        .collect(Collectors.toUnmodifiableMap(DeviceAgent::name, DeviceAgent::outbox));
  }

  /** Measures how fast samples come. Called at a steady pace. */
  void tick(long nowNs) {
    for (Running device : running.values()) {
      device.rate().tick(device.agent().status().samples(), nowNs);
    }
  }

  /**
   * Brings other settings into force. Devices that are not named go on untouched; those named are
   * stopped, and started again if they are still wanted. A device that is changed keeps its outbox,
   * so that control finds its way to it as before.
   *
   * @param wanted all devices that are to be there
   * @param named those that are new or changed; one that is not wanted any more is found anyway
   */
  void change(List<DeviceSettings> wanted, Set<String> named) {
    Map<String, Running> before = running;
    Set<String> staying =
        wanted.stream()
            .filter(DeviceSettings::enabled)
            .map(DeviceSettings::name)
            .filter(name -> before.containsKey(name) && !named.contains(name))
            .collect(Collectors.toSet());
    stop(
        before.values().stream()
            .map(Running::agent)
            .filter(agent -> !staying.contains(agent.name()))
            .toList());
    Map<String, Running> after = new LinkedHashMap<>();
    List<DeviceAgent> beginning = new ArrayList<>();
    for (DeviceSettings device : wanted) {
      Running old = before.get(device.name());
      if (old != null && staying.contains(device.name())) {
        after.put(device.name(), old);
      } else if (device.enabled()) {
        DeviceAgent agent =
            old == null
                ? new DeviceAgent(device, sink, outcomes, clock)
                : old.agent().successor(device);
        after.put(device.name(), running(device, agent));
        beginning.add(agent);
      }
    }
    running = after;
    beginning.forEach(DeviceAgent::start);
  }

  /** All are asked to end before any is waited for. */
  private static void stop(List<DeviceAgent> agents) {
    agents.forEach(DeviceAgent::end);
    for (DeviceAgent agent : agents) {
      if (!agent.stop(STOP_WITHIN)) {
        LOG.warn("device={} did not end in time; left behind", agent.name());
      }
    }
  }

  @Override
  public void close() {
    stop(agents());
  }
}
