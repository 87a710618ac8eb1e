package io.deungdae.collector.driver.sparkplug;

import io.deungdae.collector.driver.Device;
import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.DeviceException.Kind;
import io.deungdae.collector.driver.SampleSink;
import io.deungdae.collector.driver.Traffic;
import io.deungdae.collector.driver.WriteResult;
import io.deungdae.collector.driver.broker.Announcement;
import io.deungdae.collector.driver.broker.Broker;
import io.deungdae.collector.driver.broker.BrokerSettings;
import io.deungdae.collector.driver.broker.Session;
import io.deungdae.collector.driver.broker.Unacknowledged;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.WritePolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection to a broker, as a host application for the edge nodes behind it. */
final class SparkplugDevice implements Device {

  private static final Logger log = LoggerFactory.getLogger(SparkplugDevice.class);
  private static final int MESSAGES_AT_ONCE = 500;
  private static final long CHECK_NS = Duration.ofMillis(200).toNanos();
  private static final int SHOWN_BYTES = 32;
  private static final long READ_BACK_PAUSE_NS = 1_000_000L;

  private final SparkplugSpec spec;
  private final SampleSink sink;
  private final Clock clock;
  private final Runnable wake;
  private final Map<SparkplugAddress.NodeName, EdgeNode> nodes = new LinkedHashMap<>();
  private final Map<Tag, Source> sources = new HashMap<>();
  private final Unacknowledged pending = new Unacknowledged();
  private @Nullable Session session;
  private Instant onlineSince = Instant.EPOCH;
  private Traffic traffic = Traffic.NONE;
  private long openedNs;
  private boolean silenceTold;
  private long malformed;

  SparkplugDevice(SparkplugSpec spec, SampleSink sink, Clock clock, Runnable wake) {
    this.spec = spec;
    this.sink = sink;
    this.clock = clock;
    this.wake = wake;
    for (SparkplugTag tag : spec.tags()) {
      EdgeNode node = nodes.computeIfAbsent(tag.address().node(), name -> new EdgeNode(name, sink));
      sources.put(tag.tag(), node.add(tag));
    }
  }

  @Override
  public void open() throws DeviceException {
    close();
    onlineSince = clock.now();
    openedNs = clock.nanoTime();
    silenceTold = false;
    BrokerSettings link = spec.settings().link();
    boolean host = !spec.settings().hostId().isEmpty();
    Session opening =
        new Session(
            spec.device(),
            host ? link.withWill(spec.settings().state(false, onlineSince)) : link,
            false,
            clock,
            wake);
    session = opening;
    nodes.values().forEach(EdgeNode::opened);
    opening.broker().connect();
    Set<String> filters = new LinkedHashSet<>();
    if (host) {
      filters.add(spec.settings().state(true, onlineSince).topic());
    }
    for (SparkplugAddress.NodeName name : nodes.keySet()) {
      String group = SparkplugTopic.NAMESPACE + "/" + name.group();
      filters.add(group + "/+/" + name.node());
      filters.add(group + "/+/" + name.node() + "/+");
    }
    List<String> refused = opening.broker().subscribe(List.copyOf(filters), 1);
    refused.remove(spec.settings().state(true, onlineSince).topic()); // we can do without
    if (!refused.isEmpty()) {
      throw new DeviceException(
          Kind.REJECTED, spec.device(), "the broker refuses subscriptions to " + refused);
    }
    if (host) {
      opening.broker().publish(spec.settings().state(true, onlineSince));
    }
  }

  @Override
  public long service(long nowNs) throws DeviceException {
    Session running = running();
    running.check();
    int taken = take(running, nowNs);
    if (!pending.isEmpty()) {
      pending.acknowledge(sink.committed(), running.broker());
    }
    askRebirths(running, nowNs);
    tellSilence(nowNs);
    return taken == MESSAGES_AT_ONCE ? nowNs : running.rest(nowNs, nowNs + CHECK_NS);
  }

  /**
   * Takes what came. What cannot be stored is lost, since sessions are clean and nothing comes
   * again; the historian counts it.
   */
  private int take(Session running, long nowNs) throws DeviceException {
    int room = Math.min(MESSAGES_AT_ONCE, spec.settings().link().inFlight() - pending.size());
    List<Session.Arrival> arrivals = running.take(Math.max(0, room), nowNs);
    for (Session.Arrival arrival : arrivals) {
      long stored = read(arrival);
      pending.add(
          arrival,
          stored == SampleSink.REFUSED
              ? pending.lastTicket()
              : Math.max(pending.lastTicket(), stored));
    }
    if (!arrivals.isEmpty()) {
      traffic = new Traffic(traffic.requests() + arrivals.size(), 0, -1);
    }
    return arrivals.size();
  }

  private long read(Session.Arrival arrival) throws DeviceException {
    Optional<SparkplugTopic> topic = SparkplugTopic.parse(arrival.topic());
    if (topic.isEmpty()) {
      contradict(arrival);
      return Long.MIN_VALUE;
    }
    EdgeNode node =
        nodes.get(new SparkplugAddress.NodeName(topic.get().group(), topic.get().node()));
    if (node == null) {
      return Long.MIN_VALUE;
    }
    try {
      if (arrival.message().isCut()) {
        throw new MalformedPayload(
            arrival.message().size() + " bytes are more than maxMessageKb allows");
      }
      SparkplugPayload payload = SparkplugPayload.read(arrival.message().payload());
      EdgeNode.Outcome outcome = node.take(topic.get(), payload, arrival);
      long past = outcome.past().isEmpty() ? Long.MIN_VALUE : sink.acceptPast(outcome.past());
      return outcome.live().isEmpty() ? past : Math.max(past, sink.accept(outcome.live()));
    } catch (MalformedPayload e) {
      sink.malformed(
          "malformed payload on "
              + arrival.topic()
              + ": "
              + e.getMessage()
              + "; it began with "
              + beginning(arrival.message().payload()));
      if (Long.bitCount(++malformed) == 1) { // the first, the second, the fourth, ...
        log.warn(
            "device={} topic={} malformed payload, {} so far: {}",
            spec.device(),
            arrival.topic(),
            malformed,
            e.getMessage());
      }
      return Long.MIN_VALUE;
    }
  }

  private static String beginning(byte[] payload) {
    return HexFormat.of().formatHex(payload, 0, Math.min(payload.length, SHOWN_BYTES));
  }

  /** The farewell of an earlier connection of ours can come late, and stays with the broker. */
  private void contradict(Session.Arrival arrival) throws DeviceException {
    Announcement here = spec.settings().state(true, onlineSince);
    if (!spec.settings().hostId().isEmpty()
        && arrival.topic().equals(here.topic())
        && !HostState.read(arrival.message().payload()).online()) {
      running().broker().publish(here);
    }
  }

  private void askRebirths(Session running, long nowNs) throws DeviceException {
    for (EdgeNode node : nodes.values()) {
      if (node.askRebirth(nowNs, spec.settings().rebirthPause().toNanos())) {
        running.broker().publish(Rebirth.request(node.name(), clock.now()));
      }
    }
  }

  private void tellSilence(long nowNs) {
    if (silenceTold || nowNs - openedNs < spec.settings().link().timeout().toNanos()) {
      return;
    }
    silenceTold = true;
    for (EdgeNode node : nodes.values()) {
      List<Sample> silent = node.silent(clock.now(), nowNs);
      if (!silent.isEmpty()) {
        sink.accept(silent);
      }
    }
  }

  // ---- writing

  @Override
  public WriteResult write(Tag tag, double value, Confirmation confirmation)
      throws DeviceException {
    Source source = sources.get(tag);
    EdgeNode node = source == null ? null : nodes.get(source.tag().address().node());
    if (source == null || node == null || !node.isAlive()) {
      return new WriteResult.Refused("the edge node is not there");
    }
    Optional<DataType> type = node.type(source.tag().address());
    if (type.isEmpty()) {
      return new WriteResult.Refused("no birth has told the metric, or its type is none of a tag");
    }
    Optional<Object> raw = type.get().write(source.tag().conversion().toRaw(value));
    if (raw.isEmpty()) {
      return new WriteResult.NotRepresentable(type.get() + " cannot be " + value);
    }
    long heardBefore = source.heard();
    command(source.tag().address(), type.get(), raw.get());
    return confirmation == Confirmation.NONE
        ? new WriteResult.Done(Double.NaN)
        : new WriteResult.Done(readBack(source, value, heardBefore));
  }

  private void command(SparkplugAddress address, DataType type, Object raw) throws DeviceException {
    long nowMs = clock.now().toEpochMilli();
    SparkplugTopic topic =
        new SparkplugTopic(
            address.node().group(),
            address.device().isEmpty() ? SparkplugTopic.Type.NCMD : SparkplugTopic.Type.DCMD,
            address.node().node(),
            address.device());
    SparkplugPayload payload =
        new SparkplugPayload(nowMs, -1, List.of(Metric.named(address.metric(), type, nowMs, raw)));
    running().broker().publish(new Announcement(topic.toString(), payload.toBytes(), 0, false));
  }

  /**
   * The value that the edge node tells from now on: the first that is what was written, or else the
   * last within the time-out. A node tells changes only, so one that tells nothing has what it had.
   */
  private double readBack(Source source, double written, long heardBefore) throws DeviceException {
    WritePolicy policy = source.tag().tag().writePolicy();
    long untilNs = clock.nanoTime() + spec.settings().link().timeout().toNanos();
    while (clock.nanoTime() - untilNs < 0) {
      running().check();
      take(running(), clock.nanoTime());
      Sample last = source.last();
      if (source.heard() > heardBefore && last != null && policy.isSame(written, last.asDouble())) {
        return last.asDouble();
      }
      LockSupport.parkNanos(this, READ_BACK_PAUSE_NS);
    }
    Sample last = source.last();
    return last == null ? Double.NaN : last.asDouble();
  }

  private Session running() throws DeviceException {
    if (session == null) {
      throw new DeviceException(Kind.CONNECT, spec.device(), "not open");
    }
    return session;
  }

  @Override
  public void close() {
    pending.linkLost();
    Session closing = session;
    session = null;
    if (closing != null) {
      sayGoodbye(closing.broker(), closing);
      closing.close();
    }
  }

  private void sayGoodbye(Broker broker, Session closing) {
    if (spec.settings().hostId().isEmpty()) {
      return;
    }
    try {
      closing.check();
      broker.publish(spec.settings().state(false, onlineSince));
    } catch (DeviceException e) {
      log.debug("device={} the broker says it for us", spec.device(), e);
    }
  }

  @Override
  public Traffic traffic() {
    return traffic;
  }
}
