package io.deungdae.bench;

import com.sun.management.OperatingSystemMXBean;
import io.deungdae.collector.driver.Outcome;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Tag;
import io.deungdae.simulators.xgt.Model;
import io.deungdae.simulators.xgt.PlainMemory;
import io.deungdae.simulators.xgt.XgtServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/**
 * The XGT driver against the simulated PLC in a process of its own. Prints one line.
 *
 * <ul>
 *   <li>{@code poll TAGS DEVICES SECONDS}: float32 tags every second
 *   <li>{@code write TAGS SECONDS}: 50 setpoints a second, each read back, while that is polled
 * </ul>
 *
 * <p>The server is ours: these figures say what the driver costs, not what a PLC can do.
 */
public final class XgtBench {

  private static final Duration WARM_UP = Duration.ofSeconds(5);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int WRITES_PER_SECOND = 50;

  private final PrintStream out;
  private final Clock clock = Clock.system();

  private XgtBench(PrintStream out) {
    this.out = out;
  }

  /** Runs one of them. */
  public static void main(String[] args) throws Exception {
    XgtBench bench = new XgtBench(System.out);
    int[] numbers = Arrays.stream(args).skip(1).mapToInt(Integer::parseInt).toArray();
    switch (args.length == 0 ? "" : args[0]) {
      case "poll" -> bench.poll(numbers[0], numbers[1], numbers[2]);
      case "write" -> bench.write(numbers[0], numbers[1]);
      case "serve" -> bench.serve();
      default -> throw new IllegalArgumentException("poll, write or serve");
    }
  }

  private void serve() throws Exception {
    try (XgtServer server = new XgtServer(Model.XGI, new PlainMemory(Model.XGI), 0)) {
      out.println(server.port());
      new CountDownLatch(1).await();
    }
  }

  /** A simulated XGI in a process of its own. */
  private static final class Plc implements AutoCloseable {
    private final Process process;
    private final int port;

    Plc() throws IOException {
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx64m",
                  "-cp",
                  System.getProperty("java.class.path"),
                  XgtBench.class.getName(),
                  "serve")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      BufferedReader said = process.inputReader(StandardCharsets.US_ASCII);
      String first = said.readLine();
      if (first == null) {
        throw new IOException("the server did not start");
      }
      port = Integer.parseInt(first);
    }

    String device(String name) {
      return "  - {name: "
          + name
          + ", protocol: xgt, simulated: true, reconnect: {first: 200ms, longest: 2s}, scan:"
          + " {normal: 1s}, xgt: {host: 127.0.0.1, cpu: xgi, port: "
          + port
          + "}}\n";
    }

    long cpuNs() {
      return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  private static String floats(String device, int count) {
    StringBuilder csv = new StringBuilder();
    for (int i = 0; i < count; i++) {
      csv.append(device).append(".r").append(i).append(',').append(device).append(",%MD");
      csv.append(i).append(",float32,normal\n");
    }
    return csv.toString();
  }

  private void poll(int tags, int devices, int seconds) throws Exception {
    StringBuilder yaml = new StringBuilder();
    StringBuilder csv = new StringBuilder();
    try (Plc plc = new Plc()) {
      for (int i = 0; i < devices; i++) {
        yaml.append(plc.device("plc" + i));
        csv.append(floats("plc" + i, tags / devices));
      }
      try (ModbusPlant plant =
          new ModbusPlant(yaml.toString(), csv.toString(), SECOND, sample -> {})) {
        plant.run(WARM_UP);
        plant.count();
        long overruns = plant.overruns();
        long samples = plant.samples.get();
        long cpuNs = cpuNs();
        long serverNs = plc.cpuNs();
        long startNs = clock.nanoTime();
        plant.run(Duration.ofSeconds(seconds));
        double spanNs = clock.nanoTime() - startNs;
        out.printf(
            "xgt poll tags=%d devices=%d: %.0f samples/s, missed %d, bad %d, overruns %d,"
                + " cpu %.3f of a core (server %.3f), rss %d MiB%n",
            tags,
            devices,
            (plant.samples.get() - samples) / spanNs * 1e9,
            plant.missed(),
            plant.bad.get(),
            plant.overruns() - overruns,
            (cpuNs() - cpuNs) / spanNs,
            (plc.cpuNs() - serverNs) / spanNs,
            residentMib());
      }
    }
  }

  private static long cpuNs() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private static long residentMib() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
      }
    }
    return -1;
  }

  private void write(int tags, int seconds) throws Exception {
    try (Plc plc = new Plc();
        ModbusPlant plant =
            new ModbusPlant(
                plc.device("plc"),
                floats("plc", tags) + "sp,plc,%MD" + tags + ",float32,slow,true,0,1000000\n",
                SECOND,
                sample -> {})) {
      plant.run(WARM_UP);
      Tag tag = plant.tag("sp");
      writes(plant, tag, 1, 3 * WRITES_PER_SECOND);
      plant.count();
      double[] ms = writes(plant, tag, 100_000, seconds * WRITES_PER_SECOND);
      Arrays.sort(ms);
      out.printf(
          "xgt write tags=%d: %d writes, put to read back ms: mean %.2f, p50 %.2f, p99 %.2f,"
              + " max %.2f; missed polls %d%n",
          tags,
          ms.length,
          Arrays.stream(ms).average().orElse(Double.NaN),
          ms[ms.length / 2],
          ms[ms.length * 99 / 100],
          ms[ms.length - 1],
          plant.missed());
    }
  }

  /** How long each took until it was read back, milliseconds. */
  private double[] writes(ModbusPlant plant, Tag tag, int first, int count) {
    double[] ms = new double[count];
    for (int i = 0; i < count; i++) {
      long putNs = clock.nanoTime();
      Outcome outcome = plant.write(tag, first + i, putNs);
      if (!outcome.confirmed()) {
        throw new IllegalStateException("not confirmed: " + outcome);
      }
      ms[i] = (outcome.atNs() - putNs) / 1e6;
      long restNs = putNs + SECOND.toNanos() / WRITES_PER_SECOND - clock.nanoTime();
      LockSupport.parkNanos(Math.max(0, restNs));
    }
    return ms;
  }
}
