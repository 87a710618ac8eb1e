package io.deungdae.collector.driver.sparkplug;

import io.deungdae.collector.driver.Browser;
import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.DeviceException.Kind;
import io.deungdae.collector.driver.broker.Session;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.Range;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Listens for the device's time-out, asks each edge node it hears of, and those that tags are on,
 * to tell its metrics, and offers these.
 */
final class SparkplugBrowser implements Browser {

  private static final int AT_ONCE = 1000;
  private static final long PAUSE_NS = 5_000_000L;

  private final SparkplugSpec spec;
  private final Clock clock;
  private final Session session;
  private final Set<SparkplugAddress.NodeName> asked = new HashSet<>();
  private final Set<String> offered = new HashSet<>();

  private SparkplugBrowser(SparkplugSpec spec, Clock clock, Session session) {
    this.spec = spec;
    this.clock = clock;
    this.session = session;
  }

  static SparkplugBrowser open(SparkplugSpec spec, Clock clock) throws DeviceException {
    String name =
        "deungdae-look-" + Integer.toHexString(ThreadLocalRandom.current().nextInt() >>> 8);
    Session session =
        new Session(spec.device(), spec.settings().link().asVisitor(name), true, clock, () -> {});
    try {
      session.broker().connect();
    } catch (DeviceException e) {
      session.close();
      throw e;
    }
    return new SparkplugBrowser(spec, clock, session);
  }

  /** {@code from} is a group, {@code group/node}, or {@code group/node/device}. */
  @Override
  public boolean browse(String from, int most, Consumer<Found> out) throws DeviceException {
    String[] levels = from.split("/", -1);
    String group = from.isEmpty() ? "+" : levels[0];
    String filter =
        SparkplugTopic.NAMESPACE
            + "/"
            + group
            + (levels.length > 1 ? "/+/" + levels[1] + "/#" : "/#");
    if (!session.broker().subscribe(List.of(filter), 0).isEmpty()) {
      throw new DeviceException(
          Kind.REJECTED, spec.device(), "the broker refuses a subscription to " + filter);
    }
    for (SparkplugTag tag : spec.tags()) {
      ask(tag.address().node());
    }
    if (levels.length > 1) {
      ask(new SparkplugAddress.NodeName(levels[0], levels[1]));
    }
    long untilNs = clock.nanoTime() + spec.settings().link().timeout().toNanos();
    while (clock.nanoTime() - untilNs < 0) {
      session.check();
      for (Session.Arrival arrival : session.take(AT_ONCE, clock.nanoTime())) {
        if (!offer(arrival, from, most, out)) {
          return false;
        }
      }
      LockSupport.parkNanos(this, PAUSE_NS);
    }
    return true;
  }

  private void ask(SparkplugAddress.NodeName node) throws DeviceException {
    if (asked.add(node)) {
      session.broker().publish(Rebirth.request(node, clock.now()));
    }
  }

  private boolean offer(Session.Arrival arrival, String from, int most, Consumer<Found> out)
      throws DeviceException {
    Optional<SparkplugTopic> topic = SparkplugTopic.parse(arrival.topic());
    if (topic.isEmpty()) {
      return true;
    }
    SparkplugTopic told = topic.get();
    ask(new SparkplugAddress.NodeName(told.group(), told.node()));
    if (told.type() != SparkplugTopic.Type.NBIRTH && told.type() != SparkplugTopic.Type.DBIRTH) {
      return true;
    }
    try {
      for (Metric metric : SparkplugPayload.read(arrival.message().payload()).metrics()) {
        Optional<Found> found = found(told, metric).filter(f -> f.address().startsWith(from));
        if (found.isPresent() && offered.add(found.get().address())) {
          out.accept(found.get());
          if (offered.size() >= most) {
            return false;
          }
        }
      }
    } catch (MalformedPayload e) {
      return true; // not a birth
    }
    return true;
  }

  private static Optional<Found> found(SparkplugTopic topic, Metric metric) {
    String name = metric.name();
    if (name == null || name.equals("bdSeq") || name.startsWith("Node Control/")) {
      return Optional.empty();
    }
    Optional<DataType> type = DataType.of(metric.datatype());
    List<String> path = new ArrayList<>(List.of(topic.group(), topic.node()));
    if (!topic.device().isEmpty()) {
      path.add(topic.device());
    }
    path.addAll(Arrays.asList(name.split("/", -1)));
    SparkplugAddress address =
        new SparkplugAddress(
            new SparkplugAddress.NodeName(topic.group(), topic.node()), topic.device(), name);
    boolean ordered = metric.low() <= metric.high();
    return Optional.of(
        new Found(
            path,
            address.toString(),
            type.map(SparkplugBrowser::typeName).orElse("type " + metric.datatype()),
            type.isPresent(),
            metric.unit(),
            ordered ? new Range(metric.low(), metric.high()) : Range.ALL,
            Label.of(""),
            true));
  }

  private static String typeName(DataType type) {
    return switch (type) {
      case FLOAT -> "float32";
      case DOUBLE -> "float64";
      case BOOLEAN -> "bool";
      case STRING, TEXT, UUID -> "string";
      case INT8, INT16, UINT8, UINT16, INT32 -> "int32";
      case INT64, UINT32, UINT64, DATE_TIME -> "int64";
    };
  }

  @Override
  public void close() {
    session.close();
  }
}
