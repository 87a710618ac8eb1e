package io.deungdae.bench;

import com.sun.management.OperatingSystemMXBean;
import io.deungdae.collector.driver.Outcome;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Tag;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The Modbus driver against a server on libmodbus in a process of its own. Prints one line.
 *
 * <ul>
 *   <li>{@code poll TAGS DEVICES SECONDS}: float32 tags every second
 *   <li>{@code write TAGS SECONDS}: 50 setpoints a second, each read back, while that is polled
 *   <li>{@code fast TAGS PULSES}: when a change is seen while that is polled, with the fast loop
 *   <li>{@code flat OUTSTANDING SECONDS PORT}: blocks of 125 registers as fast as they come, from
 *       the server at PORT (0: one of its own)
 *   <li>{@code ten SECONDS}: ten devices with 1,000 tags each, one of which never answers
 *   <li>{@code serve}: a server alone, for peers
 * </ul>
 */
public final class ModbusBench {

  private static final Duration WARM_UP = Duration.ofSeconds(5);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int WRITES_PER_SECOND = 50;

  private final PrintStream out;
  private final Clock clock = Clock.system();

  private ModbusBench(PrintStream out) {
    this.out = out;
  }

  /** Runs one of them. */
  public static void main(String[] args) throws Exception {
    ModbusBench bench = new ModbusBench(System.out);
    int[] numbers = Arrays.stream(args).skip(1).mapToInt(Integer::parseInt).toArray();
    switch (args.length == 0 ? "" : args[0]) {
      case "poll" -> bench.poll(numbers[0], numbers[1], numbers[2]);
      case "write" -> bench.write(numbers[0], numbers[1]);
      case "fast" -> bench.fast(numbers[0], numbers[1]);
      case "flat" -> bench.flat(numbers[0], numbers[1], numbers[2]);
      case "ten" -> bench.ten(numbers[0]);
      case "serve" -> bench.serve();
      default -> throw new IllegalArgumentException("poll, write, fast, flat, ten or serve");
    }
  }

  // ---- polling

  private void poll(int tags, int devices, int seconds) throws Exception {
    StringBuilder yaml = new StringBuilder();
    StringBuilder csv = new StringBuilder();
    try (ModbusServer server = new ModbusServer()) {
      for (int i = 0; i < devices; i++) {
        yaml.append(ModbusPlant.device("plc" + i, "normal: 1s", "port: " + server.port()));
        csv.append(ModbusPlant.floats("plc" + i, tags / devices, "normal"));
      }
      try (ModbusPlant plant =
          new ModbusPlant(yaml.toString(), csv.toString(), SECOND, sample -> {})) {
        plant.run(WARM_UP);
        plant.count();
        long overruns = plant.overruns();
        long samples = plant.samples.get();
        long cpuNs = cpuNs();
        long serverNs = server.cpuNs();
        long startNs = clock.nanoTime();
        plant.run(Duration.ofSeconds(seconds));
        double spanNs = clock.nanoTime() - startNs;
        out.printf(
            "poll tags=%d devices=%d: %.0f samples/s, missed %d, bad %d, overruns %d,"
                + " cpu %.3f of a core (server %.3f), rss %d MiB%n",
            tags,
            devices,
            (plant.samples.get() - samples) / spanNs * 1e9,
            plant.missed(),
            plant.bad.get(),
            plant.overruns() - overruns,
            (cpuNs() - cpuNs) / spanNs,
            (server.cpuNs() - serverNs) / spanNs,
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

  // ---- writing

  private void write(int tags, int seconds) throws Exception {
    try (ModbusServer server = new ModbusServer();
        ModbusPlant plant =
            new ModbusPlant(
                ModbusPlant.device("plc", "normal: 1s", "port: " + server.port()),
                ModbusPlant.floats("plc", tags, "normal")
                    + "sp,plc,hr:"
                    + 2 * tags
                    + ",float32,normal,true,0,1000000\n",
                SECOND,
                sample -> {})) {
      plant.run(WARM_UP);
      Tag tag = plant.tag("sp");
      writes(plant, tag, 1, 3 * WRITES_PER_SECOND);
      server.watch(2 * tags);
      plant.count();
      int first = 100_000;
      double[][] times = writes(plant, tag, first, seconds * WRITES_PER_SECOND);
      Map<Long, Long> arrived = server.writes();
      double[] toDevice = new double[times[0].length];
      int lost = 0;
      for (int i = 0; i < toDevice.length; i++) {
        Long atNs = arrived.get((long) first + i);
        lost += atNs == null ? 1 : 0;
        toDevice[i] = atNs == null ? Double.NaN : (atNs - times[0][i]) / 1e6;
      }
      out.printf(
          "write tags=%d: %d writes, lost %d; put to device ms: %s; put to read back ms: %s;"
              + " missed polls %d%n",
          tags, toDevice.length, lost, summary(toDevice), summary(times[1]), plant.missed());
    }
  }

  /** When each was put, nanoseconds, and how long it took until it was read back, milliseconds. */
  private double[][] writes(ModbusPlant plant, Tag tag, int first, int count) {
    double[][] times = new double[2][count];
    for (int i = 0; i < count; i++) {
      long putNs = clock.nanoTime();
      Outcome outcome = plant.write(tag, first + i, putNs);
      if (!outcome.confirmed()) {
        throw new IllegalStateException("not confirmed: " + outcome);
      }
      times[0][i] = putNs;
      times[1][i] = (outcome.atNs() - putNs) / 1e6;
      LockSupport.parkNanos(putNs + 1_000_000_000L / WRITES_PER_SECOND - clock.nanoTime());
    }
    return times;
  }

  private static String summary(double[] millis) {
    double[] sorted = Arrays.stream(millis).filter(ms -> !Double.isNaN(ms)).sorted().toArray();
    int last = sorted.length - 1;
    return String.format(
        "mean %.3f, median %.3f, p99 %.3f, worst %.3f",
        Arrays.stream(sorted).average().orElse(Double.NaN),
        sorted[last / 2],
        sorted[last * 99 / 100],
        sorted[last]);
  }

  // ---- seeing a change

  private void fast(int tags, int pulses) throws Exception {
    int address = 2 * tags + 10;
    long[] seen = new long[pulses + 1];
    try (ModbusServer server = new ModbusServer();
        ModbusPlant plant =
            new ModbusPlant(
                ModbusPlant.device("plc", "normal: 1s", "fast: loop, port: " + server.port()),
                ModbusPlant.floats("plc", tags, "normal")
                    + "pv,plc,hr:"
                    + address
                    + ",uint16,fast\n",
                Duration.ZERO,
                sample -> {
                  int value = (int) sample.asDouble();
                  if (sample.tag().name().equals("pv") && value <= pulses && seen[value] == 0) {
                    seen[value] = clock.nanoTime();
                  }
                })) {
      plant.run(WARM_UP);
      long cpuNs = cpuNs();
      long startNs = clock.nanoTime();
      server.pulse(address, pulses, 20_000);
      long[] changed = server.pulses();
      plant.run(Duration.ofMillis(100));
      double cpu = (cpuNs() - cpuNs) / (double) (clock.nanoTime() - startNs);
      double[] millis = new double[pulses];
      int lost = 0;
      for (int i = 0; i < pulses; i++) {
        lost += seen[i + 1] == 0 ? 1 : 0;
        millis[i] = seen[i + 1] == 0 ? Double.NaN : (seen[i + 1] - changed[i]) / 1e6;
      }
      out.printf(
          "fast tags=%d: %d changes, not seen %d; change to sample ms: %s; cpu %.3f of a core,"
              + " overruns %d%n",
          tags, pulses, lost, summary(millis), cpu, plant.overruns());
    }
  }

  // ---- flat out

  private void flat(int outstanding, int seconds, int port) throws Exception {
    try (ModbusServer own = new ModbusServer()) {
      StringBuilder csv = new StringBuilder();
      for (int block = 0; block < 80; block++) {
        for (int i = 0; i < 125; i++) {
          int address = 200 * block + i; // the gap keeps blocks apart
          csv.append("r" + address + ",plc,hr:" + address + ",uint16,fast\n");
        }
      }
      AtomicLong unused = new AtomicLong();
      try (ModbusPlant plant =
          new ModbusPlant(
              ModbusPlant.device(
                  "plc",
                  "fast: 1ms",
                  "maxBlock: 125, outstanding: "
                      + outstanding
                      + ", port: "
                      + (port == 0 ? own.port() : port)),
              csv.toString(),
              Duration.ZERO,
              sample -> unused.lazySet(sample.arrivalNs()))) {
        plant.run(WARM_UP);
        long samples = plant.samples.get();
        long cpuNs = cpuNs();
        long startNs = clock.nanoTime();
        plant.run(Duration.ofSeconds(seconds));
        double spanNs = clock.nanoTime() - startNs;
        double blocks = (plant.samples.get() - samples) / 125.0;
        out.printf(
            "flat outstanding=%d: %.0f blocks/s, cpu %.1f us a block, bad %d%n",
            outstanding, blocks / spanNs * 1e9, (cpuNs() - cpuNs) / 1e3 / blocks, plant.bad.get());
      }
    }
  }

  // ---- one of ten

  private void ten(int seconds) throws Exception {
    try (ModbusServer server = new ModbusServer();
        ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      StringBuilder yaml = new StringBuilder();
      StringBuilder csv = new StringBuilder();
      for (int i = 0; i < 10; i++) {
        int port = i == 4 ? silent.getLocalPort() : server.port();
        yaml.append(ModbusPlant.device("plc" + i, "normal: 1s", "port: " + port));
        csv.append(ModbusPlant.floats("plc" + i, 1_000, "normal"));
      }
      AtomicLong good = new AtomicLong();
      try (ModbusPlant plant =
          new ModbusPlant(
              yaml.toString(),
              csv.toString(),
              SECOND,
              sample -> good.addAndGet(sample.quality().isGood() ? 1 : 0))) {
        plant.run(WARM_UP);
        plant.count();
        long before = good.get();
        long overruns = ofTheNine(plant);
        plant.run(Duration.ofSeconds(seconds));
        out.printf(
            "ten devices, one dead: %.0f good samples/s of 9000; the nine: missed polls %d,"
                + " overruns %d; the dead one: %d errors%n",
            (good.get() - before) / (double) seconds,
            plant.missed(),
            ofTheNine(plant) - overruns,
            plant.agents.get(4).status().errors());
      }
    }
  }

  private static long ofTheNine(ModbusPlant plant) {
    return plant.overruns() - plant.agents.get(4).status().overruns();
  }

  private void serve() throws Exception {
    try (ModbusServer server = new ModbusServer()) {
      out.println(server.port());
      int end = System.in.read();
      while (end >= 0) {
        end = System.in.read();
      }
    }
  }
}
