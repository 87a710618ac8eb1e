package io.deungdae.collector.driver.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.deungdae.collector.driver.DeviceAgent;
import io.deungdae.collector.driver.DeviceSettings;
import io.deungdae.collector.driver.LinkState;
import io.deungdae.collector.driver.Outcome;
import io.deungdae.collector.driver.Outcomes;
import io.deungdae.collector.driver.Setpoint;
import io.deungdae.collector.settings.Overrides;
import io.deungdae.collector.settings.Problems;
import io.deungdae.collector.settings.Section;
import io.deungdae.collector.settings.SettingsFile;
import io.deungdae.collector.settings.TagCsv;
import io.deungdae.collector.settings.TagRow;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.Value;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole way from settings to samples, against libmodbus and against a server that misbehaves.
 */
class ModbusIT {

  private static final Logger LOG = LoggerFactory.getLogger(ModbusIT.class);
  private static boolean haveLibmodbus;

  private @TempDir Path folder;
  private final List<AutoCloseable> open = new ArrayList<>();

  @BeforeAll
  static void compile() throws Exception {
    haveLibmodbus = LibmodbusServer.compile().isPresent();
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable resource : open) {
      resource.close();
    }
  }

  /** A device under test: its agent, and everything that came out of it. */
  private static final class Rig implements AutoCloseable {
    final Map<String, Sample> latest = new ConcurrentHashMap<>();
    final ConcurrentLinkedQueue<Sample> all = new ConcurrentLinkedQueue<>();
    final Outcomes outcomes = new Outcomes();
    final Map<String, Tag> tags = new ConcurrentHashMap<>();
    final DeviceAgent agent;
    private long ids;

    Rig(DeviceSettings settings) {
      settings.tags().forEach(tag -> tags.put(tag.name(), tag));
      agent = new DeviceAgent(settings, this::accept, outcomes, Clock.system());
    }

    private long accept(List<Sample> batch) {
      for (Sample sample : batch) {
        latest.put(sample.tag().name(), sample);
        all.add(sample);
      }
      return 0;
    }

    double value(String tag) {
      Sample sample = latest.get(tag);
      return sample == null ? Double.NaN : sample.asDouble();
    }

    Quality quality(String tag) {
      Sample sample = latest.get(tag);
      return sample == null ? Quality.BAD_NO_LINK : sample.quality();
    }

    Tag tag(String name) {
      return assertNotNullTag(tags.get(name));
    }

    private static Tag assertNotNullTag(@org.jspecify.annotations.Nullable Tag tag) {
      assertNotNull(tag);
      return tag;
    }

    Outcome write(String tag, double value) {
      long nowNs = System.nanoTime();
      agent.outbox().put(new Setpoint(++ids, tag(tag), value, nowNs, nowNs + 2_000_000_000L));
      Outcome[] outcome = new Outcome[1];
      await(5, () -> (outcome[0] = outcomes.poll()) != null);
      return outcome[0];
    }

    @Override
    public void close() {
      assertTrue(agent.stop(Duration.ofSeconds(10)), "stops in bounded time");
    }
  }

  private Rig rig(String modbus, String... csv) throws IOException {
    Path file = folder.resolve("tags" + open.size() + ".csv");
    Files.writeString(
        file,
        "tag,device,address,type,scan,writable,write_low,write_high,scale,safe,tolerance\n"
            + String.join("\n", csv));
    Problems problems = new Problems();
    TagCsv reader = new TagCsv(problems);
    reader.read(file);
    List<TagRow> rows = reader.rows();
    Path site = folder.resolve("site" + open.size() + ".yaml");
    Files.writeString(
        site,
        "devices:\n"
            + "  - name: plc\n"
            + "    protocol: modbus\n"
            + "    scan: {fast: 5ms, normal: 20ms}\n"
            + "    reconnect: {first: 200ms, longest: 1s}\n"
            + "    modbus: {host: 127.0.0.1, "
            + modbus
            + "}\n");
    Section root = SettingsFile.read(site, Overrides.none(), problems);
    List<DeviceSettings> devices =
        DeviceSettings.readAll(root, List.of(new ModbusProtocol()), rows);
    assertEquals(List.of(), problems.all());
    Rig rig = new Rig(devices.get(0));
    open.add(0, rig);
    return rig;
  }

  private LibmodbusServer libmodbus() throws IOException {
    assumeTrue(haveLibmodbus, "gcc or libmodbus is missing");
    LibmodbusServer server = LibmodbusServer.start(0);
    open.add(server);
    return server;
  }

  private RudeServer rude(RudeServer.Manners manners) throws IOException {
    RudeServer server = new RudeServer(manners);
    open.add(server);
    return server;
  }

  private static boolean send(OutputStream out, byte[] bytes) throws IOException {
    out.write(bytes);
    return true;
  }

  private static void await(int seconds, BooleanSupplier condition) {
    long endNs = System.nanoTime() + seconds * 1_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < endNs, "in " + seconds + " s");
      LockSupport.parkNanos(500_000);
    }
  }

  // ---- against libmodbus

  @Test
  void valuesOfEveryTableAndTypeArrive() throws Exception {
    LibmodbusServer server = libmodbus();
    server.setRegisters(0, 0x9000, 0x4454); // 850.25 as a float, low word first
    server.setRegisters(2, 0xFFFE, 0x1234);
    server.setRegisters(4, 0x0001, 0x0000, 0x0000, 0x8000);
    server.setRegisters(10, 0x4C53, 0x2D31, 0x0000);
    server.setRegisters(14, 0x0008);
    server.setRegisters(16, 0x0000, 0x7FC0); // not a number
    server.set("ir", 7, 300);
    server.set("co", 3, 1);
    server.set("co", 12, 1);
    server.set("di", 9, 1);
    Rig rig =
        rig(
            "port: " + server.port() + ", wordOrder: low-first",
            "float,plc,hr:0,float32,fast",
            "int16,plc,hr:2,int16",
            "bcd,plc,hr:3,bcd16",
            "int64,plc,hr:4,int64",
            "text,plc,hr:10,string6",
            "bit,plc,hr:14.3,bool",
            "nan,plc,hr:16,float32",
            "input,plc,ir:7,uint16,,,,,0.1",
            "coil,plc,co:3,bool",
            "nextCoil,plc,co:4,bool",
            "farCoil,plc,co:12,bool",
            "discrete,plc,di:9,bool");
    rig.agent.start();
    await(5, () -> rig.latest.size() == 12);
    assertEquals(850.25, rig.value("float"));
    assertEquals(-2, rig.value("int16"));
    assertEquals(1234, rig.value("bcd"));
    assertEquals(Value.of(0x8000_0000_0000_0001L), sample(rig, "int64").value());
    assertEquals(Value.of("LS-1"), sample(rig, "text").value());
    assertEquals(Value.of(true), sample(rig, "bit").value());
    assertEquals(Quality.BAD_NOT_FINITE, rig.quality("nan"));
    assertEquals(30, rig.value("input"), 1e-9);
    assertEquals(Value.of(true), sample(rig, "coil").value());
    assertEquals(Value.of(false), sample(rig, "nextCoil").value());
    assertEquals(Value.of(true), sample(rig, "farCoil").value());
    assertEquals(Value.of(true), sample(rig, "discrete").value());
  }

  private static Sample sample(Rig rig, String tag) {
    Sample sample = rig.latest.get(tag);
    assertNotNull(sample);
    return sample;
  }

  @Test
  void writesLandInTheRightWordsAndAreReadBack() throws Exception {
    LibmodbusServer server = libmodbus();
    server.setRegisters(130, 0x00F0);
    String limits = ",,true,-100000,100000,";
    Rig rig =
        rig(
            "port: " + server.port() + ", wordOrder: low-first",
            "float,plc,hr:100,float32" + limits,
            "high,plc,hr:102,float32:high-first" + limits,
            "swapped,plc,hr:104,int32@BADC" + limits,
            "scaled,plc,hr:106,int16" + limits + "0.1",
            "single,plc,hr:107,uint16" + limits,
            "bit,plc,hr:130.8,bool,,true,0,1,",
            "coil,plc,co:5,bool,,true,0,1,",
            "refused,plc,hr:50,int16" + limits);
    rig.agent.start();
    assertInstanceOf(Outcome.Confirmed.class, rig.write("float", 850.25));
    assertEquals(0x9000, server.register(100));
    assertEquals(0x4454, server.register(101));
    assertInstanceOf(Outcome.Confirmed.class, rig.write("high", 850.25));
    assertEquals(0x4454, server.register(102));
    assertEquals(0x9000, server.register(103));
    assertInstanceOf(Outcome.Confirmed.class, rig.write("swapped", 0x12345));
    assertEquals(0x0100, server.register(104));
    assertEquals(0x4523, server.register(105));
    assertInstanceOf(Outcome.Confirmed.class, rig.write("scaled", -850.3));
    assertEquals(0x10000 - 8503, server.register(106));
    assertInstanceOf(Outcome.Refused.class, rig.write("scaled", 4000));
    assertInstanceOf(Outcome.Confirmed.class, rig.write("single", 65_535));
    assertEquals(65_535, server.register(107));
    assertInstanceOf(Outcome.Confirmed.class, rig.write("bit", 1));
    assertEquals(0x01F0, server.register(130));
    assertInstanceOf(Outcome.Confirmed.class, rig.write("bit", 0));
    assertEquals(0x00F0, server.register(130));
    assertInstanceOf(Outcome.Confirmed.class, rig.write("coil", 1));
    assertEquals(1, server.coil(5));
    Outcome.Refused refused = assertInstanceOf(Outcome.Refused.class, rig.write("refused", 1));
    assertTrue(refused.reason().contains("illegal data address"), refused.reason());
  }

  @Test
  void oneBadRegisterCostsOneTag() throws Exception {
    LibmodbusServer server = libmodbus();
    List<String> csv = new ArrayList<>();
    for (int address = 0; address < 100; address += 2) {
      server.setRegisters(address, address);
      csv.add("r" + address + ",plc,hr:" + address + ",uint16,fast");
    }
    Rig rig = rig("port: " + server.port(), csv.toArray(String[]::new));
    rig.agent.start();
    await(5, () -> rig.latest.size() == 50);
    assertEquals(Quality.BAD_REJECTED, rig.quality("r50"));
    await(5, () -> rig.all.size() > 500);
    assertEquals(1, rig.all.stream().filter(s -> !s.quality().isGood()).count());
    assertEquals(48, rig.value("r48"));
    assertEquals(52, rig.value("r52"));
    assertEquals(LinkState.UP, rig.agent.status().state());
  }

  @Test
  void valuesFlowWithinOneReconnectIntervalAfterARestartOfTheServer() throws Exception {
    LibmodbusServer server = libmodbus();
    Rig rig = rig("port: " + server.port(), "r,plc,hr:1,uint16,fast");
    rig.agent.start();
    await(5, () -> rig.quality("r").isGood());
    server.close();
    await(5, () -> rig.quality("r") == Quality.BAD_NO_LINK);
    LibmodbusServer again = LibmodbusServer.start(server.port());
    open.add(again);
    again.setRegisters(1, 77);
    long startNs = System.nanoTime();
    await(5, () -> rig.value("r") == 77);
    LOG.warn("values flow again after {} ms", (System.nanoTime() - startNs) / 1_000_000);
    assertTrue(System.nanoTime() - startNs < 2_000_000_000L, "longest wait is 1 s");
    assertEquals(1, rig.all.stream().filter(s -> s.quality() == Quality.BAD_NO_LINK).count());
  }

  @Test
  void writesAreFlatUnderFullPollingLoad() throws Exception {
    LibmodbusServer server = libmodbus();
    List<String> csv = new ArrayList<>();
    for (int address = 200; address < 1960; address += 2) {
      csv.add("r" + address + ",plc,hr:" + address + ",float32,fast");
    }
    csv.add("sp,plc,hr:100,float32,,true,0,100000,");
    Rig rig = rig("port: " + server.port(), csv.toArray(String[]::new));
    rig.agent.start();
    await(5, () -> rig.latest.size() == csv.size());
    int rounds = 300;
    double[] millis = new double[rounds];
    for (int i = 0; i < rounds; i++) {
      long startNs = System.nanoTime();
      Outcome.Confirmed done = assertInstanceOf(Outcome.Confirmed.class, rig.write("sp", 1000 + i));
      millis[i] = (done.atNs() - startNs) / 1e6;
    }
    Arrays.sort(millis);
    LOG.warn(
        "write and read back while polling {} registers every 5 ms: median {} ms, p99 {} ms,"
            + " worst {} ms; overruns {}",
        2 * csv.size(),
        millis[rounds / 2],
        millis[rounds * 99 / 100],
        millis[rounds - 1],
        rig.agent.status().overruns());
    assertTrue(millis[rounds / 2] < 20, "median " + millis[rounds / 2] + " ms");
  }

  // ---- against a server that misbehaves

  private static final String[] TWO_BLOCKS = {
    "low,plc,hr:1000,uint16,fast", "high,plc,hr:2000,uint16,fast"
  };

  @Test
  void lateAnswerIsNeverTakenForThePresentOne() throws Exception {
    byte[][] kept = new byte[1][];
    RudeServer server =
        rude(
            (number, frame, out) -> {
              if (number % 5 == 2) {
                kept[0] = RudeServer.properly(frame);
                return true; // keeps the answer back until after the next request
              }
              byte[] late = kept[0];
              kept[0] = null;
              return (late == null || send(out, late)) && send(out, RudeServer.properly(frame));
            });
    Rig rig = rig("timeout: 50ms, port: " + server.port(), TWO_BLOCKS);
    rig.agent.start();
    await(10, () -> rig.all.stream().filter(s -> s.quality() == Quality.BAD_TIMEOUT).count() >= 6);
    for (Sample sample : rig.all) {
      double right = sample.tag().name().equals("low") ? 1000 : 2000;
      assertTrue(sample.quality().isBad() || sample.asDouble() == right, sample.toString());
    }
    assertEquals(1, server.connections(), "the link stays");
  }

  @Test
  void answersUnderWrongNumbersAreNoAnswersAndTheLinkIsMadeAnew() throws Exception {
    RudeServer server =
        rude(
            (number, frame, out) -> {
              byte[] answer = RudeServer.properly(frame);
              answer[1]++;
              return send(out, answer);
            });
    Rig rig = rig("timeout: 30ms, port: " + server.port(), TWO_BLOCKS);
    rig.agent.start();
    await(5, () -> server.connections() >= 2);
    assertTrue(rig.all.stream().allMatch(s -> s.quality().isBad()));
  }

  @Test
  void disconnectInTheMiddleOfAFrameIsALostLinkAndNothingElse() throws Exception {
    RudeServer server =
        rude(
            (number, frame, out) -> {
              byte[] answer = RudeServer.properly(frame);
              if (number == 3) {
                out.write(answer, 0, answer.length - 1);
                return false;
              }
              return send(out, answer);
            });
    Rig rig = rig("port: " + server.port(), TWO_BLOCKS);
    rig.agent.start();
    await(5, () -> server.connections() == 2 && rig.quality("low").isGood());
    assertEquals(2, rig.all.stream().filter(s -> s.quality() == Quality.BAD_NO_LINK).count());
    assertEquals(1, rig.agent.status().reconnects());
    assertEquals(0, rig.agent.bugs());
  }

  @Test
  void answerThatDripsCannotStretchTheTimeout() throws Exception {
    RudeServer server =
        rude(
            (number, frame, out) -> {
              for (byte b : RudeServer.properly(frame)) {
                out.write(b);
                out.flush();
                LockSupport.parkNanos(20_000_000);
              }
              return true;
            });
    Rig rig = rig("timeout: 60ms, port: " + server.port(), "r,plc,hr:1,uint16");
    long startNs = System.nanoTime();
    rig.agent.start();
    await(5, () -> rig.quality("r") == Quality.BAD_TIMEOUT);
    assertTrue(System.nanoTime() - startNs < 2_000_000_000L);
  }

  @Test
  void rtuFramesOverTcpAreReadAndALateAnswerEndsTheConnection() throws Exception {
    RtuServer server = new RtuServer(6);
    open.add(server);
    Rig rig = rig("framing: rtu-over-tcp, timeout: 100ms, port: " + server.port(), TWO_BLOCKS);
    rig.agent.start();
    await(5, () -> server.connections() == 2 && rig.all.size() > 30);
    for (Sample sample : rig.all) {
      double right = sample.tag().name().equals("low") ? 1000 : 2000;
      assertTrue(sample.quality().isBad() || sample.asDouble() == right, sample.toString());
    }
    assertTrue(rig.quality("high").isGood());
  }

  @Test
  void garbageEndsTheLink() throws Exception {
    RudeServer server =
        rude(
            (number, frame, out) -> {
              byte[] answer = RudeServer.properly(frame);
              if (number == 2) {
                answer[4] = 0x7F; // a length that no frame has
              }
              return send(out, answer);
            });
    Rig rig = rig("port: " + server.port(), TWO_BLOCKS);
    rig.agent.start();
    await(5, () -> server.connections() == 2 && rig.quality("high").isGood());
    assertEquals(0, rig.agent.bugs());
  }

  @Test
  void busyDeviceIsBadForThatScanOnly() throws Exception {
    RudeServer server =
        rude(
            (number, frame, out) ->
                send(
                    out,
                    number % 4 == 1 ? RudeServer.exception(frame, 6) : RudeServer.properly(frame)));
    Rig rig = rig("port: " + server.port(), TWO_BLOCKS);
    rig.agent.start();
    await(5, () -> rig.all.size() > 50);
    assertTrue(rig.all.stream().anyMatch(s -> s.quality() == Quality.BAD_DEVICE));
    assertTrue(rig.all.stream().anyMatch(s -> s.asDouble() == 2000));
    assertEquals(1, server.connections());
  }

  @Test
  void silentDeviceStallsNobodyElse() throws Exception {
    RudeServer silent = rude((number, frame, out) -> true);
    RudeServer lively = rude((number, frame, out) -> send(out, RudeServer.properly(frame)));
    Rig dead = rig("timeout: 400ms, port: " + silent.port(), TWO_BLOCKS);
    Rig alive = rig("port: " + lively.port(), "r,plc,hr:7,uint16");
    dead.agent.start();
    alive.agent.start();
    await(5, () -> dead.quality("low") == Quality.BAD_TIMEOUT);
    await(5, () -> dead.agent.status().reconnects() >= 1);
    List<Sample> samples = List.copyOf(alive.all);
    long spanMs =
        (samples.get(samples.size() - 1).arrivalNs() - samples.get(0).arrivalNs()) / 1_000_000;
    assertTrue(samples.size() >= spanMs / 20 / 2, samples.size() + " in " + spanMs + " ms");
    assertEquals(0, alive.agent.status().errors());
  }
}
