package io.deungdae.control.audit;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that brings records to disk, so that the control thread never waits for one. It looks
 * into the queues every few milliseconds while records come, and a few times a second while none
 * do, and needs nobody to wake it: whoever records something makes no system call.
 */
public final class RecordThread implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RecordThread.class);
  private static final long PAUSE_NS = Duration.ofMillis(25).toNanos();
  private static final long LONGEST_PAUSE_NS = Duration.ofMillis(200).toNanos();
  private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

  private final List<Drained> queues;
  private final Thread thread;
  private final AtomicLong failures = new AtomicLong();
  private volatile boolean stopping;
  private boolean failing;

  /** Empties the queues, in the order given, once started. */
  public RecordThread(List<Drained> queues) {
    this.queues = List.copyOf(queues);
    this.thread = new Thread(this::run, "record");
    this.thread.setDaemon(true);
  }

  /** Starts it. */
  public RecordThread start() {
    thread.start();
    return this;
  }

  /** How often the disk did not take what was to be written. */
  public long failures() {
    return failures.get();
  }

  private void run() {
    long pauseNs = PAUSE_NS;
    while (!stopping) {
      pauseNs = drainAll() > 0 ? PAUSE_NS : Math.min(2 * pauseNs, LONGEST_PAUSE_NS);
      LockSupport.parkNanos(pauseNs);
    }
  }

  private int drainAll() {
    int drained = 0;
    try {
      for (Drained queue : queues) {
        drained += queue.drain();
      }
      if (failing) {
        LOG.info("records reach the disk again");
        failing = false;
      }
    } catch (IOException | RuntimeException e) { // the one catch of this thread
      failures.incrementAndGet();
      if (!failing) {
        LOG.warn("records do not reach the disk; check free space and rights: {}", e.toString());
        failing = true;
      }
    }
    return drained;
  }

  /** Stops the thread, writes the rest and closes the files. Calling it twice is harmless. */
  @Override
  public void close() {
    if (stopping) {
      return;
    }
    stopping = true;
    LockSupport.unpark(thread);
    try {
      thread.join(STOP_WITHIN.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (Drained queue : queues) {
      closeOne(queue);
    }
  }

  private static void closeOne(Drained queue) {
    try {
      queue.close();
    } catch (IOException | RuntimeException e) {
      LOG.warn("the last records did not reach the disk: {}", e.toString());
    }
  }
}
