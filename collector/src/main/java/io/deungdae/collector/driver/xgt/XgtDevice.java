package io.deungdae.collector.driver.xgt;

import io.deungdae.collector.driver.Device;
import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.SampleSink;
import io.deungdae.collector.driver.Traffic;
import io.deungdae.collector.driver.WriteResult;
import io.deungdae.collector.driver.scan.Schedule;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One PLC: reads its points in {@link Fetch}es, as many under way at once as the settings allow,
 * and writes single points in between.
 *
 * <p>A fetch that the PLC refuses because of an address is halved until the refused point stands
 * alone; that one is BAD and tried again rarely, all others go on. A lost answer makes the points
 * of one fetch BAD_TIMEOUT; after three in a row the link counts as gone.
 */
final class XgtDevice implements Device {

  private static final Logger LOG = LoggerFactory.getLogger(XgtDevice.class);
  private static final int TIMEOUTS_IN_A_ROW = 3;
  private static final long NOTHING_TO_DO_NS = Duration.ofSeconds(1).toNanos();

  private final String device;
  private final XgtSettings settings;
  private final List<Point> points;
  private final Map<Tag, Point> byTag;
  private final Link link;
  private final SampleSink sink;
  private final Clock clock;
  private final Station station;
  private final Writer writer;
  private final Set<Tag> rejected = new HashSet<>();
  private final Map<Integer, UnderWay> underWay = new LinkedHashMap<>(); // the oldest first
  private Schedule<Fetch> schedule = new Schedule<>(List.of(), 0);
  private int timeouts;
  private long requests;
  private long earlierOverruns;
  private long roundTripMicros = -1;

  private record UnderWay(Schedule.Entry<Fetch> entry, long sentNs) {}

  XgtDevice(
      String device,
      XgtSettings settings,
      List<Point> points,
      Link link,
      SampleSink sink,
      Clock clock) {
    this.device = device;
    this.settings = settings;
    this.points = points;
    this.byTag = points.stream().collect(Collectors.toMap(Point::tag, Function.identity()));
    this.link = link;
    this.sink = sink;
    this.clock = clock;
    this.station = new Station(device, settings.cpu());
    this.writer = new Writer(settings, this::exchange);
  }

  @Override
  public void open() throws DeviceException {
    link.open();
    timeouts = 0;
    underWay.clear();
    station.linkUp();
    writer.linkUp();
    earlierOverruns += schedule.overruns();
    ReadPlan plan = new ReadPlan(settings.mostBytes(), settings.maxGap(), settings.scattered());
    schedule = new Schedule<>(plan.fetches(points), clock.nanoTime());
  }

  // ---- reading

  @Override
  public long service(long nowNs) throws DeviceException {
    sendDue(nowNs);
    if (underWay.isEmpty()) {
      return schedule.nextDueNs(nowNs + NOTHING_TO_DO_NS);
    }
    Map.Entry<Integer, UnderWay> oldest = underWay.entrySet().iterator().next();
    Link.Reply reply = link.await(deadlineNs(oldest.getValue().sentNs()));
    if (reply == null) {
      lost(oldest.getKey());
    } else {
      arrived(reply);
    }
    return underWay.isEmpty() ? schedule.nextDueNs(nowNs + NOTHING_TO_DO_NS) : nowNs;
  }

  private void sendDue(long nowNs) throws DeviceException {
    while (underWay.size() < settings.outstanding()) {
      Schedule.Entry<Fetch> entry = schedule.take(nowNs);
      if (entry == null) {
        return;
      }
      int id = send(entry.scan().request());
      underWay.put(id, new UnderWay(entry, clock.nanoTime()));
    }
  }

  private int send(Request request) throws DeviceException {
    requests++;
    return link.send(request);
  }

  private long deadlineNs(long sentNs) {
    return sentNs + settings.timeout().toNanos();
  }

  private void lost(int invokeId) throws DeviceException {
    link.forget(invokeId);
    UnderWay lost = underWay.remove(invokeId);
    if (++timeouts >= TIMEOUTS_IN_A_ROW) {
      throw timeout();
    }
    if (lost != null) {
      bad(lost.entry().scan(), Quality.BAD_TIMEOUT, "no answer in time");
      schedule.again(lost.entry(), clock.nanoTime());
    }
  }

  private DeviceException timeout() {
    return new DeviceException(
        DeviceException.Kind.TIMEOUT,
        device,
        "no answer from " + settings.endpoint() + " in " + settings.timeout().toMillis() + " ms");
  }

  private void arrived(Link.Reply reply) {
    timeouts = 0;
    station.told(reply.header());
    UnderWay answered = underWay.remove(reply.invokeId());
    if (answered == null) {
      return;
    }
    roundTripMicros = (clock.nanoTime() - answered.sentNs()) / 1_000;
    if (reply.answer() instanceof Answer.Values values) {
      deliver(answered.entry(), values.data());
    } else if (reply.answer() instanceof Answer.Refused refused) {
      refused(answered.entry(), refused.refusal());
    } else {
      throw new AssertionError("written, but nothing was to be");
    }
  }

  private void deliver(Schedule.Entry<Fetch> entry, List<ByteBuffer> data) {
    Instant now = clock.now();
    long nowNs = clock.nanoTime();
    List<Sample> samples = entry.scan().samples(data, now, nowNs);
    if (!rejected.isEmpty()) {
      samples.forEach(sample -> rejected.remove(sample.tag()));
    }
    sink.accept(samples);
    schedule.again(entry, nowNs);
  }

  private void refused(Schedule.Entry<Fetch> entry, Refusal refusal) {
    long nowNs = clock.nanoTime();
    Fetch fetch = entry.scan();
    if (refusal.concernsAddress() && fetch.divisible()) {
      schedule.replace(entry, fetch.halves(), nowNs);
      return;
    }
    bad(fetch, refusal.quality(), refusal.toString());
    tellRejected(fetch, refusal);
    if (refusal.quality() == Quality.BAD_REJECTED) {
      schedule.later(entry, nowNs, settings.retryRejected().toNanos());
    } else {
      schedule.again(entry, nowNs);
    }
  }

  private void tellRejected(Fetch fetch, Refusal refusal) {
    List<Tag> tags = fetch.points().stream().map(Point::tag).toList();
    if (rejected.addAll(tags)) {
      LOG.warn(
          "read refused device={} tags={} answer=\"{}\": check the tag list against the PLC's"
              + " variables in XG5000",
          device,
          tags,
          refusal);
    }
  }

  private void bad(Fetch fetch, Quality why, String reason) {
    sink.bad(
        fetch.points().stream().map(Point::tag).toList(),
        why,
        reason,
        clock.now(),
        clock.nanoTime());
  }

  // ---- writing

  @Override
  public WriteResult write(Tag tag, double value, Confirmation confirmation)
      throws DeviceException {
    Point point = byTag.get(tag);
    return point == null || point.whyReadOnly().isPresent()
        ? new WriteResult.Refused(tag + " cannot be written over XGT")
        : writer.write(point, value, confirmation);
  }

  /** Sends one request and waits for its answer; answers to reads that come first are delivered. */
  private Answer exchange(Request request) throws DeviceException {
    long startNs = clock.nanoTime();
    int id = send(request);
    while (true) {
      Link.Reply reply = link.await(deadlineNs(startNs));
      if (reply == null) {
        link.forget(id);
        throw timeout();
      }
      if (reply.invokeId() == id) {
        timeouts = 0;
        roundTripMicros = (clock.nanoTime() - startNs) / 1_000;
        return reply.answer();
      }
      arrived(reply);
    }
  }

  // ---- the rest

  @Override
  public void close() {
    link.close();
  }

  @Override
  public Traffic traffic() {
    return new Traffic(requests, earlierOverruns + schedule.overruns(), roundTripMicros);
  }

  /** What the PLC told last about itself, or null before its first answer. */
  @Nullable Header station() {
    return station.header();
  }
}
