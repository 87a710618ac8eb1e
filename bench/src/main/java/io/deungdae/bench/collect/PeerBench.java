package io.deungdae.bench.collect;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * What it costs other people's collectors to take the same signals from the same source as {@link
 * CollectBench} does, measured in the same way. They take the values and do nothing with them.
 *
 * <p>Arguments: protocol (modbus, opcua, mqtt), tags (10000), seconds (30), runs (3). {@code
 * -Dpeers} is the class path of PLC4X, {@code -Dmemory} its memory, {@code -Dwarmup=60} the seconds
 * before it is measured.
 */
public final class PeerBench {

  private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("warmup", 60));
  private static final Duration START = Duration.ofSeconds(10);

  private PeerBench() {}

  /** Runs it and prints a line for each run. */
  public static void main(String[] args) throws Exception {
    int tags = args.length > 1 ? Integer.parseInt(args[1]) : 10_000;
    int seconds = args.length > 2 ? Integer.parseInt(args[2]) : 30;
    int runs = args.length > 3 ? Integer.parseInt(args[3]) : 3;
    for (int run = 0; run < runs; run++) {
      run(args[0], tags, seconds);
    }
  }

  private static void run(String protocol, int tags, int seconds) throws Exception {
    Path folder = Files.createTempDirectory("peer-bench");
    String memory = System.getProperty("memory", "-Xms32m -Xmx120m");
    try (Load load = Load.of(protocol, tags, 1, folder);
        PeerProcess peer = PeerProcess.start(protocol, load.port(), tags, memory)) {
      Thread.sleep(START.toMillis());
      load.begin((int) WARM_UP.toSeconds() + seconds);
      Thread.sleep(WARM_UP.toMillis());
      ProcessFigures figures = peer.figures();
      Duration cpu = figures.cpu();
      long values = peer.values();
      long startNs = System.nanoTime();
      Thread.sleep(seconds * 1000L);
      double tookS = (System.nanoTime() - startNs) / 1e9;
      if (!peer.runs()) {
        throw new IllegalStateException(peer.name() + " ended");
      }
      System.out.println(
          String.format(
              Locale.ROOT,
              "%s, %,d tags/s for %d s, %s (stores nothing): %.3f of a core, %d MiB resident,"
                  + " %d MiB at most, %,.0f values/s",
              protocol,
              tags,
              seconds,
              peer.name(),
              figures.cpu().minus(cpu).toNanos() / 1e9 / tookS,
              figures.residentMb(),
              figures.peakMb(),
              (peer.values() - values) / tookS));
    }
    Sites.delete(folder);
  }
}
