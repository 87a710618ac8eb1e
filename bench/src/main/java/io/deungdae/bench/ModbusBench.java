package io.deungdae.bench;

import com.ghgande.j2mod.modbus.procimg.SimpleProcessImage;
import com.ghgande.j2mod.modbus.procimg.SimpleRegister;
import com.ghgande.j2mod.modbus.slave.ModbusSlave;
import com.ghgande.j2mod.modbus.slave.ModbusSlaveFactory;
import io.deungdae.collector.driver.DeviceAgent;
import io.deungdae.collector.driver.DeviceSettings;
import io.deungdae.collector.driver.Outcome;
import io.deungdae.collector.driver.Outcomes;
import io.deungdae.collector.driver.Setpoint;
import io.deungdae.collector.driver.modbus.ModbusProtocol;
import io.deungdae.collector.settings.Overrides;
import io.deungdae.collector.settings.Problems;
import io.deungdae.collector.settings.SettingsFile;
import io.deungdae.collector.settings.TagCsv;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * One Modbus connection under load: float32 tags read per second, and how long a write with its
 * read-back takes meanwhile. The server is j2mod's, in this process; so are its costs.
 *
 * <p>{@code ModbusBench [tags] [period] [seconds]}; 10000 tags every 1s for 20 s by default.
 */
public final class ModbusBench {

  private static final int WRITES_PER_SECOND = 50;

  private final AtomicLong samples = new AtomicLong();
  private final AtomicLong bad = new AtomicLong();
  private final Outcomes outcomes = new Outcomes();
  private final Clock clock = Clock.system();
  private final int tags;
  private final String period;
  private final int seconds;

  private ModbusBench(int tags, String period, int seconds) {
    this.tags = tags;
    this.period = period;
    this.seconds = seconds;
  }

  /** Runs it and prints one line. */
  public static void main(String[] args) throws Exception {
    int tags = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
    String period = args.length > 1 ? args[1] : "1s";
    int seconds = args.length > 2 ? Integer.parseInt(args[2]) : 20;
    new ModbusBench(tags, period, seconds).run(System.out);
  }

  private void run(PrintStream out) throws Exception {
    int port = freePort();
    ModbusSlave server = server(port);
    DeviceAgent agent = new DeviceAgent(settings(port), this::accept, outcomes, clock);
    try {
      agent.start();
      measure(agent, out);
    } finally {
      agent.stop(Duration.ofSeconds(5));
      server.close();
    }
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private ModbusSlave server(int port) throws Exception {
    SimpleProcessImage image = new SimpleProcessImage(1);
    for (int i = 0; i <= 2 * tags + 1; i++) {
      image.addRegister(new SimpleRegister(i % 2 == 0 ? 0x9000 : 0x4454));
    }
    ModbusSlave server =
        ModbusSlaveFactory.createTCPSlave(InetAddress.getLoopbackAddress(), port, 2, false);
    server.addProcessImage(1, image);
    server.open();
    return server;
  }

  private DeviceSettings settings(int port) throws Exception {
    Path folder = Files.createTempDirectory("modbus-bench");
    StringBuilder csv =
        new StringBuilder("tag,device,address,type,scan,writable,write_low,write_high\n");
    for (int i = 0; i < tags; i++) {
      csv.append("r").append(i).append(",plc,hr:").append(2 * i).append(",float32,fast\n");
    }
    csv.append("sp,plc,hr:").append(2 * tags).append(",float32,slow,true,0,10000\n");
    Path list = Files.writeString(folder.resolve("tags.csv"), csv);
    Path site =
        Files.writeString(
            folder.resolve("site.yaml"),
            "devices:\n  - {name: plc, protocol: modbus, simulated: true, scan: {fast: "
                + period
                + "}, modbus: {host: 127.0.0.1, port: "
                + port
                + ", wordOrder: low-first}}\n");
    Problems problems = new Problems();
    TagCsv reader = new TagCsv(problems);
    reader.read(list);
    List<DeviceSettings> devices =
        DeviceSettings.readAll(
            SettingsFile.read(site, Overrides.none(), problems),
            List.of(new ModbusProtocol()),
            reader.rows());
    problems.throwIfAny();
    return devices.get(0);
  }

  private long accept(List<Sample> batch) {
    samples.addAndGet(batch.size());
    for (Sample sample : batch) {
      if (!sample.quality().isGood()) {
        bad.incrementAndGet();
      }
    }
    return 0;
  }

  private void measure(DeviceAgent agent, PrintStream out) {
    Tag setpoint = tag(agent);
    writes(agent, setpoint, 3); // warm-up
    long before = samples.get();
    long overruns = agent.status().overruns();
    long cpuNs = cpuNs();
    long startNs = clock.nanoTime();
    double[] micros = writes(agent, setpoint, seconds);
    double spanS = (clock.nanoTime() - startNs) / 1e9;
    Arrays.sort(micros);
    out.printf(
        "tags=%d period=%s: %.0f samples/s, bad %d, overruns %d, device thread %.1f %% of a core;"
            + " write+read-back us: median %.0f, p99 %.0f, worst %.0f (%d writes)%n",
        tags,
        period,
        (samples.get() - before) / spanS,
        bad.get(),
        agent.status().overruns() - overruns,
        100 * (cpuNs() - cpuNs) / 1e9 / spanS,
        micros[micros.length / 2],
        micros[micros.length * 99 / 100],
        micros[micros.length - 1],
        micros.length);
  }

  private Tag tag(DeviceAgent agent) {
    return agent.tags().get(tags);
  }

  private double[] writes(DeviceAgent agent, Tag tag, int forSeconds) {
    double[] micros = new double[WRITES_PER_SECOND * forSeconds];
    for (int i = 0; i < micros.length; i++) {
      long startNs = clock.nanoTime();
      agent
          .outbox()
          .put(new Setpoint(i, tag, i % 1000, startNs, startNs + Duration.ofSeconds(2).toNanos()));
      micros[i] = (confirmed().atNs() - startNs) / 1e3;
      LockSupport.parkNanos(startNs + 1_000_000_000L / WRITES_PER_SECOND - clock.nanoTime());
    }
    return micros;
  }

  private Outcome confirmed() {
    Outcome outcome = outcomes.poll();
    while (outcome == null) {
      LockSupport.parkNanos(50_000);
      outcome = outcomes.poll();
    }
    if (!outcome.confirmed()) {
      throw new IllegalStateException("not confirmed: " + outcome);
    }
    return outcome;
  }

  private static long cpuNs() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    for (long id : threads.getAllThreadIds()) {
      var info = threads.getThreadInfo(id);
      if (info != null && info.getThreadName().equals("device-plc")) {
        return threads.getThreadCpuTime(id);
      }
    }
    return 0;
  }
}
