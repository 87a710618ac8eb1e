package io.deungdae.collector.driver.modbus;

import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.DeviceException.Kind;
import io.deungdae.collector.driver.modbus.Link.Urgency;
import io.deungdae.collector.signal.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * One line that several units share: a serial line, or the connection to a device server or
 * gateway. Their devices' threads take turns; what happens in a turn is one exchange.
 *
 * <p>Answers on a line of RTU frames carry no number. So after a lost answer the unit is left alone
 * until another time-out has passed, and what comes meanwhile is thrown away. A connection is hung
 * up as well and made anew, which leaves behind what is under way on it; not so for a unit that
 * does not live, so that looking for it does not cost the others their connection. Where answers
 * carry a number, late ones are known, and the connection is made anew when nobody answers any
 * more.
 *
 * <p>Thread-safe.
 */
final class Bus {

  /** Longest wait for a turn, nanoseconds. */
  static final long LONGEST_WAIT_NS = Duration.ofSeconds(30).toNanos();

  private static final int SILENT_EXCHANGES = 3;

  private final LinkSettings settings;
  private final FramedLink link;
  private final Clock clock;
  private final Turns turns = new Turns();

  private final Map<Integer, Long> quietUntilNs = new ConcurrentHashMap<>();

  /** Only by who has the turn. */
  private boolean up;

  /** Likewise: lost answers in a row, whosever. */
  private int lost;

  Bus(LinkSettings settings, FramedLink link, Clock clock) {
    this.settings = settings;
    this.link = link;
    this.clock = clock;
  }

  /** How it is set; the same for all on it. */
  LinkSettings settings() {
    return settings;
  }

  /** Takes a place in the queue. */
  Object queue(Urgency urgency) {
    return turns.queue(urgency);
  }

  /** Waits for the turn of a place; false when it did not come in time. */
  boolean await(Object place, long atMostNs) {
    return turns.await(place, atMostNs);
  }

  /** Gives a place up. */
  void leave(Object place) {
    turns.leave(place);
  }

  /** Connects, unless it is connected. To be called in a turn, which it gives back. */
  void open() throws DeviceException {
    try {
      connect();
    } finally {
      turns.give();
    }
  }

  private void connect() throws DeviceException {
    if (!up) {
      link.open();
      up = true;
    }
  }

  /**
   * Asks a unit and waits for its answer. To be called in a turn, which it gives back.
   *
   * @param ticket what the answer is to carry
   * @param timeoutNs longest wait for the answer, nanoseconds
   * @param alive true for a unit that has answered before, whose answer is rather late than none
   * @throws DeviceException when the line is gone
   */
  Answer exchange(int unit, int ticket, byte[] pdu, long timeoutNs, boolean alive)
      throws DeviceException {
    try {
      return ask(unit, ticket, pdu, timeoutNs, alive);
    } finally {
      turns.give();
    }
  }

  /**
   * Waits until a unit may be asked again after a lost answer. Others have their turns meanwhile.
   */
  void waitForQuiet(int unit) {
    long untilNs = quietUntilNs.getOrDefault(unit, Long.MIN_VALUE);
    if (untilNs == Long.MIN_VALUE) {
      return;
    }
    for (long leftNs = untilNs - clock.nanoTime();
        leftNs > 0 && !Thread.currentThread().isInterrupted();
        leftNs = untilNs - clock.nanoTime()) {
      LockSupport.parkNanos(leftNs);
    }
    quietUntilNs.remove(unit);
  }

  private Answer ask(int unit, int ticket, byte[] pdu, long timeoutNs, boolean alive)
      throws DeviceException {
    connect();
    try {
      link.send(ticket, unit, pdu, timeoutNs);
      Answer answer = link.receive();
      lost = answer.pdu() == null ? lost + 1 : 0;
      if (answer.pdu() == null) {
        leaveBehind(unit, timeoutNs, alive);
      }
      return answer;
    } catch (DeviceException e) {
      if (e.kind() != Kind.PROTOCOL || link.numbersRequests()) {
        disconnect();
        throw e;
      }
      leaveBehind(unit, timeoutNs, true); // noise, or two units at once: an answer like a lost one
      return Answer.lost(ticket);
    }
  }

  private void leaveBehind(int unit, long timeoutNs, boolean hangUp) {
    if (link.numbersRequests()) {
      if (lost >= SILENT_EXCHANGES) {
        disconnect();
      }
      return;
    }
    quietUntilNs.put(unit, clock.nanoTime() + timeoutNs);
    if (hangUp && link.canHangUp()) {
      disconnect();
    } else {
      link.forget();
    }
  }

  private void disconnect() {
    up = false;
    lost = 0;
    link.close();
  }

  /** Drops the line, for the last one that leaves. Never throws. */
  void close() {
    Object place = turns.queue(Urgency.FIRST);
    boolean free = turns.await(place, LONGEST_WAIT_NS);
    disconnect();
    if (free) {
      turns.give();
    } else {
      turns.leave(place);
    }
  }
}
