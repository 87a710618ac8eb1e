package io.deungdae.simulators.plant;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets plant time pass at a multiple of real time, in a thread of its own: every 20 ms it passes on
 * what is due by the monotonic clock. When it was held up it catches up at most half a second of
 * real time at once and lets the rest go.
 */
public final class Pacer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Pacer.class);
  private static final long PERIOD_NS = 20_000_000;
  private static final long MOST_NS = 500_000_000;
  private static final long STOP_MS = 2000;

  /** Something that lives in plant time. */
  @FunctionalInterface
  public interface Paced {

    /** Lets {@code seconds} of plant time pass. */
    void step(double seconds);
  }

  private final Paced paced;
  private final double speed;
  private final WallClock clock;
  private final Thread thread;
  private volatile boolean stopping;
  private final AtomicLong forgoneNs = new AtomicLong();

  /**
   * Starts at once.
   *
   * @param name name of the thread
   * @param paced what is paced; used by the pacer's thread only
   * @param speed plant seconds in a second
   */
  public Pacer(String name, Paced paced, double speed, WallClock clock) {
    if (!(speed > 0 && speed <= 10_000)) {
      throw new IllegalArgumentException("speed must be above 0 and at most 10000: " + speed);
    }
    this.paced = paced;
    this.speed = speed;
    this.clock = clock;
    thread = new Thread(this::run, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    long lastNs = clock.nanoTime();
    while (!stopping) {
      LockSupport.parkNanos(PERIOD_NS);
      long nowNs = clock.nanoTime();
      long passedNs = nowNs - lastNs;
      lastNs = nowNs;
      if (passedNs > MOST_NS) {
        forgoneNs.addAndGet(passedNs - MOST_NS);
        passedNs = MOST_NS;
      }
      if (!step(passedNs / 1e9 * speed)) {
        return;
      }
    }
  }

  private boolean step(double seconds) {
    try {
      paced.step(seconds);
      return true;
    } catch (RuntimeException e) {
      LOG.error("plant stopped thread={} action=\"restart the simulators\"", thread.getName(), e);
      return false;
    }
  }

  /** Real time that was let go because the machine was too slow, ns. */
  public long forgoneNs() {
    return forgoneNs.get();
  }

  /** Stops; waits for it at most two seconds. Harmless the second time. */
  @Override
  public void close() {
    stopping = true;
    LockSupport.unpark(thread);
    try {
      thread.join(STOP_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
