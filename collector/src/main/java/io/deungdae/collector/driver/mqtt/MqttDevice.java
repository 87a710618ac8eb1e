package io.deungdae.collector.driver.mqtt;

import io.deungdae.collector.driver.Device;
import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.DeviceException.Kind;
import io.deungdae.collector.driver.SampleSink;
import io.deungdae.collector.driver.Traffic;
import io.deungdae.collector.driver.WriteResult;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a broker.
 *
 * <p>A message is acknowledged when its samples are on disk, in the order in which messages came.
 * So what a crash takes from us the broker gives us again. The number of messages that are taken
 * and not yet on disk is bounded; beyond it they stay with the broker.
 */
final class MqttDevice implements Device {

  private static final int MESSAGES_AT_ONCE = 200;
  private static final long COMMIT_CHECK_NS = Duration.ofMillis(20).toNanos();
  private static final long STALE_CHECK_NS = Duration.ofMillis(500).toNanos();

  private final MqttSpec spec;
  private final SampleSink sink;
  private final Clock clock;
  private final Runnable wake;
  private final Topics topics;
  private final Deque<Unacknowledged> pending = new ArrayDeque<>();
  private @Nullable Session session;
  private Traffic traffic = Traffic.NONE;
  private long staleCheckNs;

  private record Unacknowledged(int id, long ticket) {}

  MqttDevice(MqttSpec spec, SampleSink sink, Clock clock, Runnable wake) {
    this.spec = spec;
    this.sink = sink;
    this.clock = clock;
    this.wake = wake;
    this.topics = new Topics(spec);
  }

  @Override
  public void open() throws DeviceException {
    close();
    Session opening = new Session(spec, clock, wake);
    session = opening;
    topics.opened(clock.nanoTime());
    staleCheckNs = clock.nanoTime() + STALE_CHECK_NS;
    List<String> refused = opening.open(topics.names());
    accept(topics.refused(refused, clock.now(), clock.nanoTime()));
  }

  @Override
  public long service(long nowNs) throws DeviceException {
    Session running = running();
    running.check();
    int taken = take(running);
    acknowledge(running);
    markStale(nowNs);
    if (taken == MESSAGES_AT_ONCE) {
      return nowNs;
    }
    return pending.isEmpty() ? staleCheckNs : nowNs + COMMIT_CHECK_NS;
  }

  private int take(Session running) {
    int room = Math.min(MESSAGES_AT_ONCE, spec.settings().inFlight() - pending.size());
    List<Session.Arrival> arrivals = running.take(Math.max(0, room));
    if (arrivals.isEmpty()) {
      return 0;
    }
    List<Sample> samples = new ArrayList<>();
    for (Session.Arrival arrival : arrivals) {
      if (!topics.read(arrival, samples::add)) {
        running.forget(arrival.topic());
      }
    }
    long ticket = samples.isEmpty() ? lastTicket() : sink.accept(samples);
    for (Session.Arrival arrival : arrivals) {
      if (arrival.message().id() != 0) {
        pending.add(new Unacknowledged(arrival.message().id(), ticket));
      }
    }
    traffic = new Traffic(traffic.requests() + arrivals.size(), traffic.overruns(), -1);
    return arrivals.size();
  }

  private long lastTicket() {
    Unacknowledged last = pending.peekLast();
    return last == null ? Long.MIN_VALUE : last.ticket();
  }

  private void acknowledge(Session running) throws DeviceException {
    if (pending.isEmpty()) {
      return;
    }
    long committed = sink.committed();
    for (var first = pending.peek();
        first != null && first.ticket() <= committed;
        first = pending.peek()) {
      running.acknowledge(first.id());
      pending.remove();
    }
  }

  private void markStale(long nowNs) {
    if (staleCheckNs - nowNs <= 0) {
      staleCheckNs = nowNs + STALE_CHECK_NS;
      accept(topics.stale(clock.now(), nowNs));
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
    pending.clear();
    if (session != null) {
      session.close();
      session = null;
    }
  }

  @Override
  public Traffic traffic() {
    return traffic;
  }

  /** Payloads that could not be read since it was built. */
  long malformed() {
    return topics.malformed();
  }
}
