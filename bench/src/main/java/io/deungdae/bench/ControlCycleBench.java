package io.deungdae.bench;

import com.sun.management.ThreadMXBean;
import io.deungdae.analytics.Judgement;
import io.deungdae.analytics.Slot;
import io.deungdae.collector.driver.DeviceAgent;
import io.deungdae.collector.driver.DeviceSettings;
import io.deungdae.collector.driver.Outcomes;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.store.Board;
import io.deungdae.control.alarm.AlarmBook;
import io.deungdae.control.decision.DecisionBook;
import io.deungdae.control.guard.Mode;
import io.deungdae.control.guard.Operation;
import io.deungdae.control.guard.Proposal;
import io.deungdae.control.loop.ControlLoop;
import io.deungdae.control.loop.CycleStats;
import io.deungdae.control.loop.LoopRunner;
import io.deungdae.control.loop.LoopWiring;
import io.deungdae.control.loop.OperatorProposal;
import io.deungdae.control.loop.SetpointAnswer;
import io.deungdae.control.loop.UnitWiring;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * What a control cycle costs: two units with six manipulated variables each, three hundred tags, a
 * real device agent on its own thread with a device in this process.
 *
 * <p>Three figures: time and allocation of a steady cycle, run as fast as it goes with the clock
 * pushed one period per cycle; how well the paced thread keeps its time; and how long a setpoint
 * takes from the request to the confirmed read-back.
 */
public final class ControlCycleBench {

  private static final int WARM_UP = 20_000;
  private static final int CYCLES = 50_000;
  private static final Duration PACED = Duration.ofSeconds(20);
  private static final int REQUESTS = 200;

  private final PrintStream out;
  private final BenchSite site = new BenchSite(2, 6, 300);
  private final Board board = new Board(site.tags());
  private final Outcomes outcomes = new Outcomes();
  private final List<Slot<Judgement>> slots = new ArrayList<>();
  private final DeviceAgent agent;
  private final ControlLoop loop;

  private ControlCycleBench(PrintStream out) {
    this.out = out;
    this.agent =
        new DeviceAgent(
            new DeviceSettings(
                BenchSite.DEVICE,
                "in-process",
                true,
                true,
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                site,
                site.tags().all()),
            batch -> 0,
            outcomes,
            Clock.system());
    List<UnitWiring> units = new ArrayList<>();
    for (int i = 0; i < site.units().size(); i++) {
      Slot<Judgement> slot = new Slot<>();
      slots.add(slot);
      units.add(new UnitWiring(site.units().get(i), site.settings(i), slot, effect -> {}));
    }
    this.loop =
        new ControlLoop(
            new LoopWiring(
                units,
                board,
                Map.of(BenchSite.DEVICE, agent.outbox()),
                outcomes,
                Operation.SIMULATED,
                Set.of(BenchSite.DEVICE),
                event -> {},
                new DecisionBook(100, List.of()),
                new AlarmBook(event -> {})));
  }

  /** Runs it and prints the figures. */
  public static void main(String[] args) {
    new ControlCycleBench(System.out).run();
  }

  private void run() {
    agent.start();
    try {
      takeOver();
      paced();
      for (var unit : site.units()) {
        var unused = loop.requestMode(unit.name(), Mode.AUTONOMOUS, "bench");
      }
      takeOver();
      steady();
    } finally {
      boolean ended = agent.stop(Duration.ofSeconds(5));
      out.println("agent ended: " + ended);
    }
  }

  private void publish(Instant now, long nowNs) {
    board.put(site.scan(now, nowNs));
    for (int i = 0; i < slots.size(); i++) {
      slots.get(i).put(site.judgement(i, now, nowNs));
    }
  }

  private void takeOver() {
    Clock clock = Clock.system();
    long untilNs = clock.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (clock.nanoTime() - untilNs < 0) {
      publish(clock.now(), clock.nanoTime());
      loop.tick(clock.now(), clock.nanoTime());
      if (loop.status().stream().allMatch(unit -> unit.inForce() == Mode.AUTONOMOUS)) {
        return;
      }
      LockSupport.parkNanos(5_000_000);
    }
    throw new IllegalStateException("not in force: " + loop.status());
  }

  private void steady() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long nowNs = Clock.system().nanoTime();
    Instant now = Clock.system().now();
    long[] tookNs = new long[CYCLES];
    long bytes = 0;
    for (int i = -WARM_UP; i < CYCLES; i++) {
      nowNs += loop.periodNs();
      now = now.plusNanos(loop.periodNs());
      publish(now, nowNs);
      long before = threads.getThreadAllocatedBytes(thread);
      long startNs = Clock.system().nanoTime();
      loop.tick(now, nowNs);
      long took = Clock.system().nanoTime() - startNs;
      long allocated = threads.getThreadAllocatedBytes(thread) - before;
      if (i >= 0) {
        tookNs[i] = took;
        bytes += allocated;
      }
    }
    Arrays.sort(tookNs);
    out.printf(
        "steady cycle: p50 %.1f us, p99 %.1f us, p99.9 %.1f us, max %.0f us, %d bytes per cycle%n",
        tookNs[CYCLES / 2] / 1e3,
        tookNs[CYCLES / 100 * 99] / 1e3,
        tookNs[CYCLES / 1000 * 999] / 1e3,
        tookNs[CYCLES - 1] / 1e3,
        bytes / CYCLES);
  }

  private void paced() {
    Clock clock = Clock.system();
    Thread publisher = new Thread(this::keepPublishing, "publisher");
    publisher.setDaemon(true);
    publisher.start();
    long endNs = clock.nanoTime() + PACED.toNanos();
    try (LoopRunner runner = new LoopRunner(loop, clock).start()) {
      long[] micros = requests();
      LockSupport.parkNanos(Math.max(0, endNs - clock.nanoTime()));
      while (clock.nanoTime() - endNs < 0) {
        LockSupport.parkNanos(10_000_000);
      }
      print(runner.stats(), micros);
    }
    publisher.interrupt();
  }

  private void keepPublishing() {
    while (!Thread.currentThread().isInterrupted()) {
      publish(Clock.system().now(), Clock.system().nanoTime());
      LockSupport.parkNanos(50_000_000);
    }
  }

  private long[] requests() {
    long[] micros = new long[REQUESTS];
    for (int i = 0; i < REQUESTS; i++) {
      double value = 850 + i % 10;
      long startNs = Clock.system().nanoTime();
      SetpointAnswer answer =
          loop.submit(
                  new OperatorProposal(
                      Proposal.Source.API, "bench", site.setpoint(i % 6), value, ""))
              .await(Duration.ofSeconds(5))
              .orElseThrow();
      micros[i] = (Clock.system().nanoTime() - startNs) / 1000;
      if (answer.status() != SetpointAnswer.Status.ARRIVED) {
        throw new IllegalStateException(answer.toString());
      }
    }
    Arrays.sort(micros);
    return micros;
  }

  private void print(CycleStats stats, long[] micros) {
    out.printf(
        "paced at %d ms for %d s: %d cycles, start late p50 %d us, p99 %d us, max %d us;"
            + " duration p50 %d us, p99 %d us, max %d us; overruns %d, failures %d%n",
        loop.periodNs() / 1_000_000,
        PACED.toSeconds(),
        stats.cycles(),
        stats.jitterP50(),
        stats.jitterP99(),
        stats.jitterMax(),
        stats.durationP50(),
        stats.durationP99(),
        stats.durationMax(),
        stats.overruns(),
        stats.failures());
    out.printf(
        "request to confirmed read-back, %d requests: p50 %.1f ms, p99 %.1f ms%n",
        REQUESTS, micros[REQUESTS / 2] / 1e3, micros[REQUESTS / 100 * 99] / 1e3);
  }
}
