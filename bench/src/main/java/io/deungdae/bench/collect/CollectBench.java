package io.deungdae.bench.collect;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What it costs to collect and store many tags once a second: the product as a process with its
 * historian, measured from outside, and then all that was stored is read and counted.
 *
 * <p>Arguments: protocol (modbus, opcua, mqtt), tags (10000), seconds (30), runs (3), values in an
 * MQTT message (1). {@code -Dmemory="-Xms32m -Xmx160m"} gives the gateway's memory, {@code
 * -Dwarmup=60} the seconds before it is measured.
 */
public final class CollectBench {

  /**
   * Until the compilers have little left to do: roll-ups are made once a minute, so that what makes
   * them takes a few minutes to be worth compiling.
   */
  private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("warmup", 180));

  /** Until everything is connected. */
  private static final Duration START = Duration.ofSeconds(10);

  private CollectBench() {}

  /** Runs it and prints a line for each run. */
  public static void main(String[] args) throws Exception {
    String protocol = args[0];
    int tags = number(args, 1, 10_000);
    int seconds = number(args, 2, 30);
    int runs = number(args, 3, 3);
    int values = number(args, 4, 1);
    List<Double> cores = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      cores.add(run(protocol, tags, seconds, values));
    }
    cores.sort(Comparator.naturalOrder());
    say("%s, %,d tags/s: median %.3f of a core", protocol, tags, cores.get(cores.size() / 2));
  }

  private static int number(String[] args, int place, int otherwise) {
    return args.length > place ? Integer.parseInt(args[place]) : otherwise;
  }

  private static double run(String protocol, int tags, int seconds, int values) throws Exception {
    Path folder = Files.createTempDirectory("collect-bench");
    String memory = System.getProperty("memory", "-Xms32m -Xmx160m -XX:MaxDirectMemorySize=64m");
    double core;
    boolean whole;
    try (Load load = Load.of(protocol, tags, values, folder)) {
      whole = load.numbersMustBeWhole();
      Path site = load.site(folder);
      try (GatewayProcess gateway = GatewayProcess.start(site, memory)) {
        Thread.sleep(START.toMillis());
        load.begin((int) WARM_UP.toSeconds() + seconds);
        Thread.sleep(WARM_UP.toMillis());
        ProcessFigures figures = gateway.figures();
        Duration cpu = figures.cpu();
        long written = figures.writtenBytes();
        long startNs = System.nanoTime();
        Thread.sleep(seconds * 1000L);
        core = figures.cpu().minus(cpu).toNanos() / (double) (System.nanoTime() - startNs);
        say(
            "%s, %,d tags/s for %d s: %.3f of a core, %d MiB resident, %d MiB at most, %.1f MB/s to"
                + " the disk",
            protocol,
            tags,
            seconds,
            core,
            figures.residentMb(),
            figures.peakMb(),
            (figures.writtenBytes() - written) / 1e6 / seconds);
        if (!gateway.runs()) {
          throw new IllegalStateException("the gateway ended; see " + folder);
        }
        Thread.sleep(START.toMillis());
      }
    }
    say("  stored: %s", StoredCheck.of(folder.resolve("data"), whole));
    Sites.delete(folder);
    return core;
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
