package io.deungdae.collector.driver;

import io.deungdae.collector.driver.Device.Confirmation;
import io.deungdae.collector.retry.Backoff;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one device on a thread of its own: keeps the link, lets the driver do what is due, writes
 * setpoints and heartbeats in between, and sheds what nobody refreshes.
 *
 * <p>A waiting setpoint goes out before every other exchange, so its latency is at most one
 * exchange, however full the polling schedule is; after it one other exchange is done, so setpoints
 * cannot starve the rest.
 *
 * <p>Nothing is written before control has put a setpoint or kept a heartbeat alive. When the hold
 * of a tag runs out, the agent writes its safe value if it has one, reads it back, and stops all
 * heartbeats, so that the PLC's own watchdog sheds as well. The same happens when the agent is
 * stopped while tags are held, because from then on nobody watches over them; control that wants
 * the plant to keep its values releases the tags first. A safe value that finds no link is written
 * as soon as there is one.
 *
 * <p>{@link #start}, {@link #stop}, {@link #wake} and the accessors may be called from any thread.
 */
public final class DeviceAgent {

  private static final Logger LOG = LoggerFactory.getLogger(DeviceAgent.class);

  /** Longest rest, so that holds run out on time to a tenth of a second. */
  private static final long LONGEST_REST_NS = 100_000_000L;

  /** A wake-up later than this is counted. */
  private static final long LATE_NS = 20_000_000L;

  private static final int SAFE_VALUES_PER_STOP = 64;

  private final DeviceSettings settings;
  private final Outcomes outcomes;
  private final Clock clock;
  private final Device device;
  private final Outbox outbox;
  private final Backoff backoff;
  private final SampleSink sink;
  private final DoubleSupplier chance;
  private final DeviceCounters counters;
  private final Heartbeats heartbeats = new Heartbeats();
  private final Shedding shedding = new Shedding();
  private final OverrunWatch overruns;
  private final Deque<Tag> beatsDue = new ArrayDeque<>();
  private final Thread thread;
  private final AtomicBoolean woken = new AtomicBoolean();
  private final AtomicLong lateWakeUps = new AtomicLong();
  private final AtomicLong bugs = new AtomicLong();
  private volatile boolean stopping;
  private volatile DeviceStatus status;
  private volatile long roundNs;

  // ---- the device thread's own

  private LinkState state = LinkState.DOWN;
  private Instant since;
  private boolean lossTold;
  private boolean mustClose;
  private long upSinceNs;
  private long attemptNs;
  private long beatNs;
  private long samples;
  private long badSamples;
  private long errors;
  private long reconnects;
  private long writes;
  private long countedRequests;
  private boolean everUp;
  private boolean beating;
  private @Nullable String lastError;
  private String lastBug = "";
  private @Nullable Setpoint inFlight;

  /**
   * An agent for one device, not yet started.
   *
   * @param settings the device
   * @param sink where its samples go
   * @param outcomes where the outcomes of its setpoints go
   * @param clock the time
   */
  public DeviceAgent(DeviceSettings settings, SampleSink sink, Outcomes outcomes, Clock clock) {
    this(settings, sink, outcomes, clock, () -> ThreadLocalRandom.current().nextDouble());
  }

  DeviceAgent(
      DeviceSettings settings,
      SampleSink sink,
      Outcomes outcomes,
      Clock clock,
      DoubleSupplier chance) {
    this(settings, sink, outcomes, clock, chance, new Outbox(outcomes));
  }

  private DeviceAgent(
      DeviceSettings settings,
      SampleSink sink,
      Outcomes outcomes,
      Clock clock,
      DoubleSupplier chance,
      Outbox outbox) {
    this.chance = chance;
    this.settings = settings;
    this.outcomes = outcomes;
    this.clock = clock;
    this.sink = sink;
    this.counters = new DeviceCounters(settings.tags());
    this.outbox = outbox;
    this.backoff = new Backoff(settings.firstWait(), settings.longestWait(), chance);
    this.since = clock.now();
    this.attemptNs = clock.nanoTime();
    this.beatNs = attemptNs;
    this.roundNs = attemptNs;
    this.overruns = new OverrunWatch(settings.name(), attemptNs);
    this.device = settings.spec().build(new Counted(), clock, this::wake);
    this.thread = new Thread(this::run, "device-" + settings.name());
    this.thread.setDaemon(true);
    outbox.onPut(this::wake);
    this.status = snapshot();
  }

  /**
   * An agent for the same device with other settings, not yet started: it has this one's outbox, so
   * that control's way to the device stays. Only for an agent that has been stopped.
   */
  public DeviceAgent successor(DeviceSettings changed) {
    return new DeviceAgent(changed, sink, outcomes, clock, chance, outbox);
  }

  /** The device's name. */
  public String name() {
    return settings.name();
  }

  /** The device's tags. */
  public List<Tag> tags() {
    return settings.tags();
  }

  /** The one way to write to the device. */
  public Outbox outbox() {
    return outbox;
  }

  /** How the device is doing. */
  public DeviceStatus status() {
    return status;
  }

  /** What is counted beyond the status. */
  public DeviceCounters counters() {
    return counters;
  }

  /** The tags given up and not yet taken back; for alarms. */
  public List<Shed> shed() {
    return shedding.list();
  }

  /** How often the thread woke more than 20 ms later than it had asked for. */
  public long lateWakeUps() {
    return lateWakeUps.get();
  }

  /**
   * When its thread last came round, monotonic. Ten times a second while nothing is due; an
   * exchange with the device takes up to its time-out, connecting several of them.
   */
  public long lastRoundNs() {
    return roundNs;
  }

  /** The name of its thread. */
  public String threadName() {
    return thread.getName();
  }

  /** How often a tick failed for a reason that is not the network's: a bug. */
  public long bugs() {
    return bugs.get();
  }

  /** Starts the thread. Once. */
  public void start() {
    thread.start();
  }

  /** Asks the thread to end, without waiting. */
  public void end() {
    stopping = true;
    wake();
  }

  /**
   * Asks the thread to end and waits for it: it finishes the exchange under way, sheds, and closes
   * the device. Stopping twice, or before the start, is harmless.
   *
   * @param atMost longest wait; after it the thread is interrupted and left behind
   * @return true when it has ended
   */
  public boolean stop(Duration atMost) {
    end();
    try {
      thread.join(Math.max(1, atMost.toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      thread.interrupt();
    }
    return !thread.isAlive();
  }

  /** Wakes the thread when it rests. Never waits. */
  public void wake() {
    woken.set(true);
    LockSupport.unpark(thread);
  }

  // ---- the device's thread

  private void run() {
    while (!stopping) {
      long nowNs = clock.nanoTime();
      roundNs = nowNs;
      rest(tick(clock.now(), nowNs));
    }
    finish();
  }

  private void rest(long untilNs) {
    long restNs = Math.min(untilNs - clock.nanoTime(), LONGEST_REST_NS);
    if (restNs <= 0 || woken.getAndSet(false)) {
      return;
    }
    long askedNs = clock.nanoTime() + restNs;
    LockSupport.parkNanos(this, restNs);
    Thread.interrupted(); // a library's stray interrupt must not turn resting into spinning
    if (!woken.getAndSet(false) && clock.nanoTime() - askedNs > LATE_NS) {
      lateWakeUps.incrementAndGet();
    }
  }

  /**
   * Does one bounded piece of work: connects, or writes at most one setpoint and does at most one
   * other exchange.
   *
   * @return when there is more to do, monotonic; at or before {@code nowNs} for at once
   */
  long tick(Instant now, long nowNs) {
    try {
      return step(now, nowNs);
    } catch (RuntimeException | Error e) { // the one catch for our own mistakes
      return failed(e, now, clock.nanoTime());
    } finally {
      status = snapshot();
    }
  }

  private long step(Instant now, long nowNs) {
    try {
      if (mustClose) {
        mustClose = false;
        device.close();
        tellLoss(now, nowNs);
      }
      shedExpired(now, nowNs);
      return state == LinkState.UP ? work(nowNs) : connect(now, nowNs);
    } catch (DeviceException e) {
      return lost(e, now, clock.nanoTime());
    }
  }

  private void shedExpired(Instant now, long nowNs) {
    List<Tag> expired = outbox.takeExpired(nowNs);
    if (!expired.isEmpty()) {
      LOG.warn(
          "setpoints not refreshed device={} tags={}: control does not run; shedding",
          name(),
          expired);
      giveUp(expired, now, nowNs);
    }
  }

  private void giveUp(List<Tag> tags, Instant now, long nowNs) {
    outbox.stopBeating();
    beatsDue.clear();
    beating = false;
    shedding.add(tags, now, nowNs);
  }

  // ---- link up

  private long work(long nowNs) throws DeviceException {
    writeWaiting();
    Tag shed = shedding.next(nowNs);
    if (shed != null) {
      writeSafe(shed);
      return nowNs;
    }
    Tag beat = nextBeat(nowNs);
    if (beat != null) {
      write(beat, heartbeats.next(beat), Confirmation.NONE);
      return nowNs;
    }
    long nextNs = device.service(clock.nanoTime());
    if (outbox.hasWaiting()) {
      return nowNs;
    }
    return nextNs - beatNs > 0 ? beatNs : nextNs;
  }

  private void writeWaiting() throws DeviceException {
    Setpoint setpoint = outbox.take();
    if (setpoint == null) {
      return;
    }
    long sentNs = clock.nanoTime();
    if (sentNs - setpoint.deadlineNs() > 0) {
      outcomes.add(new Outcome.Late(setpoint, sentNs));
      return;
    }
    inFlight = setpoint;
    writes++;
    try {
      WriteResult result = write(setpoint.tag(), setpoint.value(), Confirmation.READ_BACK);
      outcomes.add(outcome(setpoint, sentNs, result));
      inFlight = null;
    } catch (DeviceException e) {
      shedding.taken(setpoint.tag()); // perhaps
      endInFlight(e.kind(), String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private Outcome outcome(Setpoint setpoint, long sentNs, WriteResult result) {
    long atNs = clock.nanoTime();
    if (result instanceof WriteResult.Done done) {
      shedding.taken(setpoint.tag());
      return same(setpoint.tag(), setpoint.value(), done.readBack())
          ? new Outcome.Confirmed(setpoint, atNs, sentNs, done.readBack())
          : new Outcome.Mismatch(setpoint, atNs, sentNs, done.readBack());
    }
    if (result instanceof WriteResult.Refused refused) {
      return new Outcome.Refused(setpoint, atNs, refused.reason());
    }
    if (result instanceof WriteResult.NotRepresentable not) {
      return new Outcome.Refused(setpoint, atNs, not.reason());
    }
    throw new AssertionError(result);
  }

  private static boolean same(Tag tag, double written, double readBack) {
    return tag.writePolicy().isSame(written, readBack);
  }

  private void endInFlight(DeviceException.Kind kind, String reason) {
    if (inFlight != null) {
      outcomes.add(new Outcome.Failed(inFlight, clock.nanoTime(), kind, reason));
      inFlight = null;
    }
  }

  private void writeSafe(Tag tag) throws DeviceException {
    double safe = tag.writePolicy().safeValue();
    WriteResult result = write(tag, safe, Confirmation.READ_BACK);
    if (result instanceof WriteResult.Done done && same(tag, safe, done.readBack())) {
      shedding.held(tag);
      LOG.warn("safe value written device={} tag={} value={}", name(), tag, safe);
    } else {
      shedding.notTaken(tag, clock.nanoTime());
    }
  }

  private @Nullable Tag nextBeat(long nowNs) {
    if (beatNs - nowNs <= 0) {
      beatNs = Math.max(beatNs + settings.heartbeat().toNanos(), nowNs);
      beatsDue.clear();
      beatsDue.addAll(outbox.beating(nowNs));
      beating = !beatsDue.isEmpty();
    }
    return beatsDue.poll();
  }

  private WriteResult write(Tag tag, double value, Confirmation confirmation)
      throws DeviceException {
    WriteResult result = device.write(tag, value, confirmation);
    if (!(result instanceof WriteResult.Done)) {
      errors++;
      counters.failure(DeviceCounters.Failure.WRITE);
      lastError = "write of " + tag + ": " + result;
    }
    return result;
  }

  // ---- link down

  private long connect(Instant now, long nowNs) throws DeviceException {
    if (attemptNs - nowNs > 0) {
      failWaiting("no link; nothing was sent");
      return attemptNs;
    }
    enter(LinkState.CONNECTING, now);
    status = snapshot();
    device.open();
    long upNs = clock.nanoTime();
    enter(LinkState.UP, clock.now());
    upSinceNs = upNs;
    reconnects += everUp ? 1 : 0;
    everUp = true;
    lossTold = false;
    LOG.info("link up device={} endpoint={}", name(), settings.spec().endpoint());
    return upNs;
  }

  private long lost(DeviceException e, Instant now, long nowNs) {
    if (!lossTold) {
      LOG.warn(
          "link down device={} endpoint={} kind={}: {}",
          name(),
          settings.spec().endpoint(),
          e.kind(),
          e.getMessage());
    }
    counters.failure(e.kind());
    dropLink(e.kind() + ": " + e.getMessage(), now, nowNs);
    failWaiting("no link; nothing was sent");
    device.close();
    tellLoss(now, nowNs);
    return attemptNs;
  }

  /** Touches nothing that could fail again; the device is closed by the next tick. */
  private long failed(Throwable e, Instant now, long nowNs) {
    bugs.incrementAndGet();
    counters.failure(DeviceCounters.Failure.INTERNAL);
    if (!lastBug.equals(e.toString())) {
      lastBug = e.toString();
      LOG.error("internal error device={}: shedding and reconnecting; please report", name(), e);
    }
    mustClose = state != LinkState.WAITING; // a failing close is not tried again
    dropLink("internal error: " + e, now, nowNs);
    endInFlight(DeviceException.Kind.PROTOCOL, "internal error: " + e);
    failWaiting("internal error; nothing was sent");
    giveUp(outbox.takeHeld(), now, nowNs);
    return mustClose ? nowNs : attemptNs;
  }

  private void dropLink(String why, Instant now, long nowNs) {
    errors++;
    lastError = why;
    if (state == LinkState.UP) {
      backoff.wasUpFor(nowNs - upSinceNs);
    }
    beating = false;
    beatsDue.clear();
    enter(LinkState.WAITING, now);
    attemptNs = nowNs + backoff.nextNs();
  }

  private void tellLoss(Instant now, long nowNs) {
    if (!lossTold) {
      lossTold = true;
      String why = lastError == null || stopping ? "the gateway has stopped" : lastError;
      new Counted().bad(settings.tags(), Quality.BAD_NO_LINK, why, now, nowNs);
    }
  }

  private void failWaiting(String reason) {
    for (Setpoint s = outbox.take(); s != null; s = outbox.take()) {
      outcomes.add(new Outcome.Failed(s, clock.nanoTime(), DeviceException.Kind.CONNECT, reason));
    }
  }

  // ---- the end

  private void finish() {
    try {
      failWaiting("the gateway stops; nothing was sent");
      giveUp(outbox.takeHeld(), clock.now(), clock.nanoTime());
      if (state == LinkState.UP) {
        writeSafeValues();
      }
    } catch (DeviceException e) {
      errors++;
      counters.failure(e.kind());
      lastError = e.getMessage();
    } finally {
      device.close();
      enter(LinkState.DOWN, clock.now());
      status = snapshot();
    }
    tellLoss(clock.now(), clock.nanoTime());
    LOG.info("stopped device={}", name());
  }

  private void writeSafeValues() throws DeviceException {
    long nowNs = clock.nanoTime();
    for (int i = 0; i < SAFE_VALUES_PER_STOP; i++) {
      Tag tag = shedding.next(nowNs);
      if (tag == null) {
        return;
      }
      writeSafe(tag);
    }
  }

  // ---- counting

  private long deliver(List<Sample> batch) {
    samples += batch.size();
    for (Sample sample : batch) {
      badSamples += sample.quality().isBad() ? 1 : 0;
      lossTold &= sample.quality().isBad(); // usable values may come before the link counts as up
      counters.sample(sample);
    }
    return sink.accept(batch);
  }

  /** Where the device's samples go: past the counters, into the sink. */
  private final class Counted implements SampleSink {
    @Override
    public long accept(List<Sample> batch) {
      return deliver(batch);
    }

    @Override
    public void reason(Tag tag, String text) {
      sink.reason(tag, text);
    }

    @Override
    public void malformed(String sample) {
      errors++;
      counters.failure(DeviceCounters.Failure.MALFORMED);
      lastError = sample;
      sink.malformed(sample);
    }

    @Override
    public long committed() {
      return sink.committed();
    }

    @Override
    public long acceptPast(List<Sample> batch) {
      samples += batch.size();
      return sink.acceptPast(batch);
    }

    @Override
    public List<Sample> unknown(List<Sample> again) {
      return sink.unknown(again);
    }
  }

  private void enter(LinkState next, Instant now) {
    if (state != next) {
      state = next;
      since = now;
    }
  }

  private DeviceStatus snapshot() {
    Traffic traffic = device.traffic();
    overruns.look(traffic, clock.nanoTime());
    if (traffic.requests() != countedRequests && traffic.roundTripMicros() >= 0) {
      countedRequests = traffic.requests();
      counters.roundTrips().add(traffic.roundTripMicros());
    }
    return new DeviceStatus(
        settings.name(),
        settings.protocol(),
        settings.spec().endpoint(),
        settings.simulated(),
        state,
        since,
        samples,
        badSamples,
        traffic.requests(),
        errors,
        reconnects,
        traffic.overruns(),
        writes,
        traffic.roundTripMicros(),
        beating,
        lastError);
  }
}
