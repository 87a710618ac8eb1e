package io.deungdae.control.cli;

import io.deungdae.collector.signal.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Keeps a gateway's process running as the launcher does: one that died (killed, crashed, out of
 * memory) is started again, after waits that grow from a second to half a minute; one that ended
 * well, could not start or was stopped by somebody is not.
 */
final class GatewayKeeper implements AutoCloseable {

  /** Well, could not start, wrong settings, SIGINT, SIGTERM; the same list as in the launcher. */
  private static final Set<Integer> MEANT_TO_END = Set.of(0, 1, 2, 130, 143);

  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final Duration RAN_WELL = Duration.ofMinutes(1);
  private static final int STOP_SECONDS = 20;

  private final ProcessBuilder builder;
  private final Consumer<String> say;
  private final Clock clock;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread = new Thread(this::keep, "gateway-keeper");
  private volatile Process process;

  /**
   * Starts the gateway.
   *
   * @param builder how; its output is appended to {@code log}
   * @param say gets a line for each restart
   */
  GatewayKeeper(ProcessBuilder builder, Path log, Consumer<String> say, Clock clock)
      throws IOException {
    this.builder =
        builder
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .redirectErrorStream(true);
    this.say = say;
    this.clock = clock;
    this.process = this.builder.start();
    thread.setDaemon(true);
    thread.start();
  }

  /** True when it ended and is not started again. */
  boolean endsWithin(long time, TimeUnit unit) throws InterruptedException {
    thread.join(Math.max(1, unit.toMillis(time)));
    return !thread.isAlive();
  }

  /** Waits until it ends for good; returns its last exit code. */
  int waitFor() throws InterruptedException {
    thread.join();
    return process.exitValue();
  }

  private void keep() {
    Duration wait = FIRST_WAIT;
    try {
      while (true) {
        long beganNs = clock.nanoTime();
        int code = process.waitFor();
        if (MEANT_TO_END.contains(code) || stopping.getCount() == 0) {
          return;
        }
        if (clock.nanoTime() - beganNs > RAN_WELL.toNanos()) {
          wait = FIRST_WAIT;
        }
        say.accept("the gateway died (code " + code + "); starting it again");
        if (stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
        wait =
            wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
        process = builder.start();
      }
    } catch (IOException e) {
      say.accept("the gateway cannot be started again: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops it: asks first, and kills it when it takes too long. */
  @Override
  public void close() {
    stopping.countDown();
    Process last = process;
    last.destroy();
    try {
      if (!last.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        last.destroyForcibly();
      }
      thread.join(1_000);
      process.destroy(); // when it was just being started again
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
