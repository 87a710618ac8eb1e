package io.deungdae.control.run;

import io.deungdae.collector.signal.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that lets something do what is due, at a steady pace by the monotonic clock. An error of
 * ours in it is counted and logged once of a run; the next turn comes all the same.
 */
final class AgentThread implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AgentThread.class);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

  private final Clock clock;
  private final long pauseNs;
  private final Turn turn;
  private final Thread thread;
  private final AtomicLong failures = new AtomicLong();
  private volatile boolean stopping;

  /** What is due. */
  @FunctionalInterface
  interface Turn {
    /** Does a bounded amount of work. */
    void tick(Instant now, long nowNs) throws Exception;
  }

  AgentThread(String name, Clock clock, Duration pause, Turn turn) {
    this.clock = clock;
    this.pauseNs = pause.toNanos();
    this.turn = turn;
    this.thread = new Thread(this::run, name);
    this.thread.setDaemon(true);
  }

  AgentThread start() {
    thread.start();
    return this;
  }

  /** Errors of ours since start. */
  long failures() {
    return failures.get();
  }

  private void run() {
    boolean failing = false;
    long dueNs = clock.nanoTime();
    while (!stopping) {
      try {
        turn.tick(clock.now(), clock.nanoTime());
        failing = false;
      } catch (Exception | Error e) { // the one catch for our own mistakes
        failures.incrementAndGet();
        if (!failing) {
          LOG.error("thread={} failed; it goes on; report this", thread.getName(), e);
        }
        failing = true;
      }
      long nowNs = clock.nanoTime();
      dueNs = Math.max(dueNs + pauseNs, nowNs);
      LockSupport.parkNanos(dueNs - nowNs);
    }
  }

  @Override
  public void close() {
    stopping = true;
    LockSupport.unpark(thread);
    try {
      thread.join(STOP_WITHIN.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
