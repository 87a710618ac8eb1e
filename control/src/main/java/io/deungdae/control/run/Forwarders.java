package io.deungdae.control.run;

import io.deungdae.collector.forward.EdgeNodeSender;
import io.deungdae.collector.forward.EdgeNodeSettings;
import io.deungdae.collector.forward.Forwarder;
import io.deungdae.collector.forward.ForwarderSettings;
import io.deungdae.collector.forward.InfluxSender;
import io.deungdae.collector.forward.InfluxSettings;
import io.deungdae.collector.forward.KafkaSender;
import io.deungdae.collector.forward.KafkaSettings;
import io.deungdae.collector.forward.MqttSender;
import io.deungdae.collector.forward.MqttSenderSettings;
import io.deungdae.collector.forward.Sender;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.store.Board;
import io.deungdae.collector.store.Historian;
import io.deungdae.control.site.SiteSettings;
import io.deungdae.control.site.SiteSources;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The forwarders in force. Looking is open to any thread; one thread at a time changes and closes.
 * A forwarder that is begun anew goes on where its cursor stands.
 */
final class Forwarders implements AutoCloseable {

  private final Board board;
  private final Historian historian;
  private final Clock clock;
  private volatile InForce inForce = new InForce(Map.of(), 0);

  /**
   * Those that run.
   *
   * @param running by key
   * @param held what was delivered when some of them were taken out, until all are there again
   */
  private record InForce(Map<String, Forwarder> running, long held) {
    private InForce {
      running = Map.copyOf(running);
    }
  }

  Forwarders(Board board, Historian historian, Clock clock) {
    this.board = board;
    this.historian = historian;
    this.clock = clock;
  }

  /** All that are in force. */
  List<Forwarder> all() {
    return List.copyOf(inForce.running.values());
  }

  /** One that is in force. */
  Optional<Forwarder> find(String name) {
    return inForce.running.entrySet().stream()
        .filter(entry -> entry.getKey().substring(entry.getKey().indexOf('.') + 1).equals(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /**
   * The number of the row up to which every forwarder has dealt with everything; rows above it must
   * be kept. {@link Long#MAX_VALUE} when there is no forwarder.
   */
  public long deliveredUpTo() {
    InForce now = inForce;
    long lowest = now.held;
    for (Forwarder forwarder : now.running.values()) {
      lowest = Math.min(lowest, forwarder.deliveredUpTo());
    }
    return lowest;
  }

  /** A forwarder that is wanted; without a sender it is the one that runs already. */
  private record Wanted(ForwarderSettings settings, @Nullable Sender sender) {}

  /** What is wanted, with everything made that can fail. */
  static final class Plan {
    private final Map<String, Wanted> wanted;

    private Plan(Map<String, Wanted> wanted) {
      this.wanted = wanted;
    }
  }

  /**
   * Makes the senders that a change needs; changes nothing yet.
   *
   * @param site the settings that are going to be in force
   * @param named keys of those to begin anew, see {@link SiteSources}; others go on as they are
   * @throws IOException when a secret cannot be read
   */
  Plan plan(SiteSettings site, Set<String> named) throws IOException {
    Wishes wishes = new Wishes(named);
    for (InfluxSettings influx : site.influx()) {
      wishes.add("influx", influx.forwarder(), () -> new InfluxSender(influx, board::tags));
    }
    for (EdgeNodeSettings node : site.sparkplug()) {
      wishes.add("sparkplug", node.forwarder(), () -> new EdgeNodeSender(node, board, clock));
    }
    for (MqttSenderSettings mqtt : site.mqtt()) {
      wishes.add(
          "mqtt", mqtt.forwarder(), () -> new MqttSender(mqtt, site.name(), board::tags, clock));
    }
    for (KafkaSettings kafka : site.kafka()) {
      wishes.add(
          "kafka", kafka.forwarder(), () -> new KafkaSender(kafka, site.name(), board::tags));
    }
    return new Plan(wishes.wanted);
  }

  /** How a sender is made. */
  private interface Making {
    Sender make() throws IOException;
  }

  /** Collects what is wanted. */
  private final class Wishes {
    private final Set<String> named;
    private final Map<String, Wanted> wanted = new LinkedHashMap<>();

    private Wishes(Set<String> named) {
      this.named = named;
    }

    private void add(String kind, ForwarderSettings settings, Making making) throws IOException {
      String key = SiteSources.forwarder(kind, settings.name());
      boolean stays = inForce.running.containsKey(key) && !named.contains(key);
      wanted.put(key, new Wanted(settings, stays ? null : making.make()));
    }
  }

  /**
   * Carries out a plan.
   *
   * @throws IOException when a cursor cannot be read; the forwarders after it are not begun then
   */
  void change(Plan plan) throws IOException {
    Map<String, Forwarder> before = inForce.running;
    long held = deliveredUpTo();
    Map<String, Forwarder> after = new LinkedHashMap<>();
    List<Forwarder> ending = new ArrayList<>();
    before.forEach(
        (key, forwarder) -> {
          Wanted wanted = plan.wanted.get(key);
          if (wanted == null || wanted.sender() != null) {
            ending.add(forwarder);
          } else {
            after.put(key, forwarder);
          }
        });
    inForce = new InForce(after, held);
    ending.forEach(Forwarder::close);
    for (Map.Entry<String, Wanted> entry : plan.wanted.entrySet()) {
      Sender sender = entry.getValue().sender();
      if (sender != null) {
        Forwarder forwarder =
            new Forwarder(
                entry.getValue().settings(), historian, sender, clock, new Random()::nextDouble);
        forwarder.start();
        after.put(entry.getKey(), forwarder);
        inForce = new InForce(after, held);
      }
    }
    inForce = new InForce(after, Long.MAX_VALUE);
  }

  @Override
  public void close() {
    all().forEach(Forwarder::close);
  }
}
