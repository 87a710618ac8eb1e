package io.deungdae.collector.driver.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.opcua.Monitoring.Measure;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaSerializationException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.DataChangeTrigger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.DeadbandType;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MonitoringMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateMonitoredItemsResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSubscriptionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.DataChangeFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.DataChangeNotification;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateResult;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemNotification;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoringParameters;
import org.eclipse.milo.opcua.stack.core.types.structured.NotificationMessage;
import org.eclipse.milo.opcua.stack.core.types.structured.StatusChangeNotification;
import org.eclipse.milo.opcua.stack.core.types.structured.SubscriptionAcknowledgement;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One subscription: the tags of one scan class. It asks again for messages that are missing, hands
 * on values that have not changed as long as the server vouches for them, and knows when it was
 * last heard of. Used by the device's thread.
 */
final class Subscription {

  private static final Logger log = LoggerFactory.getLogger(Subscription.class);
  private static final int SILENT_KEEP_ALIVES = 3;

  /** Rejected tags that the log names. */
  private static final int TOLD = 10;

  /** Small servers know no filters; what they report then is what we want anyway. */
  private static final Set<Long> WITHOUT_FILTER =
      Set.of(
          StatusCodes.Bad_FilterNotAllowed,
          StatusCodes.Bad_DeadbandFilterInvalid,
          StatusCodes.Bad_MonitoredItemFilterInvalid,
          StatusCodes.Bad_MonitoredItemFilterUnsupported);

  /** The node may be read all the same. */
  private static final Set<Long> NO_ROOM =
      Set.of(
          StatusCodes.Bad_TooManyMonitoredItems,
          StatusCodes.Bad_MonitoringModeInvalid,
          StatusCodes.Bad_ServiceUnsupported,
          StatusCodes.Bad_NotImplemented,
          StatusCodes.Bad_ResourceUnavailable,
          StatusCodes.Bad_OutOfMemory);

  /** The server has no subscriptions, or none left. */
  private static final Set<Long> NO_SUBSCRIPTION =
      Set.of(
          StatusCodes.Bad_ServiceUnsupported,
          StatusCodes.Bad_NotImplemented,
          StatusCodes.Bad_NotSupported,
          StatusCodes.Bad_TooManySubscriptions,
          StatusCodes.Bad_ResourceUnavailable,
          StatusCodes.Bad_OutOfMemory);

  /** Of a whole request: fewer items at once may do, or none will. */
  private static final Set<Long> REFUSED =
      Stream.of(Limits.TOO_LARGE, NO_ROOM)
          .flatMap(Set::stream)
          .collect(Collectors.toUnmodifiableSet());

  private static final long TELL_AGAIN_NS = Duration.ofMinutes(1).toNanos();

  /** A message with more changes is sent in parts, so that a setpoint need not wait for all. */
  private static final int CHANGES_PER_MESSAGE = 1000;

  /**
   * A server may send one message for each publish request that reaches it (OPC UA part 4,
   * 5.14.1.2, state table), so a round of changes in many messages takes as many journeys there and
   * back.
   */
  private static final int MOST_MESSAGES = 10;

  private final Link link;
  private final List<Point> points;
  private final Duration period;
  private final UInteger id;
  private final long silentAfterNs;
  private final long refreshNs;
  private final Set<Integer> rejected = new LinkedHashSet<>();
  private final Set<Integer> unplaced = new LinkedHashSet<>();
  private final Revisions revisions;
  private final List<UInteger> unacknowledged = new ArrayList<>();
  private final MessageNumbers numbers = new MessageNumbers(1);
  private int told;
  private long heardNs;
  private long refreshedNs;
  private long overflows;
  private long newOverflows;
  private long overflowToldNs;

  /** What goes on between two of many requests. */
  interface Meanwhile {
    /** Does what is due. */
    void run() throws DeviceException;
  }

  /**
   * What came of a request.
   *
   * @param response the answer; null when the request as a whole was refused
   * @param why why it was
   */
  private record Answer(@Nullable CreateMonitoredItemsResponse response, StatusCode why) {}

  private Subscription(
      Link link, List<Point> points, Duration period, CreateSubscriptionResponse made, long nowNs) {
    OpcUaSettings settings = link.spec().settings();
    this.link = link;
    this.points = points;
    this.period = period;
    this.id = made.getSubscriptionId();
    double intervalMs = made.getRevisedPublishingInterval();
    double keepAliveMs = intervalMs * (made.getRevisedMaxKeepAliveCount().doubleValue() + 1);
    this.silentAfterNs = (long) (SILENT_KEEP_ALIVES * keepAliveMs * 1e6);
    this.revisions = new Revisions(link.spec().device());
    this.refreshNs = Math.max(period.toNanos(), settings.refresh().toNanos());
    this.heardNs = nowNs;
    this.refreshedNs = nowNs;
  }

  /**
   * Makes one without items; empty when the server has none to give. All points have the same
   * period.
   */
  static Optional<Subscription> create(Link link, List<Point> points, Duration period, long nowNs)
      throws DeviceException {
    OpcUaSettings settings = link.spec().settings();
    double intervalMs = Math.min(millis(period), millis(settings.publishingInterval()));
    long keepAlives = Math.max(1, Math.round(millis(settings.keepAlive()) / intervalMs));
    long life =
        Math.max(3 * keepAlives, Math.round(millis(settings.sessionTimeout()) / intervalMs));
    return link.await(
            "subscribing",
            link.client()
                .createSubscriptionAsync(
                    intervalMs,
                    uint(life),
                    uint(keepAlives),
                    uint(Math.max(CHANGES_PER_MESSAGE, points.size() / MOST_MESSAGES)),
                    true,
                    ubyte(0))
                .thenApply(Optional::of),
            NO_SUBSCRIPTION,
            refused -> Optional.<CreateSubscriptionResponse>empty())
        .map(
            made -> {
              tellSlower(link.spec(), intervalMs, keepAlives, made);
              return new Subscription(link, points, period, made, nowNs);
            });
  }

  private static void tellSlower(
      OpcUaSpec spec, double intervalMs, long keepAlives, CreateSubscriptionResponse made) {
    double givenMs = made.getRevisedPublishingInterval();
    double aliveMs = givenMs * made.getRevisedMaxKeepAliveCount().doubleValue();
    if (givenMs > 1.5 * intervalMs || aliveMs > 1.5 * intervalMs * keepAlives) {
      log.warn(
          "device={} the server publishes every {} ms (asked for {}) and says every {} ms that it"
              + " is there (asked for {}); silence is noticed after three of these",
          spec.device(),
          (long) givenMs,
          (long) intervalMs,
          (long) aliveMs,
          (long) (intervalMs * keepAlives));
    }
  }

  private static double millis(Duration duration) {
    return duration.toNanos() / 1e6;
  }

  /** Its number in this session. */
  UInteger id() {
    return id;
  }

  /** How many of its tags the server has rejected. */
  int rejected() {
    return rejected.size();
  }

  // ---- items

  /**
   * Monitors all its points. What the server rejects becomes a bad sample.
   *
   * @return the points that it has no room for
   */
  List<Point> monitorAll(int batch, Clock clock, Told out, Meanwhile meanwhile)
      throws DeviceException {
    List<Integer> all = new ArrayList<>();
    for (int handle = 0; handle < points.size(); handle++) {
      all.add(handle);
    }
    List<Point> left = new ArrayList<>();
    for (List<Integer> part : Limits.parts(all, batch)) {
      for (int handle : monitor(part, clock.now(), clock.nanoTime(), out)) {
        unplaced.add(handle);
        left.add(points.get(handle));
      }
      meanwhile.run();
    }
    revisions.tell();
    return left;
  }

  /**
   * Tries again the items that there was no room for, one request's worth: the sessions of before a
   * cut take their places until the server gives them up.
   *
   * @return the points that it has room for now
   */
  Set<Point> place(int batch, Instant now, long nowNs, Told out) throws DeviceException {
    List<Integer> some = unplaced.stream().limit(batch).toList();
    if (some.isEmpty()) {
      return Set.of();
    }
    unplaced.removeAll(some);
    List<Integer> left = monitor(some, now, nowNs, out);
    unplaced.addAll(left);
    Set<Point> placed = new HashSet<>();
    for (int handle : some) {
      if (!left.contains(handle)) {
        placed.add(points.get(handle));
      }
    }
    return placed;
  }

  /** True when there was no room for all. */
  boolean isCrowded() {
    return !unplaced.isEmpty();
  }

  /** The scan period of its tags. */
  Duration period() {
    return period;
  }

  /** How often values were lost in the server's queues since the last call. */
  long takeOverflows() {
    long taken = newOverflows;
    newOverflows = 0;
    return taken;
  }

  /** Tries rejected items again, one request's worth. */
  void monitorRejected(int batch, Instant now, long nowNs, Told out) throws DeviceException {
    List<Integer> some = rejected.stream().limit(batch).toList();
    if (!some.isEmpty()) {
      rejected.removeAll(some);
      rejected.addAll(monitor(some, now, nowNs, out));
    }
  }

  /** Makes items, and tells of which there is no room for. */
  private List<Integer> monitor(List<Integer> handles, Instant now, long nowNs, Told out)
      throws DeviceException {
    List<Integer> again = new ArrayList<>();
    List<Integer> left = new ArrayList<>();
    List<StatusCode> results = request(handles, true);
    for (int i = 0; i < handles.size(); i++) {
      if (WITHOUT_FILTER.contains(results.get(i).value())) {
        again.add(handles.get(i));
        tellUnfiltered(points.get(handles.get(i)), results.get(i));
      } else {
        judge(handles.get(i), results.get(i), left, now, nowNs, out);
      }
    }
    if (!again.isEmpty()) {
      List<StatusCode> plain = request(again, false);
      for (int i = 0; i < again.size(); i++) {
        judge(again.get(i), plain.get(i), left, now, nowNs, out);
      }
    }
    return left;
  }

  private void tellUnfiltered(Point point, StatusCode why) {
    Monitoring wanted = point.tag().address().monitoring();
    if (wanted.needsFilter()) {
      log.warn(
          "device={} tag={} the server refuses {} ({}); it tells every change instead.{}",
          link.spec().device(),
          point.tag().tag(),
          wanted.filter(),
          StatusQuality.name(why),
          wanted.measure() == Measure.PERCENT ? " Percent needs a node with EURange." : "");
    }
  }

  private void judge(
      int handle, StatusCode result, List<Integer> left, Instant now, long nowNs, Told out) {
    Point point = points.get(handle);
    if (NO_ROOM.contains(result.value())) {
      left.add(handle);
    }
    if (result.isGood() || NO_ROOM.contains(result.value())) {
      return;
    }
    rejected.add(handle);
    out.reason(point.tag().tag(), StatusQuality.name(result));
    out.accept(point.bad(result, now, nowNs));
    tellRejected(point, result);
  }

  /** The first few by name; of the others each tag has its reason. */
  private void tellRejected(Point point, StatusCode result) {
    told++;
    if (told <= TOLD) {
      log.warn(
          "device={} tag={} node={} rejected={}; check the address and the user's rights",
          link.spec().device(),
          point.tag().tag(),
          point.tag().address(),
          StatusQuality.name(result));
    } else if (told == TOLD + 1) {
      log.warn("device={} more tags are rejected; each says why", link.spec().device());
    }
  }

  /**
   * In two parts when the server says that it is too much at once, or more than it has room for.
   */
  private List<StatusCode> request(List<Integer> handles, boolean filtered) throws DeviceException {
    List<MonitoredItemCreateRequest> requests =
        handles.stream().map(handle -> item(handle, filtered)).toList();
    Answer answer =
        link.await(
            "monitoring " + requests.size() + " items",
            link.client()
                .createMonitoredItemsAsync(id, TimestampsToReturn.Both, requests)
                .thenApply(response -> new Answer(response, StatusCode.GOOD)),
            REFUSED,
            why -> new Answer(null, why));
    CreateMonitoredItemsResponse response = answer.response();
    return response == null
        ? requestLess(handles, filtered, answer.why())
        : results(handles, response.getResults());
  }

  private List<StatusCode> requestLess(List<Integer> handles, boolean filtered, StatusCode why)
      throws DeviceException {
    if (handles.size() == 1) {
      return List.of(why);
    }
    int half = handles.size() / 2;
    List<StatusCode> codes = new ArrayList<>(request(handles.subList(0, half), filtered));
    boolean full = NO_ROOM.contains(codes.get(half - 1).value());
    codes.addAll(
        full
            ? Collections.nCopies(handles.size() - half, why)
            : request(handles.subList(half, handles.size()), filtered));
    return codes;
  }

  private List<StatusCode> results(
      List<Integer> handles, MonitoredItemCreateResult @Nullable [] results) {
    List<StatusCode> codes = new ArrayList<>();
    for (int i = 0; i < handles.size(); i++) {
      MonitoredItemCreateResult result = results == null || i >= results.length ? null : results[i];
      codes.add(result == null ? new StatusCode(StatusCodes.Bad_NoData) : result.getStatusCode());
      if (result != null && result.getStatusCode().isGood()) {
        Point point = points.get(handles.get(i));
        revisions.see(point, samplingMs(point), queue(point), result);
      }
    }
    return codes;
  }

  private double samplingMs(Point point) {
    Duration wanted = point.tag().address().monitoring().sampling();
    return millis(wanted.isZero() ? period : wanted);
  }

  private int queue(Point point) {
    int wanted = point.tag().address().monitoring().queue();
    return wanted > 0 ? wanted : link.spec().settings().queueSize();
  }

  private MonitoredItemCreateRequest item(int handle, boolean filtered) {
    Point point = points.get(handle);
    Monitoring wanted = point.tag().address().monitoring();
    return new MonitoredItemCreateRequest(
        point.valueId(),
        MonitoringMode.Reporting,
        new MonitoringParameters(
            uint(handle),
            samplingMs(point),
            filtered ? filter(wanted) : null,
            uint(queue(point)),
            true));
  }

  private ExtensionObject filter(Monitoring wanted) {
    DeadbandType band =
        wanted.measure() == Measure.PERCENT ? DeadbandType.Percent : DeadbandType.Absolute;
    DeadbandType type = wanted.deadband() > 0 ? band : DeadbandType.None;
    DataChangeTrigger trigger =
        switch (wanted.trigger()) {
          case STATUS -> DataChangeTrigger.Status;
          case VALUE -> DataChangeTrigger.StatusValue;
          case TIMESTAMP -> DataChangeTrigger.StatusValueTimestamp;
        };
    return ExtensionObject.encode(
        link.client().getStaticEncodingContext(),
        new DataChangeFilter(trigger, uint(type.getValue()), wanted.deadband()));
  }

  // ---- messages

  /**
   * Takes a message of this subscription, after asking again for those before it that are missing.
   */
  void take(NotificationMessage message, Instant now, long nowNs, Told out) throws DeviceException {
    heardNs = nowNs;
    boolean keepAlive = isEmpty(message);
    long number = message.getSequenceNumber().longValue();
    while (numbers.skips(number)) {
      deliver(republish(numbers.next()), now, nowNs, out);
    }
    if (!keepAlive && numbers.isNext(number)) {
      deliver(message, now, nowNs, out);
    }
    refresh(message.getPublishTime(), now, nowNs, out);
  }

  private static boolean isEmpty(NotificationMessage message) {
    ExtensionObject[] data = message.getNotificationData();
    return data == null || data.length == 0;
  }

  private NotificationMessage republish(long number) throws DeviceException {
    log.warn("device={} message={} missing, asking again", link.spec().device(), number);
    return link.await(
            "asking for a missing message again", link.client().republishAsync(id, uint(number)))
        .getNotificationMessage();
  }

  private void deliver(NotificationMessage message, Instant now, long nowNs, Told out)
      throws DeviceException {
    ExtensionObject[] data = message.getNotificationData();
    for (ExtensionObject part : data == null ? new ExtensionObject[0] : data) {
      Object decoded = decode(part);
      if (decoded instanceof DataChangeNotification changes) {
        deliver(changes.getMonitoredItems(), now, nowNs, out);
      } else if (decoded instanceof StatusChangeNotification ended) {
        throw Failures.lost(
            link.spec(), "subscription ended: " + StatusQuality.name(ended.getStatus()), null);
      }
    }
    unacknowledged.add(message.getSequenceNumber());
    numbers.advance();
  }

  private Object decode(ExtensionObject part) throws DeviceException {
    try {
      return part.decode(link.client().getStaticEncodingContext());
    } catch (UaSerializationException e) {
      throw Failures.of(link.spec(), "reading a message of a subscription", e);
    }
  }

  private void deliver(
      MonitoredItemNotification @Nullable [] changes, Instant now, long nowNs, Told out) {
    if (changes == null) {
      return;
    }
    for (MonitoredItemNotification change : changes) {
      int handle = change.getClientHandle().intValue();
      if (handle >= 0 && handle < points.size()) {
        Point point = points.get(handle);
        DataValue value = change.getValue();
        if (value.statusCode().isOverflowSet()) {
          overflowed(point, nowNs);
        }
        point.changed(value, now, nowNs).ifPresent(sample -> out.tell(sample, value));
      }
    }
  }

  /** The server marks the value after which others are missing. */
  private void overflowed(Point point, long nowNs) {
    overflows++;
    newOverflows++;
    if (overflows == 1 || nowNs - overflowToldNs >= TELL_AGAIN_NS) {
      overflowToldNs = nowNs;
      log.warn(
          "device={} tag={} the server's queue was too short and changes are lost, {} times since"
              + " connecting; raise queue= in the address or queueSize, or publish more often",
          link.spec().device(),
          point.tag().tag(),
          overflows);
    }
  }

  /** Moves what may now be acknowledged to {@code into}. */
  void acknowledge(List<SubscriptionAcknowledgement> into) {
    unacknowledged.forEach(number -> into.add(new SubscriptionAcknowledgement(id, number)));
    unacknowledged.clear();
  }

  private void refresh(DateTime vouched, Instant now, long nowNs, Told out) {
    if (nowNs - refreshedNs < refreshNs) {
      return;
    }
    refreshedNs = nowNs;
    Instant vouchedAt = vouched == null || vouched.isNull() ? now : vouched.getJavaInstant();
    for (Point point : points) {
      if (point.ageNs(nowNs) >= refreshNs * 3 / 4) {
        Optional<Sample> again = point.again(vouchedAt, now, nowNs);
        again.ifPresent(out);
      }
    }
  }

  // ---- watchdog

  /** When it counts as silent unless something is heard of it, monotonic. */
  long silentAtNs() {
    return heardNs + silentAfterNs;
  }

  /** Does not count time in which the device's thread was held up elsewhere. */
  void excuse(long nowNs) {
    heardNs = nowNs;
  }
}
