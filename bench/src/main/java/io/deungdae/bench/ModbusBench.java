package io.deungdae.bench;

import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Tag;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The Modbus driver against a server on libmodbus in a process of its own. Prints one line.
 *
 * <ul>
 *   <li>{@code poll TAGS DEVICES PolledPlant.SECONDS}: float32 tags every second
 *   <li>{@code write TAGS PolledPlant.SECONDS}: 50 setpoints a second, each read back, while that
 *       is polled
 *   <li>{@code fast TAGS PULSES}: when a change is seen while that is polled, with the fast loop
 *   <li>{@code flat OUTSTANDING PolledPlant.SECONDS PORT}: blocks of 125 registers as fast as they
 *       come, from the server at PORT (0: one of its own)
 *   <li>{@code ten PolledPlant.SECONDS}: ten devices with 1,000 tags each, one of which never
 *       answers
 *   <li>{@code serve}: a server alone, for peers
 * </ul>
 */
public final class ModbusBench {

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
        yaml.append(device("plc" + i, "normal: 1s", "port: " + server.port()));
        csv.append(floats("plc" + i, tags / devices, "normal"));
      }
      try (PolledPlant plant =
          new PolledPlant(yaml.toString(), csv.toString(), PolledPlant.SECOND, sample -> {})) {
        out.printf(
            "poll tags=%d devices=%d: %s%n", tags, devices, plant.poll(seconds, server::cpuNs));
      }
    }
  }

  /** A device's entry in the settings. */
  static String device(String name, String scan, String modbus) {
    return "  - {name: "
        + name
        + ", protocol: modbus, simulated: true, reconnect: {first: 200ms, longest: 2s}, scan: {"
        + scan
        + "}, modbus: {host: 127.0.0.1, wordOrder: low-first, "
        + modbus
        + "}}\n";
  }

  /** Floats one after the other. */
  static String floats(String device, int count, String scan) {
    StringBuilder csv = new StringBuilder();
    for (int i = 0; i < count; i++) {
      csv.append(device).append(".r").append(i).append(',').append(device).append(",hr:");
      csv.append(2 * i).append(",float32,").append(scan).append('\n');
    }
    return csv.toString();
  }

  // ---- writing

  private void write(int tags, int seconds) throws Exception {
    try (ModbusServer server = new ModbusServer();
        PolledPlant plant =
            new PolledPlant(
                device("plc", "normal: 1s", "port: " + server.port()),
                floats("plc", tags, "normal")
                    + "sp,plc,hr:"
                    + 2 * tags
                    + ",float32,normal,true,0,1000000\n",
                PolledPlant.SECOND,
                sample -> {})) {
      plant.run(PolledPlant.WARM_UP);
      Tag tag = plant.tag("sp");
      plant.writes(tag, 1, 3 * PolledPlant.WRITES_PER_SECOND);
      server.watch(2 * tags);
      plant.count();
      int first = 100_000;
      PolledPlant.Writes times = plant.writes(tag, first, seconds * PolledPlant.WRITES_PER_SECOND);
      Map<Long, Long> arrived = server.writes();
      double[] toDevice = new double[times.putNs().length];
      int lost = 0;
      for (int i = 0; i < toDevice.length; i++) {
        Long atNs = arrived.get((long) first + i);
        lost += atNs == null ? 1 : 0;
        toDevice[i] = atNs == null ? Double.NaN : (atNs - times.putNs()[i]) / 1e6;
      }
      out.printf(
          "write tags=%d: %d writes, lost %d; put to device ms: %s; put to read back ms: %s;"
              + " missed polls %d%n",
          tags,
          toDevice.length,
          lost,
          PolledPlant.summary(toDevice),
          PolledPlant.summary(times.readBackMs()),
          plant.missed());
    }
  }

  // ---- seeing a change

  private void fast(int tags, int pulses) throws Exception {
    int address = 2 * tags + 10;
    long[] seen = new long[pulses + 1];
    try (ModbusServer server = new ModbusServer();
        PolledPlant plant =
            new PolledPlant(
                device("plc", "normal: 1s", "fast: loop, port: " + server.port()),
                floats("plc", tags, "normal") + "pv,plc,hr:" + address + ",uint16,fast\n",
                Duration.ZERO,
                sample -> {
                  int value = (int) sample.asDouble();
                  if (sample.tag().name().equals("pv") && value <= pulses && seen[value] == 0) {
                    seen[value] = clock.nanoTime();
                  }
                })) {
      plant.run(PolledPlant.WARM_UP);
      long cpuNs = PolledPlant.cpuNs();
      long startNs = clock.nanoTime();
      server.pulse(address, pulses, 20_000);
      long[] changed = server.pulses();
      plant.run(Duration.ofMillis(100));
      double cpu = (PolledPlant.cpuNs() - cpuNs) / (double) (clock.nanoTime() - startNs);
      double[] millis = new double[pulses];
      int lost = 0;
      for (int i = 0; i < pulses; i++) {
        lost += seen[i + 1] == 0 ? 1 : 0;
        millis[i] = seen[i + 1] == 0 ? Double.NaN : (seen[i + 1] - changed[i]) / 1e6;
      }
      out.printf(
          "fast tags=%d: %d changes, not seen %d; change to sample ms: %s; cpu %.3f of a core,"
              + " overruns %d%n",
          tags, pulses, lost, PolledPlant.summary(millis), cpu, plant.overruns());
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
      try (PolledPlant plant =
          new PolledPlant(
              device(
                  "plc",
                  "fast: 1ms",
                  "maxBlock: 125, outstanding: "
                      + outstanding
                      + ", port: "
                      + (port == 0 ? own.port() : port)),
              csv.toString(),
              Duration.ZERO,
              sample -> unused.lazySet(sample.arrivalNs()))) {
        plant.run(PolledPlant.WARM_UP);
        long samples = plant.samples.get();
        long cpuNs = PolledPlant.cpuNs();
        long startNs = clock.nanoTime();
        plant.run(Duration.ofSeconds(seconds));
        double spanNs = clock.nanoTime() - startNs;
        double blocks = (plant.samples.get() - samples) / 125.0;
        out.printf(
            "flat outstanding=%d: %.0f blocks/s, cpu %.1f us a block, bad %d%n",
            outstanding,
            blocks / spanNs * 1e9,
            (PolledPlant.cpuNs() - cpuNs) / 1e3 / blocks,
            plant.bad.get());
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
        yaml.append(device("plc" + i, "normal: 1s", "port: " + port));
        csv.append(floats("plc" + i, 1_000, "normal"));
      }
      AtomicLong good = new AtomicLong();
      try (PolledPlant plant =
          new PolledPlant(
              yaml.toString(),
              csv.toString(),
              PolledPlant.SECOND,
              sample -> good.addAndGet(sample.quality().isGood() ? 1 : 0))) {
        plant.run(PolledPlant.WARM_UP);
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

  private static long ofTheNine(PolledPlant plant) {
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
