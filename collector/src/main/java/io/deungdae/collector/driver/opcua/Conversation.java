package io.deungdae.collector.driver.opcua;

import io.deungdae.collector.driver.Device.Confirmation;
import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.DeviceException.Kind;
import io.deungdae.collector.driver.WriteResult;
import io.deungdae.collector.driver.opcua.OpcUaTag.Way;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.PublishResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that runs over the sessions with one server: subscriptions, read loops, writes, and the
 * watchdog over them. What control waits for, fast tags and writes, has a session of its own. When
 * one of them is lost, all is. Used by the device's thread.
 */
final class Conversation {

  private static final Logger log = LoggerFactory.getLogger(Conversation.class);

  /** Well above the agent's longest rest. */
  private static final long HELD_UP_NS = Duration.ofSeconds(1).toNanos();

  /** Requests for room in a row, because a setpoint waits meanwhile. */
  private static final int MOST_AT_ONCE = 10;

  private final Link link;
  private Link quick;
  private final Clock clock;
  private final Limits limits;
  private final Map<Tag, Point> points = new LinkedHashMap<>();
  private final Map<UInteger, Subscription> subscriptions = new LinkedHashMap<>();
  private final List<ReadLoop> fast = new ArrayList<>();
  private final List<ReadLoop> polled = new ArrayList<>();
  private final List<OpcUaTag> homeless = new ArrayList<>();
  private final Runnable wake;
  private final Publishing publishing;
  private Writer writer;
  private final long retryNs;
  private long retryAtNs;
  private long servicedNs;
  private boolean fastWasLast;
  private long roundTripNs;

  private Conversation(Link link, Link quick, Clock clock, Runnable wake, Told out)
      throws DeviceException {
    this.link = link;
    this.quick = quick;
    this.clock = clock;
    this.wake = wake;
    this.limits = Limits.ask(link);
    this.writer = new Writer(quick, clock, limits.read());
    this.publishing = new Publishing(link, clock, wake);
    this.retryNs = link.spec().settings().retryRejected().toNanos();
    find(out);
    writer.learn(points.values());
    loop(quick, of(Way.FAST), fast);
    Map<Duration, List<Point>> reading = byPeriod(of(Way.POLLED));
    subscribe(reading, out);
    reading.values().forEach(some -> loop(link, some, polled));
    this.retryAtNs = clock.nanoTime() + retryNs;
    this.servicedNs = clock.nanoTime();
    publishing.top(subscriptions.values());
  }

  /** Sets everything up; what the server rejects becomes a bad sample. */
  static Conversation start(Link link, Clock clock, Runnable wake, Told out)
      throws DeviceException {
    Link quick = quick(link);
    boolean started = false;
    try {
      Conversation conversation = new Conversation(link, quick, clock, wake, out);
      started = true;
      return conversation;
    } finally {
      if (!started && quick != link) {
        quick.close();
      }
    }
  }

  /** A session of its own for what control waits for, where the server has one to spare. */
  private static Link quick(Link link) throws DeviceException {
    OpcUaSpec spec = link.spec();
    if (!spec.wantsSecondSession()) {
      return link;
    }
    try {
      return link.another("fast");
    } catch (DeviceException e) {
      link.check();
      log.warn(
          "device={} no second session ({}); fast tags and writes share the first one and are"
              + " slower. Allow more sessions in the server, or set sessions: one",
          spec.device(),
          e.getMessage());
      return link;
    }
  }

  private void find(Told out) {
    for (OpcUaTag tag : link.spec().tags()) {
      Optional<Point> point = Point.find(tag, link.client().getNamespaceTable());
      if (point.isPresent()) {
        points.put(tag.tag(), point.get());
      } else {
        homeless.add(tag);
        log.warn(
            "device={} tag={} node={}: the server has no such namespace",
            link.spec().device(),
            tag.tag(),
            tag.address());
        out.reason(tag.tag(), "the server has no such namespace");
        out.accept(Sample.bad(tag.tag(), Quality.BAD_REJECTED, clock.now(), clock.nanoTime()));
      }
    }
  }

  private List<Point> of(Way way) {
    return points.values().stream()
        .filter(point -> point.tag().way() == way && point.tag().address().readable())
        .toList();
  }

  private static Map<Duration, List<Point>> byPeriod(List<Point> points) {
    Map<Duration, List<Point>> byPeriod = new LinkedHashMap<>();
    for (Point point : points) {
      byPeriod.computeIfAbsent(point.tag().period(), p -> new ArrayList<>()).add(point);
    }
    return byPeriod;
  }

  /** What cannot be subscribed is added to what is read. */
  private void subscribe(Map<Duration, List<Point>> reading, Told out) throws DeviceException {
    for (Map.Entry<Duration, List<Point>> entry : byPeriod(of(Way.SUBSCRIBED)).entrySet()) {
      List<Point> left = subscribe(entry.getKey(), entry.getValue(), out);
      if (!left.isEmpty()) {
        log.warn(
            "device={} {} of {} tags cannot be subscribed, the server has no room for them; they"
                + " are read every {} ms instead",
            link.spec().device(),
            left.size(),
            entry.getValue().size(),
            entry.getKey().toMillis());
        reading.computeIfAbsent(entry.getKey(), p -> new ArrayList<>()).addAll(left);
      }
    }
  }

  /** Tells of which points there is no room for. */
  private List<Point> subscribe(Duration period, List<Point> some, Told out)
      throws DeviceException {
    Optional<Subscription> made = Subscription.create(link, some, period, clock.nanoTime());
    if (made.isEmpty()) {
      return some;
    }
    subscriptions.put(made.get().id(), made.get());
    publishing.top(subscriptions.values());
    List<Point> left =
        made.get().monitorAll(limits.monitor(), clock, out, () -> takeMeanwhile(out));
    made.get().excuse(clock.nanoTime());
    return left;
  }

  /**
   * Making many items can take small servers longer than they keep a subscription that nobody asks
   * for messages.
   */
  private void takeMeanwhile(Told out) throws DeviceException {
    for (int i = 0; i < Publishing.MOST && !publishing.isEmpty(); i++) {
      takeArrived(clock.nanoTime(), out);
    }
  }

  private void loop(Link over, List<Point> some, List<ReadLoop> into) {
    byPeriod(some)
        .forEach(
            (period, part) ->
                into.add(new ReadLoop(over, clock, part, limits.read(), period, clock.nanoTime())));
  }

  /**
   * Takes what has been answered of what control waits for, asks for it again when it is due, and
   * makes one other request, if one is due and it was not its turn just before.
   *
   * @return false when there was nothing to do
   */
  boolean exchangeDue(long nowNs, Told out) throws DeviceException {
    link.check();
    quick.check();
    boolean answered = takeFast(nowNs, out);
    sendFast(nowNs);
    boolean turn = fastWasLast || !answered;
    if (turn) {
      Optional<ReadLoop> next = due(polled, nowNs);
      if (next.isPresent()) {
        fastWasLast = false;
        next.get().read(nowNs, out);
        roundTripNs = next.get().roundTripNs();
        return true;
      }
    }
    fastWasLast = answered;
    if (answered) {
      return true;
    }
    if (retryAtNs - nowNs <= 0) {
      retryAtNs = nowNs + retryNs;
      return retry(nowNs, out);
    }
    return false;
  }

  /** Tries again what the server had no right, no room or no place for. */
  private boolean retry(long nowNs, Told out) throws DeviceException {
    boolean namespaces = retryNamespaces();
    boolean session = retrySecondSession();
    boolean place = retryPlaces(out);
    return retryRejected(nowNs, out) || namespaces || session || place;
  }

  /** A namespace may come while a server runs, with a program that is loaded into the PLC. */
  private boolean retryNamespaces() throws DeviceException {
    if (homeless.isEmpty()) {
      return false;
    }
    link.askNamespaces();
    for (OpcUaTag tag : homeless) {
      if (Point.find(tag, link.client().getNamespaceTable()).isPresent()) {
        DeviceException why =
            Failures.lost(
                link.spec(), "the server has the namespace of " + tag.tag() + " now", null);
        link.lose(why);
        throw why;
      }
    }
    return true;
  }

  private boolean retrySecondSession() throws DeviceException {
    if (quick != link || !link.spec().wantsSecondSession()) {
      return false;
    }
    try {
      quick = link.another("fast");
    } catch (DeviceException e) {
      link.check();
      log.debug("device={} still no second session", link.spec().device(), e);
      return true;
    }
    fast.clear();
    loop(quick, of(Way.FAST), fast);
    writer = new Writer(quick, clock, limits.read());
    writer.learn(points.values());
    log.info("device={} has a second session now", link.spec().device());
    return true;
  }

  private boolean retryPlaces(Told out) throws DeviceException {
    boolean tried = false;
    Set<Duration> served = new HashSet<>();
    for (Subscription subscription : List.copyOf(subscriptions.values())) {
      served.add(subscription.period());
      boolean more = true;
      for (int i = 0; i < MOST_AT_ONCE && more && subscription.isCrowded(); i++) {
        tried = true;
        Set<Point> placed =
            subscription.place(limits.monitor(), clock.now(), clock.nanoTime(), out);
        subscribed(placed);
        more = !placed.isEmpty();
      }
    }
    for (Map.Entry<Duration, List<Point>> entry : byPeriod(of(Way.SUBSCRIBED)).entrySet()) {
      if (served.add(entry.getKey())) {
        tried = true;
        Set<Point> placed = new HashSet<>(entry.getValue());
        subscribe(entry.getKey(), entry.getValue(), out).forEach(placed::remove);
        subscribed(placed);
      }
    }
    return tried;
  }

  /** These are told from now on, so they need not be read. */
  private void subscribed(Set<Point> some) {
    polled.forEach(loop -> loop.leaveOut(some));
    polled.removeIf(ReadLoop::isEmpty);
    if (!some.isEmpty()) {
      log.info("device={} {} tags more are subscribed", link.spec().device(), some.size());
    }
  }

  private boolean takeFast(long nowNs, Told out) throws DeviceException {
    boolean any = false;
    for (ReadLoop loop : fast) {
      if (loop.isAnswered(nowNs)) {
        loop.take(out);
        roundTripNs = loop.roundTripNs();
        any = true;
      }
    }
    return any;
  }

  /** A setpoint need not wait for the answers: they wake this thread when they arrive. */
  private void sendFast(long nowNs) {
    for (ReadLoop loop : fast) {
      if (!loop.isUnderWay() && loop.dueNs() - nowNs <= 0) {
        loop.send(nowNs, wake);
      }
    }
  }

  private static Optional<ReadLoop> due(List<ReadLoop> loops, long nowNs) {
    return loops.stream()
        .filter(loop -> loop.dueNs() - nowNs <= 0)
        .min(Comparator.comparingLong(loop -> loop.dueNs() - nowNs));
  }

  private boolean retryRejected(long nowNs, Told out) throws DeviceException {
    for (Subscription subscription : subscriptions.values()) {
      if (subscription.rejected() > 0) {
        subscription.monitorRejected(limits.monitor(), clock.now(), nowNs, out);
        return true;
      }
    }
    return false;
  }

  /** Deals with one message that has arrived, if any, and asks for more. */
  void takeArrived(long nowNs, Told out) throws DeviceException {
    link.check();
    excuseIfHeldUp(nowNs);
    var arrival = publishing.poll();
    PublishResponse response = arrival == null ? null : arrival.response();
    if (arrival != null && response != null) {
      take(response, arrival.at(), arrival.atNs(), out);
    }
    publishing.top(subscriptions.values());
    if (arrival == null) {
      checkSilence(nowNs);
    }
  }

  private void take(PublishResponse response, Instant at, long atNs, Told out)
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
    for (ReadLoop loop : fast) {
      nextNs = sooner(nextNs, loop.dueNs());
    }
    for (ReadLoop loop : polled) {
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
    quick.check();
    Point point = points.get(tag);
    return point == null
        ? new WriteResult.Refused("the server has no such namespace")
        : writer.write(point, value, confirmation);
  }

  /** Scans that began too late, and values lost in the server's queues, since the last call. */
  long takeOverruns() {
    long overflows = subscriptions.values().stream().mapToLong(Subscription::takeOverflows).sum();
    return overflows
        + Stream.concat(fast.stream(), polled.stream()).mapToLong(ReadLoop::takeOverruns).sum();
  }

  /** Duration of the last read, microseconds; -1 when there was none. */
  long roundTripMicros() {
    return roundTripNs == 0 ? -1 : roundTripNs / 1_000;
  }

  /** Ends the sessions. */
  void close() {
    if (quick != link) {
      quick.close();
    }
    link.close();
  }
}
