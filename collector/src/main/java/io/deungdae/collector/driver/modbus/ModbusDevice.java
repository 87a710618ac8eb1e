package io.deungdae.collector.driver.modbus;

import io.deungdae.collector.driver.Device;
import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.SampleSink;
import io.deungdae.collector.driver.Traffic;
import io.deungdae.collector.driver.WriteResult;
import io.deungdae.collector.driver.modbus.Link.Urgency;
import io.deungdae.collector.driver.scan.Block;
import io.deungdae.collector.driver.scan.Schedule;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Modbus device: reads its points in blocks, taking one answer a call, and writes single
 * points.
 *
 * <p>A block that the device refuses because of an address, or answers with another number of
 * values, is halved until the point that is to blame stands alone; a refused one is BAD and tried
 * again rarely, all others go on. What was learnt is kept when the link is made anew, until a
 * refused point answers: then everything is merged again. A lost answer, or a gateway's word that
 * the unit behind it does not answer, makes the points of one block bad; after some in a row the
 * link counts as gone. So that this does not take hours where polls are that rare, a block that
 * used to answer is asked again at once.
 */
final class ModbusDevice implements Device {

  private static final Logger LOG = LoggerFactory.getLogger(ModbusDevice.class);
  private static final long NOTHING_TO_DO_NS = Duration.ofSeconds(1).toNanos();
  private static final int MOST_CELLS = 2000; // Modbus Application Protocol V1.1b3 §6.1

  /** How often a busy device is asked again, and looked at whether it has done what it began. */
  private static final int TRIES = 25;

  private static final long BETWEEN_TRIES_NS = 20_000_000;

  private final String device;
  private final ModbusSettings settings;
  private final List<Point> points;
  private final Map<Tag, Point> byTag;
  private final long loopPeriodNs;
  private final Link link;
  private final SampleSink sink;
  private final Clock clock;
  private final Set<Tag> rejected = new HashSet<>();
  private final Map<Integer, Flight> underWay = new HashMap<>();
  private final int[] cells = new int[MOST_CELLS];
  private final CellWriter registers;
  private final CellWriter coils;
  private List<Block<Point>> blocks;
  private Schedule<Read> schedule = new Schedule<>(List.of(), 0);
  private FastLoop loop = new FastLoop(List.of(), 0, 0);
  private boolean mergeAgain;
  private boolean misfitTold;
  private int tickets;
  private int timeouts;
  private long requests;
  private long earlierOverruns;
  private long roundTripMicros = -1;

  /** A read under way; {@code entry} is null for one of the fast loop. */
  private record Flight(
      Read read,
      Schedule.@Nullable Entry<Read> entry,
      Schedule<Read> schedule,
      FastLoop loop,
      long sentNs) {}

  /**
   * A device that is not yet open.
   *
   * @param loopPeriod period of the points that are read in the fast loop; zero for none
   */
  ModbusDevice(
      String device,
      ModbusSettings settings,
      List<Point> points,
      Duration loopPeriod,
      Link link,
      SampleSink sink,
      Clock clock) {
    this.device = device;
    this.settings = settings;
    this.points = points;
    this.byTag = points.stream().collect(Collectors.toMap(Point::tag, Function.identity()));
    this.loopPeriodNs = loopPeriod.toNanos();
    this.link = link;
    this.sink = sink;
    this.clock = clock;
    this.registers = CellWriter.ofRegisters(device, settings.registerWrite());
    this.coils = CellWriter.ofCoils(device, settings.coilWrite());
    this.blocks = plan();
  }

  private List<Block<Point>> plan() {
    return new ArrayList<>(new ReadPlan(settings.maxBlock(), settings.maxGap()).blocks(points));
  }

  @Override
  public void open() throws DeviceException {
    underWay.clear();
    link.open();
    timeouts = 0;
    begin();
  }

  private void begin() {
    long nowNs = clock.nanoTime();
    earlierOverruns += schedule.overruns();
    Map<Boolean, List<Read>> reads =
        blocks.stream()
            .map(Read::new)
            .collect(Collectors.partitioningBy(read -> read.periodNs() == loopPeriodNs));
    schedule = new Schedule<>(reads.getOrDefault(false, List.of()), nowNs);
    loop = new FastLoop(reads.getOrDefault(true, List.of()), settings.fastRest().toNanos(), nowNs);
    mergeAgain = false;
  }

  @Override
  public long service(long nowNs) throws DeviceException {
    while (underWay.size() < link.room() && launchNext(nowNs)) {
      requests++;
    }
    if (!underWay.isEmpty()) {
      Answer answer = link.receive();
      if (answer != null) {
        settle(answer);
      }
    }
    if (mergeAgain) {
      blocks = plan();
      begin();
    }
    return underWay.isEmpty() ? nextDueNs(clock.nanoTime()) : nowNs;
  }

  private long nextDueNs(long nowNs) {
    long otherNs = schedule.nextDueNs(nowNs + NOTHING_TO_DO_NS);
    long loopNs = loop.dueNs(nowNs, otherNs);
    return loopNs - otherNs < 0 ? loopNs : otherNs;
  }

  private boolean launchNext(long nowNs) throws DeviceException {
    boolean otherDue = schedule.nextDueNs(nowNs + 1) - nowNs <= 0;
    Read fast = loop.next(nowNs, otherDue);
    if (fast != null) {
      launch(new Flight(fast, null, schedule, loop, clock.nanoTime()));
      return true;
    }
    Schedule.Entry<Read> entry = schedule.take(nowNs);
    if (entry == null) {
      return false;
    }
    loop.otherRead();
    launch(new Flight(entry.scan(), entry, schedule, loop, clock.nanoTime()));
    return true;
  }

  private void launch(Flight flight) throws DeviceException {
    int ticket = nextTicket();
    underWay.put(ticket, flight);
    link.send(ticket, flight.read().request, Urgency.IN_TURN);
  }

  private int nextTicket() {
    return ++tickets;
  }

  private void settle(Answer answer) throws DeviceException {
    Flight flight = underWay.remove(answer.ticket());
    if (flight == null) {
      throw new IllegalStateException("an answer to nothing: " + answer.ticket());
    }
    byte[] pdu = answer.pdu();
    if (pdu == null) {
      lost(flight, Quality.BAD_TIMEOUT, noAnswerInTime());
      return;
    }
    roundTripMicros = (clock.nanoTime() - flight.sentNs()) / 1_000;
    if (Pdu.isException(pdu)) {
      refused(flight, Refusal.of(pdu));
      return;
    }
    timeouts = 0;
    if (Pdu.cells(pdu, flight.read().count, cells)) {
      deliver(flight);
      again(flight);
    } else {
      misfit(flight);
    }
  }

  private void lost(Flight flight, Quality why, String reason) throws DeviceException {
    if (++timeouts >= link.patience()) {
      throw noAnswer(reason);
    }
    Read read = flight.read();
    bad(read, why, reason);
    boolean rare = read.periodNs() > link.patience() * settings.timeout().toNanos();
    if (rare && read.hasBeenAnswered() && flight.entry() != null && isOfPresent(flight)) {
      schedule.soon(flight.entry(), clock.nanoTime());
    } else {
      again(flight);
    }
  }

  private String noAnswerInTime() {
    return "no answer in " + settings.timeout().toMillis() + " ms";
  }

  private DeviceException noAnswer(String reason) {
    return new DeviceException(
        DeviceException.Kind.TIMEOUT, device, settings.endpoint() + ": " + reason);
  }

  private void again(Flight flight) {
    if (flight.entry() != null && isOfPresent(flight)) {
      schedule.again(flight.entry(), clock.nanoTime());
    }
  }

  /** A flight of an earlier schedule has no place in the present one. */
  private boolean isOfPresent(Flight flight) {
    return flight.schedule() == schedule;
  }

  private void deliver(Flight flight) {
    Read read = flight.read();
    read.answered();
    Instant now = clock.now();
    long nowNs = clock.nanoTime();
    boolean all = flight.entry() != null || read.isToTell(nowNs);
    List<Sample> samples = new ArrayList<>(all ? read.points().size() : 1);
    for (Point point : read.points()) {
      if (all || read.hasChanged(point, cells)) {
        Sample sample = point.sample(cells, point.start() - read.start, now, nowNs);
        if (!sample.quality().isGood()) {
          sink.reason(point.tag(), point.why(sample.quality()));
        }
        samples.add(sample);
      }
    }
    if (flight.entry() == null) {
      read.keep(cells);
    }
    if (!rejected.isEmpty()) {
      accepted(read);
    }
    if (!samples.isEmpty()) {
      sink.accept(samples);
    }
  }

  /** Some devices answer a request that is too long for them with a part of it. */
  private void misfit(Flight flight) {
    if (!misfitTold) {
      misfitTold = true;
      LOG.warn(
          "answer of another length than asked for device={} registers={}: set maxBlock to what the"
              + " device takes",
          device,
          flight.read().count);
    }
    if (flight.read().points().size() > 1) {
      split(flight);
      return;
    }
    bad(flight.read(), Quality.BAD_MALFORMED, "an answer of another length than asked for");
    again(flight);
  }

  private void take(byte[] pdu, int count) throws DeviceException {
    if (!Pdu.cells(pdu, count, cells)) {
      throw new DeviceException(
          DeviceException.Kind.PROTOCOL,
          device,
          settings.endpoint() + " sent another number of values than asked for");
    }
  }

  private void accepted(Read read) {
    for (Point point : read.points()) {
      mergeAgain |= rejected.remove(point.tag());
    }
  }

  private void refused(Flight flight, Refusal refusal) throws DeviceException {
    Read read = flight.read();
    if (refusal.isAbsence()) {
      lost(flight, refusal.quality(), refusal.toString());
      return;
    }
    timeouts = 0;
    if (refusal.concernsAddress() && read.points().size() > 1) {
      split(flight);
      return;
    }
    bad(read, refusal.quality(), refusal.toString());
    if (refusal.quality() != Quality.BAD_REJECTED) {
      again(flight);
      return;
    }
    tellRejected(read, refusal);
    long nowNs = clock.nanoTime();
    long retryNs = settings.retryRejected().toNanos();
    read.rest(nowNs + retryNs);
    if (flight.entry() != null && isOfPresent(flight)) {
      schedule.later(flight.entry(), nowNs, retryNs);
    }
  }

  private void split(Flight flight) {
    Read read = flight.read();
    List<Block<Point>> halves = read.block.halves();
    blocks.remove(read.block);
    blocks.addAll(halves);
    List<Read> parts = halves.stream().map(Read::new).toList();
    if (flight.entry() == null) {
      flight.loop().replace(read, parts);
    } else if (isOfPresent(flight)) {
      schedule.replace(flight.entry(), parts, clock.nanoTime());
    }
  }

  private void tellRejected(Read read, Refusal refusal) {
    List<Tag> tags = read.points().stream().map(Point::tag).toList();
    if (rejected.addAll(tags)) {
      LOG.warn(
          "address refused device={} tags={} answer={}: check the tag list against the device's"
              + " map",
          device,
          tags,
          refusal);
    }
  }

  private void bad(Read read, Quality why, String reason) {
    read.forget();
    sink.bad(
        read.points().stream().map(Point::tag).toList(),
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
    if (point == null || point.whyReadOnly().isPresent()) {
      return new WriteResult.Refused(tag + " cannot be written over Modbus");
    }
    OptionalLong raw = point.raw(value);
    if (raw.isEmpty()) {
      return new WriteResult.NotRepresentable(
          value + " cannot be held as " + point.encoding() + " within the tag's tolerance");
    }
    byte[] answer = send(point, raw.getAsLong());
    if (!Pdu.isException(answer)) {
      return new WriteResult.Done(
          confirmation == Confirmation.READ_BACK ? readBack(point) : Double.NaN);
    }
    Refusal refusal = Refusal.of(answer);
    if (refusal.isAcknowledgement() && Pdu.writes(answer)) {
      return new WriteResult.Done(
          confirmation == Confirmation.READ_BACK ? awaited(point, value) : Double.NaN);
    }
    return new WriteResult.Refused(refusal + hint(point, refusal));
  }

  private String hint(Point point, Refusal refusal) {
    boolean mask =
        point.address().isRegisterBit()
            && settings.bitWrite() == ModbusSettings.BitWrite.MASK_WRITE;
    return mask && refusal.concernsFunction()
        ? "; bitWrite: read-modify-write does without function 22"
        : "";
  }

  /**
   * What the device holds once it has done what it acknowledged, or when patience is at its end.
   */
  private double awaited(Point point, double value) throws DeviceException {
    double held = readBack(point);
    for (int left = TRIES; left > 0 && !point.tag().writePolicy().isSame(value, held); left--) {
      LockSupport.parkNanos(BETWEEN_TRIES_NS);
      held = readBack(point);
    }
    return held;
  }

  /** Sends a request to write, again when the device is busy. */
  private byte[] command(byte[] request) throws DeviceException {
    byte[] answer = exchange(request);
    for (int left = TRIES; left > 0 && isBusy(answer); left--) {
      LockSupport.parkNanos(BETWEEN_TRIES_NS);
      answer = exchange(request);
    }
    if (Pdu.isException(answer) && Refusal.of(answer).isAbsence()) {
      throw noAnswer(Refusal.of(answer).toString());
    }
    return answer;
  }

  private static boolean isBusy(byte[] answer) {
    return Pdu.isException(answer) && Refusal.of(answer).isBusy();
  }

  /** Sends a request before all others, and takes what else is under way as it comes. */
  private byte[] exchange(byte[] request) throws DeviceException {
    int ticket = nextTicket();
    requests++;
    long sentNs = clock.nanoTime();
    link.send(ticket, request, Urgency.FIRST);
    while (true) {
      Answer answer = link.receive();
      if (answer == null) {
        continue;
      }
      if (answer.ticket() != ticket) {
        settle(answer);
        continue;
      }
      byte[] pdu = answer.pdu();
      if (pdu == null) {
        throw noAnswer(noAnswerInTime());
      }
      roundTripMicros = (clock.nanoTime() - sentNs) / 1_000;
      return pdu;
    }
  }

  private byte[] send(Point point, long raw) throws DeviceException {
    int start = point.start();
    if (point.table().isBits()) {
      return coils.write(start, raw != 0 ? 1 : 0, this::command);
    }
    if (point.address().isRegisterBit()) {
      return sendBit(point, raw != 0);
    }
    int[] words = point.encoding().words(raw);
    return words.length == 1
        ? registers.write(start, words[0], this::command)
        : command(Wire.writeRegisters(start, words));
  }

  private byte[] sendBit(Point point, boolean on) throws DeviceException {
    int start = point.start();
    Order order = point.encoding().order();
    int mask = order.bytes(1 << point.address().bit());
    if (settings.bitWrite() == ModbusSettings.BitWrite.MASK_WRITE) {
      return command(Wire.maskWrite(start, mask, on));
    }
    byte[] before = exchange(Wire.read(point.table(), start, 1));
    if (Pdu.isException(before)) {
      return before;
    }
    take(before, 1);
    int word = on ? cells[0] | mask : cells[0] & ~mask;
    return registers.write(start, word, this::command);
  }

  private double readBack(Point point) throws DeviceException {
    byte[] answer = exchange(Wire.read(point.table(), point.start(), point.cells()));
    if (Pdu.isException(answer)) {
      return Double.NaN;
    }
    take(answer, point.cells());
    return point.value(cells, 0);
  }

  // ---- the rest

  @Override
  public void close() {
    underWay.clear();
    link.close();
  }

  @Override
  public Traffic traffic() {
    return new Traffic(requests, earlierOverruns + schedule.overruns(), roundTripMicros);
  }
}
