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
 * One line that several units share: a serial line, or the connection to a serial device server.
 * Their devices' threads take turns; what happens in a turn is one exchange.
 *
 * <p>Answers on such a line carry no number. So after a lost answer a connection is hung up and
 * made anew, which leaves the late answer behind; a serial line cannot be hung up, so the unit is
 * left alone until another time-out has passed, and what comes meanwhile is thrown away.
 *
 * <p>Thread-safe.
 */
final class Bus {

  private static final long LONGEST_WAIT_NS = Duration.ofSeconds(30).toNanos();

  private final LinkSettings settings;
  private final FramedLink link;
  private final Clock clock;
  private final Turns turns = new Turns();

  private final Map<Integer, Long> quietUntilNs = new ConcurrentHashMap<>();

  /** Only by who has the turn. */
  private boolean up;

  Bus(LinkSettings settings, FramedLink link, Clock clock) {
    this.settings = settings;
    this.link = link;
    this.clock = clock;
  }

  /** How it is set; the same for all on it. */
  LinkSettings settings() {
    return settings;
  }

  /** What one of the units wants done in its turn. */
  private interface Work<T> {
    T run() throws DeviceException;
  }

  private <T> T inTurn(String device, Urgency urgency, Work<T> work) throws DeviceException {
    if (!turns.take(urgency, LONGEST_WAIT_NS)) {
      throw new DeviceException(
          Kind.TIMEOUT, device, settings.endpoint() + " was in use by others all the time");
    }
    try {
      return work.run();
    } finally {
      turns.give();
    }
  }

  /** Connects, unless it is connected. */
  void open(String device) throws DeviceException {
    inTurn(
        device,
        Urgency.IN_TURN,
        () -> {
          connect();
          return true;
        });
  }

  private void connect() throws DeviceException {
    if (!up) {
      link.open();
      up = true;
    }
  }

  /**
   * Asks a unit and waits for its answer. The wait for the turn comes before the time-out begins.
   *
   * @param ticket what the answer is to carry
   * @param timeoutNs longest wait for the answer, nanoseconds
   * @throws DeviceException when the line is gone
   */
  Answer exchange(String device, int unit, int ticket, byte[] pdu, long timeoutNs, Urgency urgency)
      throws DeviceException {
    waitForQuiet(unit);
    return inTurn(device, urgency, () -> exchange(unit, ticket, pdu, timeoutNs));
  }

  /** Others have their turns meanwhile. */
  private void waitForQuiet(int unit) {
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

  private Answer exchange(int unit, int ticket, byte[] pdu, long timeoutNs) throws DeviceException {
    connect();
    try {
      link.send(ticket, unit, pdu, timeoutNs);
      Answer answer = link.receive();
      if (answer.pdu() == null) {
        leaveBehind(unit, timeoutNs);
      }
      return answer;
    } catch (DeviceException e) {
      if (e.kind() != Kind.PROTOCOL) {
        disconnect();
        throw e;
      }
      leaveBehind(unit, timeoutNs); // noise, or two units at once: an answer like a lost one
      return Answer.lost(ticket);
    }
  }

  private void leaveBehind(int unit, long timeoutNs) {
    if (link.canHangUp()) {
      disconnect();
    } else {
      link.forget();
      quietUntilNs.put(unit, clock.nanoTime() + timeoutNs);
    }
  }

  private void disconnect() {
    up = false;
    link.close();
  }

  /** Drops the line, for the last one that leaves. Never throws. */
  void close() {
    boolean free = turns.take(Urgency.FIRST, LONGEST_WAIT_NS);
    disconnect();
    if (free) {
      turns.give();
    }
  }
}
