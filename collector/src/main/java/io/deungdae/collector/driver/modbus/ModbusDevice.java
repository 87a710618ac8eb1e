package io.deungdae.collector.driver.modbus;

import com.ghgande.j2mod.modbus.msg.ExceptionResponse;
import com.ghgande.j2mod.modbus.msg.ModbusRequest;
import com.ghgande.j2mod.modbus.msg.ModbusResponse;
import io.deungdae.collector.driver.Device;
import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.SampleSink;
import io.deungdae.collector.driver.Traffic;
import io.deungdae.collector.driver.WriteResult;
import io.deungdae.collector.driver.scan.Block;
import io.deungdae.collector.driver.scan.Schedule;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Modbus device: reads its points in blocks, one block a call, and writes single points.
 *
 * <p>A block that the device refuses because of an address is halved until the refused point stands
 * alone; that one is BAD and tried again rarely, all others go on. A lost answer makes the points
 * of one block BAD_TIMEOUT; after three in a row the link counts as gone.
 */
final class ModbusDevice implements Device {

  private static final Logger LOG = LoggerFactory.getLogger(ModbusDevice.class);
  private static final int TIMEOUTS_IN_A_ROW = 3;
  private static final long NOTHING_TO_DO_NS = Duration.ofSeconds(1).toNanos();

  private final String device;
  private final ModbusSettings settings;
  private final List<Point> points;
  private final Map<Tag, Point> byTag;
  private final Link link;
  private final SampleSink sink;
  private final Clock clock;
  private final Set<Tag> rejected = new HashSet<>();
  private Schedule<Block<Point>> schedule = new Schedule<>(List.of(), 0);
  private int timeouts;
  private long requests;
  private long earlierOverruns;
  private long roundTripMicros = -1;

  ModbusDevice(
      String device,
      ModbusSettings settings,
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
  }

  @Override
  public void open() throws DeviceException {
    link.open();
    timeouts = 0;
    earlierOverruns += schedule.overruns();
    ReadPlan plan = new ReadPlan(settings.maxBlock(), settings.maxGap());
    schedule = new Schedule<>(plan.blocks(points), clock.nanoTime());
  }

  @Override
  public long service(long nowNs) throws DeviceException {
    Schedule.Entry<Block<Point>> entry = schedule.take(nowNs);
    if (entry != null) {
      read(entry);
    }
    return schedule.nextDueNs(nowNs + NOTHING_TO_DO_NS);
  }

  private void read(Schedule.Entry<Block<Point>> entry) throws DeviceException {
    Block<Point> block = entry.scan();
    ModbusResponse response;
    try {
      response = exchange(Wire.read(block.first().table(), block.start(), block.count()));
    } catch (DeviceException e) {
      if (e.kind() != DeviceException.Kind.TIMEOUT
          || !link.survivesTimeout()
          || ++timeouts >= TIMEOUTS_IN_A_ROW) {
        throw e;
      }
      bad(block, Quality.BAD_TIMEOUT);
      schedule.again(entry, clock.nanoTime());
      return;
    }
    timeouts = 0;
    if (response instanceof ExceptionResponse refusal) {
      refused(entry, Refusal.of(refusal));
    } else {
      deliver(block, response);
      schedule.again(entry, clock.nanoTime());
    }
  }

  private void deliver(Block<Point> block, ModbusResponse response) throws DeviceException {
    int[] cells = cells(response, block.count());
    Instant now = clock.now();
    long nowNs = clock.nanoTime();
    List<Sample> samples = new ArrayList<>(block.points().size());
    for (Point point : block.points()) {
      samples.add(point.sample(cells, point.start() - block.start(), now, nowNs));
      rejected.remove(point.tag());
    }
    sink.accept(samples);
  }

  private int[] cells(ModbusResponse response, int count) throws DeviceException {
    Optional<int[]> cells = Wire.cells(response, count);
    if (cells.isEmpty()) {
      throw new DeviceException(
          DeviceException.Kind.PROTOCOL,
          device,
          settings.endpoint() + " sent another number of values than asked for");
    }
    return cells.get();
  }

  private void refused(Schedule.Entry<Block<Point>> entry, Refusal refusal) {
    long nowNs = clock.nanoTime();
    Block<Point> block = entry.scan();
    if (refusal.concernsAddress() && block.points().size() > 1) {
      schedule.replace(entry, block.halves(), nowNs);
      return;
    }
    bad(block, refusal.quality());
    if (refusal.quality() == Quality.BAD_REJECTED) {
      tellRejected(block, refusal);
      schedule.later(entry, nowNs, settings.retryRejected().toNanos());
    } else {
      schedule.again(entry, nowNs);
    }
  }

  private void tellRejected(Block<Point> block, Refusal refusal) {
    List<Tag> tags = block.points().stream().map(Point::tag).toList();
    if (rejected.addAll(tags)) {
      LOG.warn(
          "address refused device={} tags={} answer={}: check the tag list against the device's"
              + " map",
          device,
          tags,
          refusal);
    }
  }

  private void bad(Block<Point> block, Quality why) {
    Instant now = clock.now();
    long nowNs = clock.nanoTime();
    sink.accept(block.points().stream().map(p -> Sample.bad(p.tag(), why, now, nowNs)).toList());
  }

  private ModbusResponse exchange(ModbusRequest request) throws DeviceException {
    long startNs = clock.nanoTime();
    requests++;
    ModbusResponse response = link.exchange(request);
    roundTripMicros = (clock.nanoTime() - startNs) / 1_000;
    return response;
  }

  // ---- writing

  @Override
  public WriteResult write(Tag tag, double value, Confirmation confirmation)
      throws DeviceException {
    Point point = byTag.get(tag);
    if (point == null || point.whyReadOnly().isPresent()) {
      return new WriteResult.Refused(tag + " cannot be written over Modbus");
    }
    OptionalLong raw = point.raw(value);
    if (raw.isEmpty()) {
      return new WriteResult.NotRepresentable(
          value + " cannot be held as " + point.encoding() + " within the tag's tolerance");
    }
    ModbusResponse response = send(point, raw.getAsLong());
    if (response instanceof ExceptionResponse refusal) {
      return new WriteResult.Refused(Refusal.of(refusal).toString());
    }
    return new WriteResult.Done(
        confirmation == Confirmation.READ_BACK ? readBack(point) : Double.NaN);
  }

  private ModbusResponse send(Point point, long raw) throws DeviceException {
    int start = point.start();
    if (point.table().isBits()) {
      return exchange(Wire.writeCoil(start, raw != 0));
    }
    if (point.address().isRegisterBit()) {
      return sendBit(point, raw != 0);
    }
    int[] words = point.encoding().words(raw);
    boolean single =
        words.length == 1 && settings.registerWrite() == ModbusSettings.RegisterWrite.SINGLE;
    return exchange(
        single ? Wire.writeRegister(start, words[0]) : Wire.writeRegisters(start, words));
  }

  private ModbusResponse sendBit(Point point, boolean on) throws DeviceException {
    int start = point.start();
    Order order = point.encoding().order();
    int mask = order.bytes(1 << point.address().bit());
    if (settings.bitWrite() == ModbusSettings.BitWrite.MASK_WRITE) {
      return exchange(Wire.maskWrite(start, mask, on));
    }
    ModbusResponse before = exchange(Wire.read(point.table(), start, 1));
    if (before instanceof ExceptionResponse) {
      return before;
    }
    int word = cells(before, 1)[0];
    return exchange(Wire.writeRegister(start, on ? word | mask : word & ~mask));
  }

  private double readBack(Point point) throws DeviceException {
    ModbusResponse response = exchange(Wire.read(point.table(), point.start(), point.cells()));
    return response instanceof ExceptionResponse
        ? Double.NaN
        : point.value(cells(response, point.cells()), 0);
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
}
