package io.deungdae.collector.driver.mqtt;

import io.deungdae.collector.driver.Device;
import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.DeviceException.Kind;
import io.deungdae.collector.driver.SampleSink;
import io.deungdae.collector.driver.Traffic;
import io.deungdae.collector.driver.WriteResult;
import io.deungdae.collector.driver.broker.Announcement;
import io.deungdae.collector.driver.broker.Session;
import io.deungdae.collector.driver.broker.Unacknowledged;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to a broker.
 *
 * <p>A message is acknowledged when its samples are on disk, in the order in which messages came.
 * So what a crash takes from us the broker gives us again. The number of messages that are taken
 * and not yet on disk is bounded; beyond it they stay with the broker.
 */
final class MqttDevice implements Device {

  private static final Logger log = LoggerFactory.getLogger(MqttDevice.class);
  private static final int MESSAGES_AT_ONCE = 500;
  private static final long COMMIT_CHECK_NS = Duration.ofMillis(20).toNanos();
  private static final int MOST_UNWANTED = 10_000;
  private static final int UNWANTED_AFTERWARDS = 1_000;
  private static final long STALE_CHECK_NS = Duration.ofMillis(500).toNanos();

  private final MqttSpec spec;
  private final SampleSink sink;
  private final Clock clock;
  private final Runnable wake;
  private final Oddities oddities;
  private final Topics topics;
  private final Unacknowledged pending = new Unacknowledged();
  private @Nullable Session session;
  private Traffic traffic = Traffic.NONE;
  private long staleCheckNs;
  private long commitCheckNs;
  private boolean everOpened;

  /** Topics that nobody wants any more, and what came on them after that was said. */
  private final Set<String> unwanted = new HashSet<>();

  private int unwantedAfterwards;

  MqttDevice(MqttSpec spec, SampleSink sink, Clock clock, Runnable wake) {
    this.spec = spec;
    this.sink = sink;
    this.clock = clock;
    this.wake = wake;
    this.oddities = new Oddities(spec.device(), sink);
    this.topics = new Topics(spec, sink, oddities);
  }

  @Override
  public void open() throws DeviceException {
    close();
    MqttSettings settings = spec.settings();
    Session opening = new Session(spec.device(), settings.link(), settings.qos() == 0, clock, wake);
    session = opening;
    topics.opened(clock.nanoTime());
    staleCheckNs = clock.nanoTime() + STALE_CHECK_NS;
    commitCheckNs = clock.nanoTime();
    if (!opening.broker().connect()) {
      sessionGone();
    }
    List<String> filters = topics.filters().stream().map(settings::subscription).toList();
    List<String> refused = opening.broker().subscribe(filters, settings.qos(), () -> pump(opening));
    accept(
        topics.refused(
            refused.stream().map(settings::filter).toList(), clock.now(), clock.nanoTime()));
    Announcement birth = settings.birth();
    if (birth != null) {
      opening.broker().publish(birth);
    }
    everOpened = true;
  }

  /** The broker knows nothing of us: it has lost its memory, or had none. */
  private void sessionGone() {
    pending.forget();
    unwanted.clear();
    unwantedAfterwards = 0;
    if (everOpened && !spec.settings().link().cleanSession()) {
      log.warn(
          "device={} the broker has lost our session, and with it what came while we were away;"
              + " check that it keeps sessions on its disk",
          spec.device());
    }
  }

  @Override
  public long service(long nowNs) throws DeviceException {
    Session running = running();
    running.check();
    int taken = take(running, nowNs);
    acknowledge(running, nowNs);
    if (staleCheckNs - nowNs <= 0) {
      staleCheckNs = nowNs + STALE_CHECK_NS;
      accept(topics.stale(clock.now(), nowNs));
      oddities.tell(nowNs);
    }
    if (taken == MESSAGES_AT_ONCE) {
      return nowNs;
    }
    return running.rest(nowNs, pending.isEmpty() ? staleCheckNs : nowNs + COMMIT_CHECK_NS);
  }

  /** Takes what the broker has kept for us, which comes before its answers. */
  private boolean pump(Session opening) throws DeviceException {
    opening.check();
    long nowNs = clock.nanoTime();
    int waiting = pending.size();
    int taken = take(opening, nowNs);
    acknowledge(opening, nowNs);
    return taken > 0 || pending.size() < waiting;
  }

  private int take(Session running, long nowNs) throws DeviceException {
    int room = Math.min(MESSAGES_AT_ONCE, spec.settings().link().inFlight() - pending.size());
    List<Session.Arrival> arrivals = running.take(Math.max(0, room), nowNs);
    if (arrivals.isEmpty()) {
      return 0;
    }
    List<Sample> samples = new ArrayList<>(arrivals.size());
    List<Sample> doubtful = new ArrayList<>();
    for (Session.Arrival arrival : arrivals) {
      boolean again = arrival.message().again();
      if (!(again && pending.takeUp(arrival)) && !read(arrival, again ? doubtful : samples)) {
        unwanted(running, arrival.topic());
      }
    }
    if (!doubtful.isEmpty()) {
      samples.addAll(0, sink.unknown(doubtful)); // what comes again was before the rest
    }
    long ticket = samples.isEmpty() ? pending.lastTicket() : sink.accept(samples);
    if (ticket == SampleSink.REFUSED && spec.settings().qos() > 0) {
      // Not acknowledged, so the broker keeps them and sends them with the next connection.
      throw new DeviceException(
          Kind.CONNECT, spec.device(), "samples cannot be stored and are left with the broker");
    }
    for (Session.Arrival arrival : arrivals) {
      pending.add(arrival, ticket);
    }
    oddities.publish();
    traffic = new Traffic(traffic.requests() + arrivals.size(), traffic.overruns(), -1);
    return arrivals.size();
  }

  /** A subscription of earlier settings; one with wildcards cannot be ended without knowing it. */
  private void unwanted(Session running, String topic) {
    if (unwanted.contains(topic)) {
      if (++unwantedAfterwards == UNWANTED_AFTERWARDS) {
        log.warn(
            "device={} the broker goes on sending {} because of earlier settings; start once with"
                + " cleanSession: true, or take another clientId",
            spec.device(),
            topic);
      }
    } else if (unwanted.size() < MOST_UNWANTED) {
      unwanted.add(topic);
      running.broker().forget(spec.settings().subscription(topic));
    }
  }

  private boolean read(Session.Arrival arrival, List<Sample> out) {
    return topics.read(arrival, out::add);
  }

  private void acknowledge(Session running, long nowNs) throws DeviceException {
    if (!pending.isEmpty() && commitCheckNs - nowNs <= 0) {
      commitCheckNs = nowNs + COMMIT_CHECK_NS;
      pending.acknowledge(sink.committed(), running.broker());
    }
  }

  private void accept(List<Sample> samples) {
    if (!samples.isEmpty()) {
      sink.accept(samples);
    }
  }

  private Session running() throws DeviceException {
    if (session == null) {
      throw new DeviceException(Kind.CONNECT, spec.device(), "not open");
    }
    return session;
  }

  @Override
  public WriteResult write(Tag tag, double value, Confirmation confirmation) {
    return new WriteResult.Refused("MQTT tags cannot be written to");
  }

  @Override
  public void close() {
    pending.linkLost();
    Session closing = session;
    session = null;
    if (closing != null) {
      sayGoodbye(closing);
      closing.close();
    }
  }

  /** An orderly farewell has the broker drop the will, so it is said here. */
  private void sayGoodbye(Session closing) {
    Announcement will = spec.settings().link().will();
    if (will == null) {
      return;
    }
    try {
      closing.check();
      closing.broker().publish(will);
    } catch (DeviceException e) {
      log.debug("device={} the broker says it for us", spec.device(), e);
    }
  }

  @Override
  public Traffic traffic() {
    return traffic;
  }

  /** What came and could not be used. */
  Oddities oddities() {
    return oddities;
  }
}
