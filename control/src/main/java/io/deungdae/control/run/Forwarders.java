package io.deungdae.control.run;

import io.deungdae.collector.forward.EdgeNodeSender;
import io.deungdae.collector.forward.EdgeNodeSettings;
import io.deungdae.collector.forward.Forwarder;
import io.deungdae.collector.forward.ForwarderSettings;
import io.deungdae.collector.forward.InfluxSender;
import io.deungdae.collector.forward.InfluxSettings;
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
  private volatile Map<String, Forwarder> running = Map.of();

  Forwarders(Board board, Historian historian, Clock clock) {
    this.board = board;
    this.historian = historian;
    this.clock = clock;
  }

  /** All that are in force. */
  List<Forwarder> all() {
    return List.copyOf(running.values());
  }

  /** The number up to which all receivers have the rows; the highest there is without receivers. */
  long delivered() {
    long least = Long.MAX_VALUE;
    for (Forwarder forwarder : running.values()) {
      least = Math.min(least, forwarder.status(clock.now()).cursor());
    }
    return least;
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
    Map<String, Wanted> wanted = new LinkedHashMap<>();
    for (InfluxSettings influx : site.influx()) {
      String key = SiteSources.forwarder("influx", influx.forwarder().name());
      boolean stays = stays(key, named);
      wanted.put(
          key,
          new Wanted(influx.forwarder(), stays ? null : new InfluxSender(influx, board::tags)));
    }
    for (EdgeNodeSettings node : site.sparkplug()) {
      String key = SiteSources.forwarder("sparkplug", node.forwarder().name());
      boolean stays = stays(key, named);
      wanted.put(
          key, new Wanted(node.forwarder(), stays ? null : new EdgeNodeSender(node, board, clock)));
    }
    return new Plan(wanted);
  }

  private boolean stays(String key, Set<String> named) {
    return running.containsKey(key) && !named.contains(key);
  }

  /**
   * Carries out a plan.
   *
   * @throws IOException when a cursor cannot be read; the forwarders after it are not begun then
   */
  void change(Plan plan) throws IOException {
    Map<String, Forwarder> before = running;
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
    running = Map.copyOf(after);
    ending.forEach(Forwarder::close);
    for (Map.Entry<String, Wanted> entry : plan.wanted.entrySet()) {
      Sender sender = entry.getValue().sender();
      if (sender != null) {
        Forwarder forwarder =
            new Forwarder(
                entry.getValue().settings(), historian, sender, clock, new Random()::nextDouble);
        forwarder.start();
        after.put(entry.getKey(), forwarder);
        running = Map.copyOf(after);
      }
    }
  }

  @Override
  public void close() {
    all().forEach(Forwarder::close);
  }
}
