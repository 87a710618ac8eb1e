package io.deungdae.control.run;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd that the gateway is alive as long as every thread that the plant depends on comes
 * round; when one does not, it stops telling, and systemd ends the gateway and starts it again.
 */
final class Watchdog {

  private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
  private static final int FRAMES = 12;

  private final Supplier<List<Pulse>> pulses;
  private final Beat beat;
  private boolean silent;
  private boolean failing;

  /** Tells that all is well. */
  @FunctionalInterface
  interface Beat {
    /** Once. */
    void tell() throws IOException;
  }

  Watchdog(Supplier<List<Pulse>> pulses, Beat beat) {
    this.pulses = pulses;
    this.beat = beat;
  }

  /** How often to call {@link #tick} for systemd's own patience. */
  static Duration pause(Duration patience) {
    return patience.dividedBy(3);
  }

  /** Tells that all is well, if it is. */
  void tick(Instant now, long nowNs) {
    List<Pulse> overdue = pulses.get().stream().filter(pulse -> pulse.isOverdue(nowNs)).toList();
    if (overdue.isEmpty()) {
      silent = false;
      tell();
    } else if (!silent) {
      silent = true;
      overdue.forEach(pulse -> report(pulse, nowNs));
    }
  }

  private void tell() {
    try {
      beat.tell();
      failing = false;
    } catch (IOException e) {
      if (!failing) {
        failing = true;
        LOG.warn("systemd cannot be told that the gateway is alive error={}", e.toString());
      }
    }
  }

  private static void report(Pulse pulse, long nowNs) {
    LOG.error(
        "thread={} hangs for {} s; systemd is not told any more that the gateway is alive, and"
            + " starts it again; report this at={}",
        pulse.thread(),
        TimeUnit.NANOSECONDS.toSeconds(pulse.ageNs(nowNs)),
        where(pulse.thread()));
  }

  private static String where(String thread) {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(entry -> entry.getKey().getName().equals(thread))
        .map(Map.Entry::getValue)
        .map(frames -> Arrays.stream(frames).limit(FRAMES).toList().toString())
        .findFirst()
        .orElse("the thread is gone");
  }
}
