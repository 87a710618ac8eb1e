package io.deungdae.bench;

import io.deungdae.collector.signal.Tag;
import io.deungdae.simulators.xgt.Model;
import io.deungdae.simulators.xgt.PlainMemory;
import io.deungdae.simulators.xgt.XgtServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/**
 * The XGT driver against the simulated PLC in a process of its own. Prints one line.
 *
 * <ul>
 *   <li>{@code poll TAGS DEVICES PolledPlant.SECONDS}: float32 tags every second
 *   <li>{@code write TAGS PolledPlant.SECONDS}: 50 setpoints a second, each read back, while that
 *       is polled
 * </ul>
 *
 * <p>The server is ours: these figures say what the driver costs, not what a PLC can do.
 */
public final class XgtBench {

  private final PrintStream out;

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
      try (PolledPlant plant =
          new PolledPlant(yaml.toString(), csv.toString(), PolledPlant.SECOND, sample -> {})) {
        out.printf(
            "xgt poll tags=%d devices=%d: %s%n", tags, devices, plant.poll(seconds, plc::cpuNs));
      }
    }
  }

  private void write(int tags, int seconds) throws Exception {
    try (Plc plc = new Plc();
        PolledPlant plant =
            new PolledPlant(
                plc.device("plc"),
                floats("plc", tags) + "sp,plc,%MD" + tags + ",float32,slow,true,0,1000000\n",
                PolledPlant.SECOND,
                sample -> {})) {
      plant.run(PolledPlant.WARM_UP);
      Tag tag = plant.tag("sp");
      plant.writes(tag, 1, 3 * PolledPlant.WRITES_PER_SECOND);
      plant.count();
      PolledPlant.Writes writes =
          plant.writes(tag, 100_000, seconds * PolledPlant.WRITES_PER_SECOND);
      out.printf(
          "xgt write tags=%d: %d writes, put to read back ms: %s; missed polls %d%n",
          tags, writes.putNs().length, PolledPlant.summary(writes.readBackMs()), plant.missed());
    }
  }
}
