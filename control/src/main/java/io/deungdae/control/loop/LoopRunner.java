package io.deungdae.control.loop;

import io.deungdae.collector.signal.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Paces a control loop on the thread {@code control}, by the monotonic clock: a jump of the wall
 * clock changes nothing. A cycle that was missed is skipped, not made up for. Between cycles it
 * serves requests, so that they are not made to wait for the next one.
 */
public final class LoopRunner implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LoopRunner.class);
  private static final long LOOK_AGAIN_NS = 2_000_000L;
  private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

  private final ControlLoop loop;
  private final Clock clock;
  private final Thread thread;
  private final Histogram jitter = new Histogram();
  private final Histogram duration = new Histogram();
  private volatile boolean stopping;
  private volatile long cycledNs;
  private volatile CycleStats stats = new CycleStats(0, 0, 0, 0, 0, 0, 0, 0, 0);

  // ---- the control thread's own
  private long dueNs;
  private long publishNs;
  private long cycles;
  private long overruns;
  private long failures;
  private boolean failing;

  /** A runner, not yet started. */
  public LoopRunner(ControlLoop loop, Clock clock) {
    this.loop = loop;
    this.clock = clock;
    this.thread = new Thread(this::run, "control");
    this.cycledNs = clock.nanoTime();
  }

  /** Starts it. */
  public LoopRunner start() {
    loop.onRequest(() -> LockSupport.unpark(thread));
    thread.start();
    return this;
  }

  /** How well it keeps its time; at most a second old. */
  public CycleStats stats() {
    return stats;
  }

  /** When the last cycle ended, well or not, monotonic. */
  public long lastCycleNs() {
    return cycledNs;
  }

  /** The name of its thread. */
  public String threadName() {
    return thread.getName();
  }

  private void run() {
    dueNs = clock.nanoTime();
    publishNs = dueNs;
    while (!stopping) {
      long waitNs = dueNs - clock.nanoTime();
      if (waitNs <= 0) {
        cycle(-waitNs);
      } else {
        LockSupport.parkNanos(serve() ? Math.min(waitNs, LOOK_AGAIN_NS) : waitNs);
      }
    }
    stop();
  }

  private boolean serve() {
    return guarded(loop::serve, clock.now(), clock.nanoTime());
  }

  private boolean tick(Instant now, long nowNs) {
    loop.tick(now, nowNs);
    failing = false;
    return true;
  }

  /** The one catch for our own mistakes. */
  private boolean guarded(Work work, Instant now, long nowNs) {
    try {
      return work.run(now, nowNs);
    } catch (RuntimeException | Error e) {
      failed(e, now, nowNs);
      return false;
    }
  }

  private interface Work {
    boolean run(Instant now, long nowNs);
  }

  private void cycle(long lateNs) {
    Instant now = clock.now();
    long startNs = clock.nanoTime();
    guarded(this::tick, now, startNs);
    long endNs = clock.nanoTime();
    long tookNs = endNs - startNs;
    cycledNs = endNs;
    measure(lateNs, tookNs, now);
  }

  private void measure(long lateNs, long tookNs, Instant now) {
    cycles++;
    jitter.add(lateNs / 1000);
    duration.add(tookNs / 1000);
    long periodNs = loop.periodNs();
    dueNs += periodNs;
    long behindNs = clock.nanoTime() - dueNs;
    long skipped = behindNs > 0 ? 1 + behindNs / periodNs : 0;
    if (lateNs > periodNs || tookNs > periodNs || skipped > 0) {
      overruns++;
      dueNs += skipped * periodNs;
      loop.overrun(lateNs / 1000, tookNs / 1000, skipped, now);
    }
    if (dueNs - publishNs > 0) {
      publishNs = dueNs + 1_000_000_000L;
      publish();
    }
  }

  private void publish() {
    stats =
        new CycleStats(
            cycles,
            overruns,
            failures,
            jitter.percentile(0.5),
            jitter.percentile(0.99),
            jitter.max(),
            duration.percentile(0.5),
            duration.percentile(0.99),
            duration.max());
  }

  private void failed(Throwable error, Instant now, long nowNs) {
    failures++;
    if (!failing) {
      LOG.error("control cycle failed; units are let go and demoted; report this", error);
      failing = true;
      loop.fail(error, now, nowNs);
    }
  }

  private void stop() {
    loop.stop(clock.now(), clock.nanoTime());
    publish();
  }

  /** Stops the thread and waits for it, for a bounded time. Calling it twice is harmless. */
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
