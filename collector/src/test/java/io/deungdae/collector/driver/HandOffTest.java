package io.deungdae.collector.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.Range;
import io.deungdae.collector.signal.Tag;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HandOffTest {

  private static final Tag SP = Tags.writable(0, "sp", Kind.NUMBER, 1);

  @Test
  void fullInboxLosesTheOldestAndCounts() {
    AtomicInteger wakes = new AtomicInteger();
    Inbox<Integer> inbox = new Inbox<>(3, wakes::incrementAndGet);
    for (int i = 0; i < 5; i++) {
      inbox.add(i);
    }
    assertEquals(List.of(2, 3), inbox.take(2));
    assertEquals(4, inbox.poll());
    assertNull(inbox.poll());
    assertEquals(2, inbox.lost());
    assertEquals(5, wakes.get());
  }

  @Test
  void newerSetpointTakesThePlaceOfOneNotYetSent() {
    Outcomes outcomes = new Outcomes();
    Outbox outbox = new Outbox(outcomes, () -> {});
    Setpoint first = new Setpoint(1, SP, 10, 0, 100);
    Setpoint second = new Setpoint(2, SP, 20, 50, 150);
    outbox.put(first);
    outbox.put(second);
    assertEquals(new Outcome.Superseded(first, 50), outcomes.poll());
    assertEquals(second, outbox.take());
    assertNull(outbox.take());
  }

  @Test
  void setpointStillWaitingWhenItsHoldRunsOutEndsLate() {
    Outcomes outcomes = new Outcomes();
    Outbox outbox = new Outbox(outcomes, () -> {});
    outbox.put(new Setpoint(1, SP, 10, 0, 100));
    assertEquals(List.of(SP), outbox.takeExpired(2_000_000_000L));
    assertInstanceOf(Outcome.Late.class, outcomes.poll());
    assertNull(outbox.take());
    assertEquals(List.of(), outbox.takeExpired(4_000_000_000L), "only once");
  }

  @Test
  void tagThatMayNotBeWrittenCannotBeat() {
    Outbox outbox = new Outbox(new Outcomes(), () -> {});
    Tag readOnly = Tags.read(1, "pv", Kind.WHOLE);
    assertThrows(IllegalStateException.class, () -> outbox.keepAlive(readOnly, 1));
  }

  @Test
  void heartbeatWrapsAt65535AndAtTheTagsOwnLimit() {
    Heartbeats beats = new Heartbeats();
    Tag wide = Tags.tag(1, "wide", Kind.WHOLE, Tags.policy(new Range(0, 1e9), Double.NaN));
    Tag flag = Tags.tag(2, "flag", Kind.FLAG, Tags.policy(new Range(0, 1), Double.NaN));
    double last = 0;
    for (int i = 0; i < 65_535; i++) {
      last = beats.next(wide);
    }
    assertEquals(65_535, last);
    assertEquals(0, beats.next(wide));
    assertEquals(1, beats.next(wide));
    assertEquals(
        List.of(1.0, 0.0, 1.0), List.of(beats.next(flag), beats.next(flag), beats.next(flag)));
  }

  @Test
  void fullOutcomesLoseTheOldestAndCount() {
    Outcomes outcomes = new Outcomes();
    for (int i = 0; i < 1025; i++) {
      outcomes.add(new Outcome.Late(new Setpoint(i, SP, 1, 0, 0), 0));
    }
    assertEquals(1, outcomes.lost());
    Outcome oldest = outcomes.poll();
    assertEquals(1, oldest == null ? -1 : oldest.setpoint().id());
  }
}
