package io.deungdae.collector.driver.mqtt;

import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.DeviceException.Kind;
import io.deungdae.collector.driver.Inbox;
import io.deungdae.collector.signal.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One connection from connecting to closing, and the messages that have come over it. Used by the
 * device's thread; library threads only add.
 */
final class Session {

  private static final int TOPICS_PER_REQUEST = 100;

  /** The library and the broker bound what is under way; this is far above either. */
  private static final int CAPACITY = 20_000;

  /**
   * A message that has come.
   *
   * @param at when
   * @param atNs the same, monotonic
   */
  record Arrival(String topic, Broker.Message message, Instant at, long atNs) {}

  private final MqttSpec spec;
  private final Inbox<Arrival> inbox;
  private final Broker broker;
  private final AtomicReference<@Nullable String> lost = new AtomicReference<>();

  Session(MqttSpec spec, Clock clock, Runnable wake) {
    this.spec = spec;
    this.inbox = new Inbox<>(CAPACITY, wake);
    Broker.Listener listener =
        new Broker.Listener() {
          @Override
          public void arrived(String topic, Broker.Message message) {
            inbox.add(new Arrival(topic, message, clock.now(), clock.nanoTime()));
          }

          @Override
          public void lost(String why) {
            lost.compareAndSet(null, why);
            wake.run();
          }
        };
    this.broker =
        spec.settings().version() == 5
            ? new Mqtt5Broker(spec, listener)
            : new Mqtt3Broker(spec, listener);
  }

  /**
   * Connects and subscribes.
   *
   * @return the topics that the broker refuses
   */
  List<String> open(List<String> topics) throws DeviceException {
    broker.connect();
    List<String> refused = new ArrayList<>();
    for (int from = 0; from < topics.size(); from += TOPICS_PER_REQUEST) {
      List<String> part = topics.subList(from, Math.min(topics.size(), from + TOPICS_PER_REQUEST));
      List<Boolean> granted = broker.subscribe(part);
      for (int i = 0; i < part.size(); i++) {
        if (i >= granted.size() || !granted.get(i)) {
          refused.add(part.get(i));
        }
      }
    }
    return refused;
  }

  /**
   * Does nothing while all is well. A message lost for want of room is as bad as a lost link: only
   * a new connection makes the broker give it again.
   */
  void check() throws DeviceException {
    String why = lost.get();
    if (why != null) {
      throw new DeviceException(Kind.CONNECT, spec.device(), why);
    }
    if (inbox.lost() > 0 && spec.settings().qos() > 0) {
      throw new DeviceException(
          Kind.PROTOCOL, spec.device(), "messages came faster than they could be stored");
    }
  }

  /** Takes the oldest messages, at most {@code most}. */
  List<Arrival> take(int most) {
    return inbox.take(most);
  }

  void acknowledge(int id) throws DeviceException {
    broker.acknowledge(id);
  }

  void forget(String topic) {
    broker.forget(topic);
  }

  void close() {
    broker.close();
    inbox.clear();
  }
}
