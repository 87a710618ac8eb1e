package io.deungdae.collector.driver.broker;

import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.DeviceException.Kind;
import io.deungdae.collector.driver.Inbox;
import io.deungdae.collector.signal.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One connection from connecting to closing, and the messages that have come over it. Used by the
 * device's thread; library threads only add.
 *
 * <p>While messages come one after the other nobody is woken for each: the device's thread comes by
 * every few milliseconds, see {@link #rest}.
 */
public final class Session {

  private static final long PAUSE_NS = Duration.ofMillis(5).toNanos();
  private static final long QUIET_NS = Duration.ofMillis(50).toNanos();

  /** Never reached, see below. */
  private static final int CAPACITY = 20_000;

  /** From here on nothing more is read; the library has some thousands in hand at most. */
  private static final int FULL = 10_000;

  /** The same in bytes of payload. */
  private static final long FULL_BYTES = 32L << 20;

  /**
   * A message that has come.
   *
   * @param at when
   * @param atNs the same, monotonic
   */
  public record Arrival(String topic, Broker.Message message, Instant at, long atNs) {}

  private final String device;
  private final boolean lossy;
  private final Inbox<Arrival> inbox;
  private final Broker broker;
  private final Runnable wake;
  private final AtomicReference<@Nullable String> lost = new AtomicReference<>();
  private final AtomicLong waitingBytes = new AtomicLong();
  private volatile boolean asleep = true;
  private volatile boolean closed;
  private long lastNs;

  /**
   * A connection to be made.
   *
   * @param device who wants it
   * @param lossy true when messages may be lost for want of room; otherwise the link counts as lost
   *     then, because only a new one makes the broker give them again
   * @param wake wakes the device's thread
   */
  public Session(
      String device, BrokerSettings settings, boolean lossy, Clock clock, Runnable wake) {
    this.device = device;
    this.lossy = lossy;
    this.wake = wake;
    this.inbox = new Inbox<>(CAPACITY, this::wakeIfAsleep);
    this.broker =
        new Broker(
            device,
            settings,
            new Broker.Listener() {
              @Override
              public void arrived(String topic, Broker.Message message) {
                waitingBytes.addAndGet(message.payload().length);
                inbox.add(new Arrival(topic, message, clock.now(), clock.nanoTime()));
              }

              @Override
              public boolean isFull() {
                return !closed && (inbox.size() >= FULL || waitingBytes.get() >= FULL_BYTES);
              }

              @Override
              public void lost(String why) {
                lost.compareAndSet(null, why);
                wake.run();
              }
            });
  }

  private void wakeIfAsleep() {
    if (asleep) {
      asleep = false;
      wake.run();
    }
  }

  /** The connection. */
  public Broker broker() {
    return broker;
  }

  /** Does nothing while all is well. */
  public void check() throws DeviceException {
    String why = lost.get();
    if (why != null) {
      throw new DeviceException(Kind.CONNECT, device, why);
    }
    if (inbox.lost() > 0 && !lossy) {
      throw new DeviceException(
          Kind.PROTOCOL, device, "messages came faster than they could be stored");
    }
  }

  /** Takes the oldest messages, at most {@code most}. */
  public List<Arrival> take(int most, long nowNs) {
    List<Arrival> taken = inbox.take(most);
    if (!taken.isEmpty()) {
      lastNs = nowNs;
      waitingBytes.addAndGet(-taken.stream().mapToLong(a -> a.message().payload().length).sum());
    }
    return taken;
  }

  /**
   * When to come by again: soon while messages are coming, else at {@code otherwiseNs}, and the
   * next message then wakes the thread.
   */
  public long rest(long nowNs, long otherwiseNs) {
    if (nowNs - lastNs < QUIET_NS) {
      return Math.min(otherwiseNs, nowNs + PAUSE_NS);
    }
    asleep = true;
    return inbox.isEmpty() ? otherwiseNs : nowNs;
  }

  /** Ends the connection. */
  public void close() {
    closed = true;
    broker.close();
    inbox.clear();
  }
}
