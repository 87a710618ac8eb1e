package io.deungdae.collector.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Range;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceAgentTest {

  private static final Tag PV = Tags.read(0, "pv", Kind.NUMBER);
  private static final Tag SP = Tags.writable(1, "sp", Kind.NUMBER, 100);
  private static final Tag BARE = Tags.writable(2, "bare", Kind.NUMBER, Double.NaN);
  private static final Tag BEAT =
      Tags.tag(3, "beat", Kind.WHOLE, Tags.policy(new Range(0, 65_535), Double.NaN));

  private final PushedClock clock = new PushedClock();
  private final ScriptedDevice device = new ScriptedDevice();
  private final Outcomes outcomes = new Outcomes();
  private final List<Sample> samples = new ArrayList<>();
  private final DeviceAgent agent =
      new DeviceAgent(settings(), this::collect, outcomes, clock, () -> 1.0);
  private long ids;

  private DeviceSettings settings() {
    return new DeviceSettings(
        "plc",
        "scripted",
        true,
        false,
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(30),
        device,
        List.of(PV, SP, BARE, BEAT));
  }

  private long collect(List<Sample> batch) {
    samples.addAll(batch);
    return 0;
  }

  private long tick() {
    return agent.tick(clock.now(), clock.nanoTime());
  }

  private void push(long millis) {
    clock.push(Duration.ofMillis(millis));
  }

  private void runFor(long millis) {
    for (long t = 0; t < millis; t += 10) {
      tick();
      push(10);
    }
  }

  private Setpoint put(Tag tag, double value) {
    long nowNs = clock.nanoTime();
    Setpoint setpoint = new Setpoint(++ids, tag, value, nowNs, nowNs + 1_000_000_000L);
    agent.outbox().put(setpoint);
    return setpoint;
  }

  private static DeviceException noLink() {
    return new DeviceException(DeviceException.Kind.CONNECT, "plc", "refused");
  }

  @Test
  void nothingIsWrittenBeforeASetpointWasPut() {
    runFor(5_000);
    assertEquals(List.of(), device.writes());
    assertEquals(LinkState.UP, agent.status().state());
  }

  @Test
  void setpointGoesOutBeforeTheNextPollAndIsConfirmed() {
    tick();
    device.calls.clear();
    Setpoint setpoint = put(SP, 42);
    tick();
    assertEquals(List.of("write sp=42.0 READ_BACK", "service"), device.calls);
    Outcome outcome = outcomes.poll();
    assertEquals(setpoint, outcome == null ? null : outcome.setpoint());
    assertInstanceOf(Outcome.Confirmed.class, outcome);
  }

  @Test
  void setpointPutDuringAnExchangeIsNotMadeToWaitForTheSchedule() {
    tick();
    device.duringService = () -> put(SP, 42);
    long nextNs = tick();
    assertTrue(nextNs <= clock.nanoTime(), "wants to be called at once");
  }

  @Test
  void everyWaitingSetpointIsFollowedByOnePollSoThatPollingDoesNotStarve() {
    tick();
    put(SP, 1);
    put(BARE, 2);
    device.calls.clear();
    tick();
    tick();
    assertEquals(
        List.of("write sp=1.0 READ_BACK", "service", "write bare=2.0 READ_BACK", "service"),
        device.calls);
  }

  @Test
  void lateSetpointIsNotSent() {
    tick();
    put(SP, 42);
    push(1_001);
    tick();
    assertEquals(List.of(), device.writes());
    assertInstanceOf(Outcome.Late.class, outcomes.poll());
  }

  @Test
  void differentReadBackIsAMismatch() {
    tick();
    put(SP, 42);
    device.writeResults.add(new WriteResult.Done(43));
    tick();
    Outcome.Mismatch mismatch = assertInstanceOf(Outcome.Mismatch.class, outcomes.poll());
    assertEquals(43, mismatch.readBack());
  }

  @Test
  void readBackThatIsNoNumberIsAMismatch() {
    tick();
    put(SP, 42);
    device.writeResults.add(new WriteResult.Done(Double.NaN));
    tick();
    assertInstanceOf(Outcome.Mismatch.class, outcomes.poll());
  }

  @Test
  void readBackWithinToleranceIsConfirmed() {
    tick();
    put(SP, 42);
    device.writeResults.add(new WriteResult.Done(42.5));
    tick();
    assertInstanceOf(Outcome.Confirmed.class, outcomes.poll());
  }

  @Test
  void refusalAndUnrepresentableValueAreRefusedAndTheLinkStays() {
    tick();
    put(SP, 42);
    device.writeResults.add(new WriteResult.Refused("local mode"));
    tick();
    Outcome.Refused refused = assertInstanceOf(Outcome.Refused.class, outcomes.poll());
    assertEquals("local mode", refused.reason());
    put(SP, 42);
    device.writeResults.add(new WriteResult.NotRepresentable("too big"));
    tick();
    assertInstanceOf(Outcome.Refused.class, outcomes.poll());
    assertEquals(LinkState.UP, agent.status().state());
  }

  @Test
  void linkLostDuringAWriteFailsTheSetpoint() {
    tick();
    put(SP, 42);
    device.writeFailures.add(
        new DeviceException(DeviceException.Kind.TIMEOUT, "plc", "no answer in 500 ms"));
    tick();
    Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, outcomes.poll());
    assertEquals(DeviceException.Kind.TIMEOUT, failed.kind());
    assertEquals(LinkState.WAITING, agent.status().state());
  }

  @Test
  void setpointThatFindsNoLinkFailsAtOnce() {
    device.openFailures.add(noLink());
    tick();
    put(SP, 42);
    tick();
    assertInstanceOf(Outcome.Failed.class, outcomes.poll());
  }

  @Test
  void outageIsToldOncePerTagAndNotOncePerAttempt() {
    for (int i = 0; i < 2; i++) {
      device.openFailures.add(noLink());
    }
    runFor(10_000);
    assertEquals(4, samples.size());
    assertTrue(samples.stream().allMatch(s -> s.quality() == Quality.BAD_NO_LINK));
    device.serviceFailures.add(noLink());
    runFor(10_000);
    assertEquals(LinkState.UP, agent.status().state());
    runFor(2_000);
    assertEquals(8, samples.size(), "a second outage is told again");
    assertEquals(8, agent.status().badSamples());
  }

  @Test
  void waitsGrowToTheLongestAndStartAnewAfterALinkThatLasted() {
    for (int i = 0; i < 9; i++) {
      device.openFailures.add(noLink());
    }
    List<Long> waitsMs = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      long nextNs = tick();
      waitsMs.add((nextNs - clock.nanoTime()) / 1_000_000);
      clock.push(Duration.ofNanos(nextNs - clock.nanoTime()));
    }
    assertEquals(
        List.of(1000L, 2000L, 4000L, 8000L, 16000L, 30000L, 30000L, 30000L, 30000L), waitsMs);
    tick();
    push(31_000);
    device.serviceFailures.add(noLink());
    assertEquals(1_000_000_000L, tick() - clock.nanoTime());
  }

  @Test
  void deviceThatAcceptsAndDropsIsNotHammered() {
    for (int i = 0; i < 100; i++) {
      device.serviceFailures.add(noLink());
    }
    runFor(30_000);
    assertTrue(device.calls.stream().filter("open"::equals).count() <= 6);
  }

  @Test
  void heartbeatCountsWhileControlKeepsItAliveAndNoLonger() {
    tick();
    agent.outbox().keepAlive(BEAT, clock.nanoTime() + 1_600_000_000L);
    runFor(3_000);
    assertEquals(
        List.of(
            "write beat=1.0 NONE",
            "write beat=2.0 NONE",
            "write beat=3.0 NONE",
            "write beat=4.0 NONE"),
        device.writes());
    assertFalse(agent.status().heartbeat());
  }

  @Test
  void heartbeatIsKeptWhilePollsAreSlow() {
    device.period = Duration.ofSeconds(10);
    tick();
    long nextNs = tick();
    assertTrue(nextNs - clock.nanoTime() <= 500_000_000L);
  }

  @Test
  void unrefreshedSetpointIsShedToItsSafeValueAndTheHeartbeatStops() {
    tick();
    put(SP, 500);
    put(BARE, 600);
    agent.outbox().keepAlive(BEAT, clock.nanoTime() + 60_000_000_000L);
    runFor(1_900);
    assertEquals(500, device.held.get(SP));
    double lastBeat = device.held.getOrDefault(BEAT, 0.0);
    runFor(3_000);
    assertEquals(100, device.held.get(SP));
    assertEquals(600, device.held.get(BARE), "no safe value: left alone");
    assertEquals(lastBeat, device.held.getOrDefault(BEAT, 0.0), 1.0);
    assertFalse(agent.status().heartbeat());
    assertEquals(
        List.of(Shed.Result.SAFE_VALUE_HELD, Shed.Result.LEFT_ALONE),
        agent.shed().stream().map(Shed::result).toList());
    put(SP, 510);
    tick();
    assertEquals(List.of(BARE), agent.shed().stream().map(Shed::tag).toList());
  }

  @Test
  void refreshedSetpointIsNotShed() {
    tick();
    put(SP, 500);
    for (int i = 0; i < 10; i++) {
      runFor(1_000);
      agent.outbox().refresh(SP, clock.nanoTime());
    }
    assertEquals(List.of("write sp=500.0 READ_BACK"), device.writes());
  }

  @Test
  void releasedTagKeepsWhatItHas() {
    tick();
    put(SP, 500);
    tick();
    agent.outbox().release(SP);
    runFor(5_000);
    assertEquals(500, device.held.get(SP));
  }

  @Test
  void safeValueThatFindsNoLinkIsWrittenWhenThereIsOne() {
    tick();
    put(SP, 500);
    tick();
    device.serviceFailures.add(noLink());
    for (int i = 0; i < 2; i++) {
      device.openFailures.add(noLink());
    }
    runFor(2_900);
    assertEquals(Shed.Result.WAITING, agent.shed().get(0).result());
    assertEquals(500, device.held.get(SP));
    runFor(5_000);
    assertEquals(100, device.held.get(SP));
  }

  @Test
  void safeValueThatIsNotTakenIsTriedAFewTimesAndReported() {
    tick();
    put(SP, 500);
    tick();
    for (int i = 0; i < 20; i++) {
      device.writeResults.add(new WriteResult.Refused("local mode"));
    }
    runFor(20_000);
    assertEquals(1 + 5, device.writes().size());
    assertEquals(Shed.Result.NOT_TAKEN, agent.shed().get(0).result());
  }

  @Test
  void safeValueIsNotWrittenWhereTheDeviceNeverTookASetpoint() {
    device.openFailures.add(noLink());
    tick();
    put(SP, 500);
    runFor(10_000);
    assertEquals(LinkState.UP, agent.status().state());
    put(SP, 500);
    device.writeResults.add(new WriteResult.Refused("local mode"));
    runFor(10_000);
    assertEquals(List.of("write sp=500.0 READ_BACK"), device.writes());
    assertEquals(Shed.Result.LEFT_ALONE, agent.shed().get(0).result());
  }

  @Test
  void ourOwnMistakeShedsAndReconnects() {
    tick();
    put(SP, 500);
    agent.outbox().keepAlive(BEAT, clock.nanoTime() + 60_000_000_000L);
    runFor(20);
    device.serviceFailures.add(new IllegalStateException("a bug"));
    runFor(100);
    assertEquals(1, agent.bugs());
    assertEquals(LinkState.WAITING, agent.status().state());
    assertTrue(device.calls.contains("close"), "closed at once");
    runFor(2_000);
    assertEquals(LinkState.UP, agent.status().state());
    assertEquals(100, device.held.get(SP));
    assertFalse(agent.status().heartbeat());
  }

  @Test
  void ourOwnMistakeDuringAWriteEndsTheSetpoint() {
    tick();
    put(SP, 500);
    device.writeFailures.add(new IllegalStateException("a bug"));
    tick();
    assertInstanceOf(Outcome.Failed.class, outcomes.poll());
    assertNull(outcomes.poll());
  }

  @Test
  void samplesAreCounted() {
    tick();
    device.deliver(Sample.number(PV, 1, clock.now(), clock.now(), clock.nanoTime()));
    device.deliver(Sample.bad(PV, Quality.BAD_TIMEOUT, clock.now(), clock.nanoTime()));
    tick();
    assertEquals(2, agent.status().samples());
    assertEquals(1, agent.status().badSamples());
  }

  @Test
  void threadStopsInBoundedTimeAndShedsWhatItHolds() {
    agent.start();
    put(SP, 500);
    await(() -> device.held.containsKey(SP));
    assertTrue(agent.stop(Duration.ofSeconds(5)));
    assertTrue(agent.stop(Duration.ofSeconds(5)), "twice is harmless");
    assertEquals(100, device.held.get(SP));
    assertEquals("close", device.calls.get(device.calls.size() - 1));
    assertEquals(LinkState.DOWN, agent.status().state());
  }

  private void await(java.util.function.BooleanSupplier condition) {
    long endNs = System.nanoTime() + 5_000_000_000L;
    while (!condition.getAsBoolean() && System.nanoTime() < endNs) {
      java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
    }
    assertTrue(condition.getAsBoolean());
  }
}
