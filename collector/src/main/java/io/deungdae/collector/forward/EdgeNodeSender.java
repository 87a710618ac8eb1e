package io.deungdae.collector.forward;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.broker.Announcement;
import io.deungdae.collector.driver.broker.Session;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
  private static final ObjectMapper JSON = new ObjectMapper();
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

  // Of the forwarder's thread alone.
  private Instant bornAt = Instant.MIN;
  private boolean born;
  private boolean hostOnline;
  private int bdSeq;
  private int seq;
  private long nextAttemptNs;
  private boolean attempted;
  private boolean commandTold;

  /** A sender; connects when there is something to send, or when it is left idle. */
  public EdgeNodeSender(EdgeNodeSettings settings, Board board, Clock clock) {
    this.settings = settings;
    this.metrics = new EdgeNodeMetrics(board);
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
    Session link =
        new Session(
            settings.forwarder().name(), settings.link().withWill(death()), true, clock, () -> {});
    session.set(link);
    link.broker().connect();
    List<String> filters = new ArrayList<>(List.of(topic(SparkplugTopic.Type.NCMD)));
    if (!settings.hostId().isEmpty()) {
      filters.add(SparkplugTopic.state(settings.hostId()));
    }
    List<String> refused = link.broker().subscribe(filters, 1);
    if (!refused.isEmpty()) {
      throw new SendException(
          SendException.Kind.UNREACHABLE, "the broker refuses subscriptions to " + refused);
    }
    awaitHost(link);
    return link;
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
      int last =
          Files.exists(file)
              ? Integer.parseInt(Files.readString(file, StandardCharsets.UTF_8).strip())
              : -1;
      int next = Math.floorMod(last + 1, NUMBERS);
      Files.writeString(file, next + "\n", StandardCharsets.UTF_8);
      return next;
    } catch (IOException | NumberFormatException e) {
      throw new SendException(SendException.Kind.UNREACHABLE, file + ": " + e);
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
        hostOnline = isOnline(arrival.message().payload());
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

  private static boolean isOnline(byte[] payload) {
    try {
      JsonNode state = JSON.readTree(new String(payload, StandardCharsets.UTF_8));
      return state != null && state.path("online").asBoolean();
    } catch (JsonProcessingException e) {
      return new String(payload, StandardCharsets.UTF_8).strip().equals("ONLINE");
    }
  }

  // ---- messages

  private void birth(Session link) throws DeviceException {
    Instant now = clock.now();
    seq = 0;
    publish(
        link,
        SparkplugTopic.Type.NBIRTH,
        new SparkplugPayload(now.toEpochMilli(), 0, metrics.birth(bdSeq, now)));
    born = true;
    bornAt = now;
    LOG.info("edge node born name={} bdSeq={}", settings.forwarder().name(), bdSeq);
  }

  private void data(Session link, List<Outgoing> rows) throws DeviceException {
    Instant now = clock.now();
    List<Metric> told = new ArrayList<>(rows.size());
    for (Outgoing row : rows) {
      Optional<Metric> metric = metrics.data(row, bornAt, now);
      metric.ifPresent(told::add);
    }
    if (!told.isEmpty()) {
      seq = (seq + 1) % NUMBERS;
      publish(link, SparkplugTopic.Type.NDATA, new SparkplugPayload(now.toEpochMilli(), seq, told));
    }
  }

  private void publish(Session link, SparkplugTopic.Type type, SparkplugPayload payload)
      throws DeviceException {
    link.broker().publish(new Announcement(topic(type), payload.toBytes(), 0, false));
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
    drop();
  }

  @Override
  public String toString() {
    return "sparkplug " + settings.link().url() + " " + settings.group() + "/" + settings.node();
  }
}
