package io.deungdae.collector.driver.mqtt;

import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.DeviceException.Kind;
import io.deungdae.collector.driver.broker.Session;
import io.deungdae.collector.signal.Clock;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * A visitor's connection, under a name of its own and with nothing acknowledged to anybody, so that
 * the gateway's own messages stay where they are. Used by one thread.
 */
final class Listening implements AutoCloseable {

  private static final int AT_ONCE = 1000;
  private static final long PAUSE_NS = 5_000_000L;

  private final MqttSpec spec;
  private final Clock clock;
  private final Session session;

  private Listening(MqttSpec spec, Clock clock, Session session) {
    this.spec = spec;
    this.clock = clock;
    this.session = session;
  }

  static Listening open(MqttSpec spec, Clock clock) throws DeviceException {
    MqttSettings settings = spec.settings();
    String name =
        "deungdae-look-" + Integer.toHexString(ThreadLocalRandom.current().nextInt() >>> 8);
    Session session =
        new Session(spec.device(), settings.link().asVisitor(name), true, clock, () -> {});
    try {
      session.broker().connect();
    } catch (DeviceException e) {
      session.close();
      throw e;
    }
    return new Listening(spec, clock, session);
  }

  /** Takes each message as it comes; false for enough. */
  interface Taker {
    boolean take(Session.Arrival arrival);
  }

  /**
   * Listens until the taker has enough, or for the device's time-out.
   *
   * @return false when the time ended it
   */
  boolean listen(String filter, Taker taker) throws DeviceException {
    List<String> refused = session.broker().subscribe(List.of(filter), 0);
    if (!refused.isEmpty()) {
      throw new DeviceException(
          Kind.REJECTED, spec.device(), "the broker refuses a subscription to " + filter);
    }
    long untilNs = clock.nanoTime() + spec.settings().link().timeout().toNanos();
    try {
      while (clock.nanoTime() - untilNs < 0) {
        session.check();
        for (Session.Arrival arrival : session.take(AT_ONCE, clock.nanoTime())) {
          if (!taker.take(arrival)) {
            return true;
          }
        }
        LockSupport.parkNanos(this, PAUSE_NS);
      }
      return false;
    } finally {
      session.broker().forget(filter);
    }
  }

  @Override
  public void close() {
    session.close();
  }
}
