package io.deungdae.collector.forward;

import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.DeviceException.Kind;
import io.deungdae.collector.driver.broker.Announcement;
import io.deungdae.collector.driver.broker.Session;
import io.deungdae.collector.driver.sparkplug.HostState;
import io.deungdae.collector.driver.sparkplug.MalformedPayload;
import io.deungdae.collector.driver.sparkplug.Metric;
import io.deungdae.collector.driver.sparkplug.Rebirth;
import io.deungdae.collector.driver.sparkplug.SparkplugPayload;
import io.deungdae.collector.driver.sparkplug.SparkplugTopic;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.store.Board;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the gateway's tags as an edge node of Sparkplug B.
 *
 * <p>Sparkplug publishes with QoS 0, for which a broker gives no receipt. So after each batch a
 * subscription is made once more: when the broker answers it, it has all that was sent before. What
 * was stored before the last birth goes out as historical. No command but the one for a rebirth is
 * listened to.
 */
public final class EdgeNodeSender implements Sender {

  private static final Logger LOG = LoggerFactory.getLogger(EdgeNodeSender.class);
  private static final int METRICS_PER_MESSAGE = 500;
  private static final int COMMANDS_AT_ONCE = 100;
  private static final int NUMBERS = 256;
  private static final long IDLE_ATTEMPT_NS = Duration.ofSeconds(5).toNanos();
  private static final long STATE_WAIT_NS = Duration.ofSeconds(1).toNanos();
  private static final long PAUSE_NS = 2_000_000L;

  private final EdgeNodeSettings settings;
  private final EdgeNodeMetrics metrics;
  private final Clock clock;
  private final AtomicReference<@Nullable Session> session = new AtomicReference<>();
  private volatile boolean closed;

  // Of the forwarder's thread alone.
  private Instant bornAt = Instant.MIN;
  private boolean born;
  private boolean hostOnline;
  private long hostToldMs;
  private int bdSeq;
  private int seq;
  private long nextAttemptNs;
  private boolean attempted;
  private boolean commandTold;

  /** A sender; connects when there is something to send, or when it is left idle. */
  public EdgeNodeSender(EdgeNodeSettings settings, Board board, Clock clock) {
    this.settings = settings;
    this.metrics = new EdgeNodeMetrics(board, settings.devices());
    this.clock = clock;
  }

  @Override
  public void send(List<Outgoing> batch) throws SendException {
    try {
      Session link = ready();
      for (int from = 0; from < batch.size(); from += METRICS_PER_MESSAGE) {
        data(link, batch.subList(from, Math.min(batch.size(), from + METRICS_PER_MESSAGE)));
      }
      link.broker().subscribe(List.of(topic(SparkplugTopic.Type.NCMD)), 1); // see above
      link.check();
    } catch (DeviceException e) {
      drop();
      throw new SendException(SendException.Kind.UNREACHABLE, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void idle(long nowNs) {
    if (session.get() == null && attempted && nextAttemptNs - nowNs > 0) {
      return;
    }
    attempted = true;
    nextAttemptNs = nowNs + IDLE_ATTEMPT_NS;
    try {
      Session unused = ready();
    } catch (DeviceException | SendException e) {
      LOG.debug("edge node idle without a link name={}", settings.forwarder().name(), e);
      drop();
    }
  }

  // ---- the link

  /** A link over which everything has been told that there is. */
  private Session ready() throws DeviceException, SendException {
    Session link = session.get();
    if (link == null) {
      link = connect();
    }
    link.check();
    boolean again = commands(link);
    if (!hostOnline) {
      drop();
      throw new SendException(
          SendException.Kind.UNREACHABLE, "host application " + settings.hostId() + " is offline");
    }
    if (!born || again || metrics.isOutdated()) {
      birth(link);
    }
    return link;
  }

  private Session connect() throws DeviceException, SendException {
    bdSeq = nextBdSeq();
    born = false;
    hostOnline = settings.hostId().isEmpty();
    hostToldMs = Long.MIN_VALUE;
    Session link =
        new Session(
            settings.forwarder().name(), settings.link().withWill(death()), true, clock, () -> {});
    session.set(link);
    checkOpen();
    link.broker().connect();
    List<String> filters = new ArrayList<>(List.of(topic(SparkplugTopic.Type.NCMD)));
    if (!settings.hostId().isEmpty()) {
      for (HostState.Version version : HostState.Version.values()) {
        filters.add(HostState.topic(version, settings.hostId()));
      }
    }
    List<String> refused = link.broker().subscribe(filters, 1);
    refused.remove(HostState.topic(HostState.Version.V2, settings.hostId())); // an old way to tell
    if (!refused.isEmpty()) {
      throw new SendException(
          SendException.Kind.UNREACHABLE, "the broker refuses subscriptions to " + refused);
    }
    awaitHost(link);
    return link;
  }

  /** After a new link is known, so that none outlives the closing, whichever comes first. */
  private void checkOpen() throws DeviceException {
    if (closed) {
      drop();
      throw new DeviceException(Kind.CONNECT, settings.forwarder().name(), "it was stopped");
    }
  }

  /** Whether the host is there stands in a retained message, which comes at once. */
  private void awaitHost(Session link) throws DeviceException {
    long untilNs = clock.nanoTime() + STATE_WAIT_NS;
    while (!hostOnline && clock.nanoTime() - untilNs < 0) {
      link.check();
      boolean unused = commands(link);
      LockSupport.parkNanos(this, PAUSE_NS);
    }
  }

  private int nextBdSeq() throws SendException {
    Path file = settings.forwarder().folder().resolve(settings.forwarder().name() + ".bdseq");
    try {
      Files.createDirectories(settings.forwarder().folder());
      int next = Math.floorMod(lastBdSeq(file) + 1, NUMBERS);
      Path fresh = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(fresh, next + "\n", StandardCharsets.UTF_8);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return next;
    } catch (IOException e) {
      throw new SendException(SendException.Kind.UNREACHABLE, file + ": " + e);
    }
  }

  /** A file that a power cut has left empty is no reason to be silent; any other number will do. */
  private int lastBdSeq(Path file) throws IOException {
    if (!Files.exists(file)) {
      return -1;
    }
    try {
      return Integer.parseInt(
          new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).strip());
    } catch (NumberFormatException e) {
      LOG.warn("the last session's number cannot be read and is guessed file={}", file);
      return Math.floorMod(clock.now().getEpochSecond(), NUMBERS);
    }
  }

  /**
   * Takes what came.
   *
   * @return true when everything is to be told again
   */
  private boolean commands(Session link) {
    boolean again = false;
    for (Session.Arrival arrival : link.take(COMMANDS_AT_ONCE, clock.nanoTime())) {
      if (arrival.topic().equals(topic(SparkplugTopic.Type.NCMD))) {
        again |= isRebirth(arrival.message().payload());
      } else {
        hostSays(arrival);
      }
    }
    return again;
  }

  private boolean isRebirth(byte[] payload) {
    try {
      boolean rebirth = Rebirth.isAskedBy(SparkplugPayload.read(payload));
      if (!rebirth && !commandTold) {
        commandTold = true;
        LOG.warn(
            "a command came and was not followed, the gateway's tags are not written to through"
                + " Sparkplug name={}",
            settings.forwarder().name());
      }
      return rebirth;
    } catch (MalformedPayload e) {
      LOG.debug("no command name={}", settings.forwarder().name(), e);
      return false;
    }
  }

  /** What it says with a time counts, and of that the newest; without one only when it has none. */
  private void hostSays(Session.Arrival arrival) {
    HostState state = HostState.read(arrival.message().payload());
    boolean timed =
        arrival.topic().equals(HostState.topic(HostState.Version.V3, settings.hostId()));
    long toldMs = timed ? state.timestampMs() : Long.MIN_VALUE;
    if (toldMs >= hostToldMs) {
      hostToldMs = toldMs;
      hostOnline = state.online();
    }
  }

  // ---- messages

  private void birth(Session link) throws DeviceException {
    Instant now = clock.now();
    seq = 0;
    publish(
        link,
        SparkplugTopic.Type.NBIRTH,
        "",
        new SparkplugPayload(now.toEpochMilli(), 0, metrics.birth(bdSeq, now)));
    for (Map.Entry<String, List<Metric>> device : metrics.deviceBirths(now).entrySet()) {
      publish(link, SparkplugTopic.Type.DBIRTH, device.getKey(), next(now, device.getValue()));
    }
    born = true;
    bornAt = now;
    LOG.info("edge node born name={} bdSeq={}", settings.forwarder().name(), bdSeq);
  }

  private void data(Session link, List<Outgoing> rows) throws DeviceException {
    Instant now = clock.now();
    Map<String, List<Metric>> told = new LinkedHashMap<>();
    for (Outgoing row : rows) {
      metrics
          .data(row, bornAt, now)
          .ifPresent(
              metric ->
                  told.computeIfAbsent(metrics.device(row), device -> new ArrayList<>())
                      .add(metric));
    }
    for (Map.Entry<String, List<Metric>> device : told.entrySet()) {
      SparkplugTopic.Type type =
          device.getKey().isEmpty() ? SparkplugTopic.Type.NDATA : SparkplugTopic.Type.DDATA;
      publish(link, type, device.getKey(), next(now, device.getValue()));
    }
  }

  private SparkplugPayload next(Instant now, List<Metric> told) {
    seq = (seq + 1) % NUMBERS;
    return new SparkplugPayload(now.toEpochMilli(), seq, told);
  }

  private void publish(
      Session link, SparkplugTopic.Type type, String device, SparkplugPayload payload)
      throws DeviceException {
    String topic = new SparkplugTopic(settings.group(), type, settings.node(), device).toString();
    link.broker().publish(new Announcement(topic, payload.toBytes(), 0, false));
  }

  private Announcement death() {
    Instant now = clock.now();
    SparkplugPayload payload =
        new SparkplugPayload(now.toEpochMilli(), -1, List.of(EdgeNodeMetrics.bdSeq(bdSeq, now)));
    return new Announcement(topic(SparkplugTopic.Type.NDEATH), payload.toBytes(), 1, false);
  }

  private String topic(SparkplugTopic.Type type) {
    return new SparkplugTopic(settings.group(), type, settings.node(), "").toString();
  }

  private void drop() {
    Session link = session.getAndSet(null);
    if (link == null) {
      return;
    }
    try {
      link.check();
      if (born) {
        link.broker().publish(death()); // an orderly farewell has the broker drop the will
      }
    } catch (DeviceException e) {
      LOG.debug("the broker tells the death name={}", settings.forwarder().name(), e);
    }
    link.close();
    born = false;
  }

  @Override
  public void close() {
    closed = true;
    drop();
  }

  @Override
  public String toString() {
    return "sparkplug " + settings.link().url() + " " + settings.group() + "/" + settings.node();
  }
}
