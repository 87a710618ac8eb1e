package io.deungdae.collector.driver.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.driver.modbus.Link.Urgency;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class TurnsTest {

  private static final long LONG_NS = Duration.ofSeconds(10).toNanos();

  private final Turns turns = new Turns();
  private final List<String> order = new CopyOnWriteArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  /** Starts somebody who wants turns, and waits until they stand in the queue. */
  private void queue(String name, Urgency urgency, int rounds) {
    int before = turns.waiting();
    Thread thread = new Thread(() -> take(name, urgency, rounds), name);
    threads.add(thread);
    thread.start();
    while (turns.waiting() == before) {
      LockSupport.parkNanos(100_000);
    }
  }

  private void take(String name, Urgency urgency, int rounds) {
    for (int i = 0; i < rounds; i++) {
      if (turns.await(turns.queue(urgency), LONG_NS)) {
        order.add(name);
        turns.give();
      }
    }
  }

  private void end() throws InterruptedException {
    for (Thread thread : threads) {
      thread.join(10_000);
    }
  }

  private boolean take(Urgency urgency, long atMostNs) {
    Object place = turns.queue(urgency);
    boolean taken = turns.await(place, atMostNs);
    if (!taken) {
      turns.leave(place);
    }
    return taken;
  }

  @Test
  void everybodyInTheOrderOfAskingAndSetpointsFirst() throws InterruptedException {
    assertTrue(take(Urgency.IN_TURN, 0));
    queue("a", Urgency.IN_TURN, 1);
    queue("b", Urgency.IN_TURN, 1);
    queue("setpoint", Urgency.FIRST, 1);
    queue("c", Urgency.IN_TURN, 1);
    turns.give();
    end();
    assertEquals(List.of("setpoint", "a", "b", "c"), order);
  }

  @Test
  void waitIsBoundedAndWhoGivesUpHoldsUpNobody() {
    assertTrue(take(Urgency.IN_TURN, 0));
    assertFalse(take(Urgency.FIRST, 1_000_000));
    turns.give();
    assertTrue(take(Urgency.IN_TURN, 0));
  }

  @Test
  void whoWaitsKeepsThePlaceWhileOthersGoBefore() {
    assertTrue(take(Urgency.IN_TURN, 0));
    Object first = turns.queue(Urgency.IN_TURN);
    Object second = turns.queue(Urgency.IN_TURN);
    assertFalse(turns.await(first, 1_000_000));
    turns.give();
    assertTrue(take(Urgency.FIRST, 0), "a setpoint goes before");
    turns.give();
    assertFalse(turns.await(second, 1_000_000), "the first place was kept");
    assertTrue(turns.await(first, 0));
    turns.give();
    assertTrue(turns.await(second, 0));
  }

  @Test
  void interruptedThreadGetsNoTurnAndStaysInterrupted() {
    Thread.currentThread().interrupt();
    assertTrue(take(Urgency.IN_TURN, 0), "no need to wait");
    assertFalse(take(Urgency.IN_TURN, LONG_NS));
    assertTrue(Thread.interrupted());
  }
}
