package io.deungdae.collector.driver.opcua;

import io.deungdae.collector.driver.Device.Confirmation;
import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.DeviceException.Kind;
import io.deungdae.collector.driver.WriteResult;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.PublishResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that runs over one session: subscriptions, read loops, writes, and the watchdog over them.
 * Used by the device's thread.
 */
final class Conversation {

  private static final Logger log = LoggerFactory.getLogger(Conversation.class);

  /** Well above the agent's longest rest. */
  private static final long HELD_UP_NS = Duration.ofSeconds(1).toNanos();

  private final Link link;
  private final Clock clock;
  private final Limits limits;
  private final Map<Tag, Point> points = new LinkedHashMap<>();
  private final Map<UInteger, Subscription> subscriptions = new LinkedHashMap<>();
  private final List<ReadLoop> loops = new ArrayList<>();
  private final Publishing publishing;
  private final Writer writer;
  private final long retryNs;
  private long retryAtNs;
  private long servicedNs;

  private Conversation(Link link, Clock clock, Runnable wake, Limits limits, Consumer<Sample> out)
      throws DeviceException {
    this.link = link;
    this.clock = clock;
    this.limits = limits;
    this.writer = new Writer(link, clock);
    this.retryNs = link.spec().settings().retryRejected().toNanos();
    find(out);
    subscribe(out);
    loop();
    this.publishing = new Publishing(link, clock, wake, subscriptions.size());
    this.retryAtNs = clock.nanoTime() + retryNs;
    this.servicedNs = clock.nanoTime();
    publishing.top(subscriptions.values());
  }

  /** Sets everything up; what the server rejects becomes a bad sample. */
  static Conversation start(Link link, Clock clock, Runnable wake, Consumer<Sample> out)
      throws DeviceException {
    return new Conversation(link, clock, wake, Limits.ask(link), out);
  }

  private void find(Consumer<Sample> out) {
    for (OpcUaTag tag : link.spec().tags()) {
      Optional<NodeId> node = tag.address().node().toNodeId(link.client().getNamespaceTable());
      if (node.isPresent()) {
        points.put(tag.tag(), new Point(tag, node.get()));
      } else {
        log.warn(
            "device={} tag={} node={}: the server has no such namespace",
            link.spec().device(),
            tag.tag(),
            tag.address());
        out.accept(Sample.bad(tag.tag(), Quality.BAD_REJECTED, clock.now(), clock.nanoTime()));
      }
    }
  }

  private Map<Duration, List<Point>> byPeriod(boolean read) {
    Map<Duration, List<Point>> byPeriod = new LinkedHashMap<>();
    for (Point point : points.values()) {
      if (point.tag().read() == read) {
        byPeriod.computeIfAbsent(point.tag().period(), p -> new ArrayList<>()).add(point);
      }
    }
    return byPeriod;
  }

  private void subscribe(Consumer<Sample> out) throws DeviceException {
    for (Map.Entry<Duration, List<Point>> entry : byPeriod(false).entrySet()) {
      Subscription made =
          Subscription.create(link, entry.getValue(), entry.getKey(), clock.nanoTime());
      made.monitorAll(limits.monitor(), clock.now(), clock.nanoTime(), out);
      made.excuse(clock.nanoTime());
      subscriptions.put(made.id(), made);
    }
  }

  private void loop() {
    byPeriod(true)
        .forEach(
            (period, some) ->
                loops.add(
                    new ReadLoop(link, clock, some, limits.read(), period, clock.nanoTime())));
  }

  /**
   * Makes the one request that is most overdue.
   *
   * @return false when none was due
   */
  boolean exchangeDue(long nowNs, Consumer<Sample> out) throws DeviceException {
    link.check();
    Optional<ReadLoop> next = loops.stream().min(Comparator.comparingLong(ReadLoop::dueNs));
    if (next.isPresent() && next.get().dueNs() - nowNs <= 0) {
      next.get().read(nowNs, out);
      return true;
    }
    if (retryAtNs - nowNs <= 0) {
      retryAtNs = nowNs + retryNs;
      return retryRejected(nowNs, out);
    }
    return false;
  }

  private boolean retryRejected(long nowNs, Consumer<Sample> out) throws DeviceException {
    for (Subscription subscription : subscriptions.values()) {
      if (subscription.rejected() > 0) {
        subscription.monitorRejected(limits.monitor(), clock.now(), nowNs, out);
        return true;
      }
    }
    return false;
  }

  /** Deals with the messages that have arrived, and asks for more. */
  void takeArrived(long nowNs, Consumer<Sample> out) throws DeviceException {
    link.check();
    excuseIfHeldUp(nowNs);
    for (var arrival = publishing.poll(); arrival != null; arrival = publishing.poll()) {
      PublishResponse response = arrival.response();
      if (response != null) {
        take(response, arrival.at(), arrival.atNs(), out);
      }
    }
    publishing.top(subscriptions.values());
    checkSilence(nowNs);
  }

  private void take(PublishResponse response, Instant at, long atNs, Consumer<Sample> out)
      throws DeviceException {
    Subscription subscription = subscriptions.get(response.getSubscriptionId());
    if (subscription != null) {
      subscription.take(response.getNotificationMessage(), at, atNs, out);
    }
  }

  /** While this thread was held up, by a slow disk say, nobody asked the server for anything. */
  private void excuseIfHeldUp(long nowNs) {
    long gapNs = nowNs - servicedNs;
    servicedNs = nowNs;
    if (gapNs > HELD_UP_NS) {
      subscriptions.values().forEach(subscription -> subscription.excuse(nowNs));
    }
  }

  private void checkSilence(long nowNs) throws DeviceException {
    for (Subscription subscription : subscriptions.values()) {
      if (subscription.silentAtNs() - nowNs <= 0) {
        DeviceException why =
            new DeviceException(
                Kind.TIMEOUT,
                link.spec().device(),
                "subscription " + subscription.id() + " has fallen silent; building it anew");
        link.lose(why);
        throw why;
      }
    }
  }

  /** When there is something to do even if nothing arrives, monotonic. */
  long nextNs() {
    long nextNs = publishing.isEmpty() ? retryAtNs : servicedNs;
    for (ReadLoop loop : loops) {
      nextNs = sooner(nextNs, loop.dueNs());
    }
    for (Subscription subscription : subscriptions.values()) {
      nextNs = sooner(nextNs, subscription.silentAtNs());
    }
    return nextNs;
  }

  private static long sooner(long a, long b) {
    return a - b < 0 ? a : b;
  }

  /** Writes a value, in the tag's unit. */
  WriteResult write(Tag tag, double value, Confirmation confirmation) throws DeviceException {
    link.check();
    Point point = points.get(tag);
    return point == null
        ? new WriteResult.Refused("the server has no such namespace")
        : writer.write(point, value, confirmation);
  }

  /** Scans that began too late since the last call. */
  long takeOverruns() {
    return loops.stream().mapToLong(ReadLoop::takeOverruns).sum();
  }

  /** Ends the session. */
  void close() {
    link.close();
  }
}
